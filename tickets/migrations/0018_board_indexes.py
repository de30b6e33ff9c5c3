from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

OPEN = models.Q(("closed_at__isnull", True))
CLOSED = models.Q(("closed_at__isnull", False))


class Migration(migrations.Migration):
    """What the columns of the board are read by; the desk goes on working while they are built."""

    atomic = False

    dependencies = [
        ("tickets", "0017_canned_replies"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=OPEN,
                fields=["status", "priority", "opened_at", "id"],
                name="tickets_ticket_on_board",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=CLOSED,
                fields=["status", "-closed_at", "-id"],
                name="tickets_ticket_done",
            ),
        ),
    ]
