"""What more of billed evidence decides on money is kept as it was billed."""

from django.db import migrations

WAS = {
    "tickets_timeentry": (
        "time_entry_id",
        "ticket_id technician_id work_type_id started_at ended_at minutes worked_on"
        " is_billable is_out_of_scope is_approved billed_elsewhere",
    ),
    "tickets_partused": (
        "part_used_id",
        "ticket_id product_id reference description quantity unit_price tax_code used_on"
        " is_billable billed_elsewhere",
    ),
}
IS = {
    "tickets_timeentry": (
        "time_entry_id",
        f"{WAS['tickets_timeentry'][1]} billable_minutes work_role_id travel_zone_id hourly_rate"
        " contract_choice contract_id waiver",
    ),
    "tickets_partused": ("part_used_id", f"{WAS['tickets_partused'][1]} waiver"),
}
NEW = {
    "tickets_timecorrection": ("time_correction_id", "time_entry_id minutes found_on"),
    "contracts_prepaidblock": (
        "prepaid_block_id",
        "client_id contract_id unit quantity price tax_code sold_on billed_elsewhere",
    ),
}
TICKET = "client_id billing_mode closed_at"
TICKET_NOW = (
    f"{TICKET} hourly_rate contract_choice contract_id purchase_order_id category_id site_id"
    " asset_id"
)


def changed(columns: str) -> str:
    """Return the condition that one of the columns changes."""
    return " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns.split())


def update_guard(table: str, claim_column: str, columns: str) -> str:
    """Return the statements that put a new guard of updates in the place of the old one."""
    return f"""
        DROP TRIGGER IF EXISTS billing_stays_on_update ON {table};
        CREATE TRIGGER billing_stays_on_update BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({changed(columns)})
            EXECUTE FUNCTION billing_evidence_stays('{claim_column}');
    """


def delete_guard(table: str, claim_column: str) -> str:
    """Return the statement that keeps billed rows."""
    return f"""
        CREATE TRIGGER billing_stays_on_delete BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION billing_evidence_stays('{claim_column}');
    """


def ticket_waits(columns: str) -> str:
    """Return the statements that make changes of a ticket wait for the issuing of its drafts."""
    return f"""
        DROP TRIGGER billing_waits ON tickets_ticket;
        CREATE TRIGGER billing_waits BEFORE UPDATE ON tickets_ticket
            FOR EACH ROW WHEN ({changed(columns)}) EXECUTE FUNCTION billing_ticket_waits();
    """


class Migration(migrations.Migration):
    dependencies = [("billing", "0012_all_that_can_be_sold")]

    operations = [
        *(
            migrations.RunSQL(update_guard(table, *IS[table]), update_guard(table, *WAS[table]))
            for table in IS
        ),
        *(
            migrations.RunSQL(
                update_guard(table, *guard) + delete_guard(table, guard[0]),
                f"DROP TRIGGER billing_stays_on_update ON {table};"
                f"DROP TRIGGER billing_stays_on_delete ON {table};",
            )
            for table, guard in NEW.items()
        ),
        migrations.RunSQL(ticket_waits(TICKET_NOW), ticket_waits(TICKET)),
    ]
