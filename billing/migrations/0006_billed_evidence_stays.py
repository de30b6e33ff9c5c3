"""Work, parts and flat rates that were billed can no longer be changed or removed.

The triggers stand on tables of tickets but belong to billing, which alone knows what is billed. A
change is refused with SQLSTATE 23001 and the message "billed evidence: <number of the invoice>",
or "billed evidence: settled" where the work was settled without an invoice.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION billing_evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands_on text;
BEGIN
    EXECUTE format(
        'SELECT coalesce(i.number, ''settled'') FROM billing_claim k
         JOIN billing_charge c ON c.id = k.charge_id
         LEFT JOIN billing_invoice i ON i.id = c.invoice_id
         WHERE k.%I = $1 AND k.released_at IS NULL
           AND (i.status = ''issued'' OR c.invoice_id IS NULL)
         LIMIT 1', TG_ARGV[0]) INTO stands_on USING OLD.id;
    IF stands_on IS NOT NULL THEN
        RAISE EXCEPTION 'billed evidence: %', stands_on USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION billing_ticket_keeps_client() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands_on text;
BEGIN
    SELECT coalesce(i.number, 'settled') INTO stands_on
    FROM billing_charge c LEFT JOIN billing_invoice i ON i.id = c.invoice_id
    WHERE c.ticket_id = OLD.id AND (i.status = 'issued' OR c.invoice_id IS NULL)
    LIMIT 1;
    IF stands_on IS NOT NULL THEN
        RAISE EXCEPTION 'billed evidence: %', stands_on USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
REMOVE = """
DROP FUNCTION billing_evidence_stays();
DROP FUNCTION billing_ticket_keeps_client();
"""
TABLES = {
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
    "tickets_flatrateitem": (
        "flat_rate_item_id",
        "ticket_id product_id description quantity price tax_code billed_elsewhere",
    ),
}


def triggers_on(table: str, claim_column: str, columns: str) -> str:
    """Return the statements that guard one table of evidence."""
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns.split())
    call = f"EXECUTE FUNCTION billing_evidence_stays('{claim_column}')"
    return f"""
        CREATE TRIGGER billing_stays_on_update BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({changed}) {call};
        CREATE TRIGGER billing_stays_on_delete BEFORE DELETE ON {table} FOR EACH ROW {call};
    """


def triggers_off(table: str) -> str:
    """Return the statements that take the guard off again."""
    return f"""
        DROP TRIGGER billing_stays_on_update ON {table};
        DROP TRIGGER billing_stays_on_delete ON {table};
    """


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0005_who_issued_and_claims_that_stand"),
        ("tickets", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, REMOVE),
        *(
            migrations.RunSQL(triggers_on(table, *guard), triggers_off(table))
            for table, guard in TABLES.items()
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER billing_keeps_client BEFORE UPDATE OF client_id ON tickets_ticket
                FOR EACH ROW WHEN (OLD.client_id IS DISTINCT FROM NEW.client_id)
                EXECUTE FUNCTION billing_ticket_keeps_client();
            """,
            "DROP TRIGGER billing_keeps_client ON tickets_ticket;",
        ),
    ]
