"""What a line costs for a period by what counts on a day, for the database to add up.

The same arithmetic as ``contracts.domain.versions``; a test compares the two.
"""

from django.db import migrations

INSTALL = """
CREATE FUNCTION contracts_period_start_from(day date, anchor date, months integer)
RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN months = 0 THEN day
        WHEN (anchor + make_interval(months => n * months))::date >= day
            THEN (anchor + make_interval(months => n * months))::date
        ELSE (anchor + make_interval(months => (n + 1) * months))::date
    END
    FROM (
        SELECT floor((
            (extract(year FROM day) - extract(year FROM anchor)) * 12
            + extract(month FROM day) - extract(month FROM anchor)
        ) / nullif(months, 0))::integer AS n
    ) AS counted
$$;

CREATE FUNCTION contracts_value_in_force(asked_line bigint, day date, counted numeric)
RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH versions AS (
        SELECT
            v.quantity, v.unit_price, v.included_quantity, v.overage_price, v.tiers, l.pricing,
            row_number() OVER by_day AS place,
            v.quantity IS DISTINCT FROM lag(v.quantity) OVER by_day AS is_quantity,
            v.unit_price IS DISTINCT FROM lag(v.unit_price) OVER by_day AS is_price,
            v.included_quantity IS DISTINCT FROM lag(v.included_quantity) OVER by_day
                AS is_included,
            v.overage_price IS DISTINCT FROM lag(v.overage_price) OVER by_day AS is_overage,
            v.tiers IS DISTINCT FROM lag(v.tiers) OVER by_day AS is_tiers,
            CASE
                WHEN v.effect = 'next_period' AND row_number() OVER by_day > 1
                THEN contracts_period_start_from(
                    v.starts_on,
                    CASE l.anchor WHEN 'anniversary' THEN coalesce(l.anchor_on, c.starts_on)
                        ELSE DATE '2000-01-01' END,
                    l.rhythm_months
                )
                ELSE v.starts_on
            END AS counts_from
        FROM contracts_lineversion v
        JOIN contracts_contractline l ON l.id = v.line_id
        JOIN contracts_contract c ON c.id = l.contract_id
        WHERE v.line_id = asked_line
        WINDOW by_day AS (ORDER BY v.starts_on)
    ), counting AS (
        SELECT * FROM versions WHERE counts_from <= day
    )
    SELECT contracts_price_of_period(
        (SELECT pricing FROM versions LIMIT 1),
        coalesce(counted, (
            SELECT quantity FROM counting WHERE place = 1 OR is_quantity
            ORDER BY place DESC LIMIT 1
        )),
        (
            SELECT unit_price FROM counting WHERE place = 1 OR is_price
            ORDER BY place DESC LIMIT 1
        ),
        (
            SELECT included_quantity FROM counting WHERE place = 1 OR is_included
            ORDER BY place DESC LIMIT 1
        ),
        (
            SELECT overage_price FROM counting WHERE place = 1 OR is_overage
            ORDER BY place DESC LIMIT 1
        ),
        (SELECT tiers FROM counting WHERE place = 1 OR is_tiers ORDER BY place DESC LIMIT 1)
    )
$$;
"""
REMOVE = """
DROP FUNCTION contracts_value_in_force(bigint, date, numeric);
DROP FUNCTION contracts_period_start_from(date, date, integer);
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0010_blocks_move_along")]

    operations = [migrations.RunSQL(INSTALL, REMOVE)]
