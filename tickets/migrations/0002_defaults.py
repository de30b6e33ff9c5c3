"""The statuses and the board that every desk starts with, and the counter of ticket numbers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STATUSES = [
    ("new", "New", "active"),
    ("in-progress", "In progress", "active"),
    ("waiting", "Waiting for the client", "waiting"),
    ("closed", "Closed", "closed"),
]


def add_defaults(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add what is missing; running it again changes nothing."""
    status_model = apps.get_model("tickets", "TicketStatus")
    for position, (code, name, kind) in enumerate(STATUSES):
        status_model.objects.get_or_create(
            code=code, defaults={"name": name, "kind": kind, "position": position}
        )
    board_model = apps.get_model("tickets", "ServiceBoard")
    board_model.objects.get_or_create(name="Service desk", defaults={"is_default": True})


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE tickets_ticket_number START 1001",
            "DROP SEQUENCE tickets_ticket_number",
        ),
        migrations.RunPython(add_defaults, migrations.RunPython.noop),
    ]
