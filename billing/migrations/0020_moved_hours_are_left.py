"""What moves along from a prepaid block must be left in it.

A change is refused as others to drawn hours are: with SQLSTATE 23001 and where the last work that
the block paid for was billed.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION billing_moved_hours_are_left() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken numeric;
BEGIN
    SELECT coalesce(sum(drawn_quantity), 0) INTO taken
    FROM billing_claim WHERE drawn_block_id = OLD.id AND released_at IS NULL;
    IF taken > NEW.quantity - NEW.moved_quantity THEN
        RAISE EXCEPTION 'moved hours: %', billing_where_drawn('drawn_block_id', OLD.id, NULL)
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER billing_moved_hours_are_left BEFORE UPDATE ON contracts_prepaidblock
    FOR EACH ROW WHEN (OLD.moved_quantity IS DISTINCT FROM NEW.moved_quantity)
    EXECUTE FUNCTION billing_moved_hours_are_left();
"""
REMOVE = """
DROP TRIGGER billing_moved_hours_are_left ON contracts_prepaidblock;
DROP FUNCTION billing_moved_hours_are_left();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0019_breaks_of_billed_work"),
        ("contracts", "0010_blocks_move_along"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
