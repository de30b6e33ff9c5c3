"""Hours that have paid for work, and blocks whose sale is billed, stay as they were.

The triggers stand on tables of contracts but belong to billing, which alone knows what was drawn. A
change is refused with SQLSTATE 23001 and the message "drawn hours: <where>" or "sold hours:
<where>", where being the number of the invoice, "draft", or "settled" where there is no invoice.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION billing_where_drawn(column_name text, row_id bigint, after_on date)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    EXECUTE format(
        'SELECT CASE WHEN i.id IS NULL THEN ''settled''
                     WHEN i.status = ''draft'' THEN ''draft'' ELSE i.number END
         FROM billing_claim k JOIN billing_charge c ON c.id = k.charge_id
         LEFT JOIN billing_invoice i ON i.id = c.invoice_id
         WHERE k.%I = $1 AND k.released_at IS NULL
           AND ($2 IS NULL OR k.drawn_quantity <> 0 AND coalesce(k.bucket_on, c.starts_on) > $2)
         ORDER BY k.id DESC LIMIT 1', column_name) INTO found USING row_id, after_on;
    RETURN found;
END $$;

CREATE FUNCTION billing_drawn_hours_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text := billing_where_drawn(TG_ARGV[0], OLD.id, NULL);
BEGIN
    IF found IS NOT NULL THEN
        RAISE EXCEPTION '%: %', TG_ARGV[1], found USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION billing_drawn_hours_end_later() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text := billing_where_drawn(TG_ARGV[0], OLD.id, NEW.last_day_on);
BEGIN
    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'drawn hours: %', found USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
REMOVE = """
DROP FUNCTION billing_drawn_hours_end_later();
DROP FUNCTION billing_drawn_hours_stay();
DROP FUNCTION billing_where_drawn(text, bigint, date);
"""
TABLES = {
    "contracts_allowance": (
        "allowance_id",
        "contract_id minutes starts_on anchor rollover cap_minutes age_months prorates_stub",
    ),
    "contracts_prepaidblock": (
        "drawn_block_id",
        "client_id contract_id unit quantity starts_on cancelled_on",
    ),
}
SOLD = """
CREATE TRIGGER billing_sold_hours_stay BEFORE UPDATE ON contracts_prepaidblock
    FOR EACH ROW WHEN (OLD.cancelled_on IS DISTINCT FROM NEW.cancelled_on)
    EXECUTE FUNCTION billing_drawn_hours_stay('prepaid_block_id', 'sold hours');
"""


def triggers_on(table: str, claim_column: str, columns: str) -> str:
    """Return the statements that guard one table of hours."""
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns.split())
    return f"""
        CREATE TRIGGER billing_drawn_hours_stay BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({changed})
            EXECUTE FUNCTION billing_drawn_hours_stay('{claim_column}', 'drawn hours');
        CREATE TRIGGER billing_drawn_hours_end_later BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN (NEW.last_day_on IS NOT NULL AND (
                OLD.last_day_on IS NULL OR NEW.last_day_on < OLD.last_day_on))
            EXECUTE FUNCTION billing_drawn_hours_end_later('{claim_column}');
    """


def triggers_off(table: str) -> str:
    """Return the statements that take the guards off again."""
    return f"""
        DROP TRIGGER billing_drawn_hours_stay ON {table};
        DROP TRIGGER billing_drawn_hours_end_later ON {table};
    """


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0013_guard_all_evidence"),
        ("contracts", "0005_allowance_months"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, REMOVE),
        *(
            migrations.RunSQL(triggers_on(table, *guard), triggers_off(table))
            for table, guard in TABLES.items()
        ),
        migrations.RunSQL(
            SOLD, "DROP TRIGGER billing_sold_hours_stay ON contracts_prepaidblock;"
        ),
    ]
