"""What a quantity costs for a whole period, for the database to add up.

The same arithmetic as ``contracts.domain.price``; a test compares the two. Hours of a published
revision keep their work types, whose table Django makes by itself, so its trigger is written here.
"""

from django.db import migrations

INSTALL = """
CREATE FUNCTION contracts_price_of_period(
    pricing text, quantity numeric, unit_price numeric, included numeric, overage numeric,
    tiers jsonb
) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH steps AS (
        SELECT
            place,
            (tier ->> 'unit_price')::numeric AS unit_price,
            coalesce((tier ->> 'up_to')::numeric, quantity) AS up_to,
            tier ->> 'up_to' IS NULL OR place = jsonb_array_length(tiers) AS is_open
        FROM jsonb_array_elements(tiers) WITH ORDINALITY AS kept(tier, place)
    )
    SELECT CASE pricing
        WHEN 'package' THEN unit_price + greatest(quantity - included, 0) * overage
        WHEN 'volume' THEN quantity * coalesce((
            SELECT steps.unit_price FROM steps
            WHERE is_open OR quantity <= steps.up_to ORDER BY place LIMIT 1
        ), 0)
        WHEN 'graduated' THEN coalesce((
            SELECT sum(greatest(upper - lower, 0) * price) FROM (
                SELECT
                    steps.unit_price AS price,
                    CASE WHEN is_open THEN quantity ELSE least(quantity, steps.up_to) END AS upper,
                    coalesce(lag(steps.up_to) OVER (ORDER BY place), 0) AS lower
                FROM steps
            ) AS parts
        ), 0)
        ELSE quantity * unit_price
    END
$$;

CREATE FUNCTION contracts_planallowance_worktypes_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM contracts_planallowance AS allowance
        JOIN contracts_planrevision AS revision ON revision.id = allowance.revision_id
        WHERE allowance.id IN (OLD.planallowance_id, NEW.planallowance_id)
            AND revision.published_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'what a published revision promises cannot change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER contracts_planallowance_worktypes_fixed
BEFORE INSERT OR UPDATE OR DELETE ON contracts_planallowance_work_types
FOR EACH ROW EXECUTE FUNCTION contracts_planallowance_worktypes_fixed();
"""

REMOVE = """
DROP TRIGGER IF EXISTS contracts_planallowance_worktypes_fixed
ON contracts_planallowance_work_types;
DROP FUNCTION IF EXISTS contracts_planallowance_worktypes_fixed();
DROP FUNCTION IF EXISTS contracts_price_of_period(text, numeric, numeric, numeric, numeric, jsonb);
"""


class Migration(migrations.Migration):
    """A function of the database, and one trigger."""

    dependencies = [("contracts", "0006_plans_are_fixed_once_published")]

    operations = [migrations.RunSQL(INSTALL, REMOVE)]
