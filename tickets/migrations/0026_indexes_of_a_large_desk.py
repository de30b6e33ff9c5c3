from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    """What a list of a million tickets is read by; the desk goes on working while they are built."""

    atomic = False

    dependencies = [
        ("tickets", "0025_automation"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["assignee", "due_at"],
                name="tickets_ticket_on_a_desk",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(fields=["priority", "opened_at", "id"], name="tickets_ticket_first"),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(fields=["opened_at", "id"], name="tickets_ticket_newest"),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=GinIndex(
                OpClass(Upper("subject"), name="gin_trgm_ops"),
                OpClass(Upper("number"), name="gin_trgm_ops"),
                name="tickets_ticket_words",
            ),
        ),
    ]
