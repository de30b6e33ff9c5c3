from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a list asks whether anything is new; the desk goes on working while it is built."""

    atomic = False

    dependencies = [
        ("tickets", "0020_tags_and_news"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(fields=["news_number"], name="tickets_ticket_news"),
        ),
    ]
