"""What waits for the client stops the clock, until the firm says otherwise."""

from django.db import migrations


def pause(apps, _schema_editor):
    """Let the statuses that wait for the client stop clocks."""
    apps.get_model("tickets", "TicketStatus").objects.filter(kind="waiting").update(
        pauses_clock=True
    )


class Migration(migrations.Migration):
    dependencies = [("tickets", "0008_clocks")]

    operations = [migrations.RunPython(pause, migrations.RunPython.noop)]
