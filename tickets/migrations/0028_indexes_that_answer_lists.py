from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

NARROWED_BY = ("closed_at", "client", "status", "assignee", "board", "billing_mode")


class Migration(migrations.Migration):
    """Indexes that answer lists without a look at the rows; the desk goes on working meanwhile."""

    atomic = False

    dependencies = [
        ("tickets", "0027_followers"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["assignee", "status", "id"],
                name="tickets_ticket_counted",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                fields=["priority", "opened_at", "id"],
                include=NARROWED_BY,
                name="tickets_ticket_urgent_first",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                fields=["opened_at", "id"], include=NARROWED_BY, name="tickets_ticket_by_opening"
            ),
        ),
        RemoveIndexConcurrently(model_name="ticket", name="tickets_ticket_first"),
        RemoveIndexConcurrently(model_name="ticket", name="tickets_ticket_newest"),
    ]
