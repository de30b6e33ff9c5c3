"""The breaks of billed work are kept as they were billed: they decide which hours cost more."""

from django.db import migrations

WAS = (
    "ticket_id technician_id work_type_id started_at ended_at minutes worked_on is_billable"
    " is_out_of_scope is_approved billed_elsewhere billable_minutes work_role_id travel_zone_id"
    " hourly_rate contract_choice contract_id waiver"
)


def guard(columns: str) -> str:
    """Return the statements that put a new guard of updates in the place of the old one."""
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns.split())
    return f"""
        DROP TRIGGER IF EXISTS billing_stays_on_update ON tickets_timeentry;
        CREATE TRIGGER billing_stays_on_update BEFORE UPDATE ON tickets_timeentry
            FOR EACH ROW WHEN ({changed})
            EXECUTE FUNCTION billing_evidence_stays('time_entry_id');
    """


class Migration(migrations.Migration):
    dependencies = [("billing", "0018_schedule_and_proof"), ("tickets", "0010_timers")]

    operations = [migrations.RunSQL(guard(f"{WAS} breaks"), guard(WAS))]
