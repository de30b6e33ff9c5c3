"""Where the days of contract lines have gone, as ranges of days: read apart from the engine.

Owed are the days that line and contract share, without pauses; of a one-time line its first day.
Looked at are those before the as-of day, those that are due in advance of it, and later ones that
are billed all the same. A day that no charge carries is not due while its period runs in arrears,
or while it waits to be joined to the first whole period; any other one must have a reason.

Days are counted for each period that live charges carry, so that a day on two of them counts twice,
and is lost for that. How many days there must be is counted a second time, from the dates of lines
and contracts alone (``expected_days.py``): whatever is missing, or too much, is lost as well.
"""

from billing.queries.books.expected_days import EXPECTED_DAYS
from billing.queries.books.pieces import freed


def _months_to(day: str) -> str:
    """Return which period from the anchor holds the day, one too high where the day is earlier."""
    return f"""floor((12 * (extract(year FROM {day}) - extract(year FROM l.anchor))
                 + extract(month FROM {day}) - extract(month FROM l.anchor))
                / nullif(l.m, 0))::int"""


def _period(day: str) -> str:
    """Return the number, the start and the next start of the period that holds the day."""
    return f"""
CROSS JOIN LATERAL (
    SELECT start AS starts_on, (l.anchor + make_interval(months => (n + 1) * l.m))::date AS next_on
    FROM generate_series({_months_to(day)} - 1, {_months_to(day)}) AS n,
         LATERAL (SELECT (l.anchor + make_interval(months => n * l.m))::date AS start) AS d
    WHERE start <= {day}
    UNION ALL SELECT {day}, {day} WHERE l.m = 0
    ORDER BY starts_on DESC LIMIT 1
)"""  # noqa: S608  (statements of our own, here and below)


def _length(days: str) -> str:
    return f"(SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest({days}) AS r)"  # noqa: S608  (SQL of our own)


_CHARGED = """
coalesce((SELECT range_agg(daterange(c.starts_on, c.last_day_on, '[]'))
          FROM billing_claim k JOIN billing_charge c ON c.id = k.charge_id
          WHERE k.contract_line_id = l.id AND k.released_at IS NULL
          AND (c.treatment = 'waived') = {is_waived}), '{{}}'::datemultirange)
"""
# A period and its corrections carry the same days once; another period must not carry them again.
_TWICE = f"""
(SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM (
     SELECT range_agg(daterange(c.starts_on, c.last_day_on, '[]')) AS days
     FROM billing_claim k JOIN billing_charge c ON c.id = k.charge_id
     WHERE k.contract_line_id = d.id AND k.released_at IS NULL GROUP BY k.period_on
 ) AS period, unnest(period.days * d.owed - d.elsewhere) AS r)
- {_length("d.owed * (d.billed + d.waived) - d.elsewhere")}
"""  # noqa: S608  (SQL of our own)
_CHANGED = """
EXISTS (SELECT 1 FROM contracts_contractlineevent h
        WHERE h.pgh_obj_id = d.id AND h.pgh_created_at >= d.started_at)
OR EXISTS (SELECT 1 FROM contracts_contractevent h
           WHERE h.pgh_obj_id = d.contract_id AND h.pgh_created_at >= d.started_at)
OR EXISTS (SELECT 1 FROM contracts_contractpauseevent h
           WHERE h.contract_id = d.contract_id AND h.pgh_created_at >= d.started_at)
"""
DAYS = f"""
WITH line AS (
    SELECT s.*, n.id, c.id AS contract_id, c.number || ' ' || n.description AS what,
           n.timing, n.rhythm_months AS m, n.stub_rule,
           greatest(n.starts_on, c.starts_on) AS first_day,
           least(n.last_day_on, c.last_day_on) AS last_day,
           coalesce(n.billed_through_on, '-infinity') AS elsewhere_on,
           CASE n.anchor WHEN 'anniversary' THEN coalesce(n.anchor_on, c.anchor_on, c.starts_on)
                ELSE DATE '2000-01-01' END AS anchor
    FROM scope s
    JOIN contracts_contract c ON c.client_id = s.client_id
    JOIN contracts_contractline n ON n.contract_id = c.id
    WHERE greatest(n.starts_on, c.starts_on)
          <= coalesce(least(n.last_day_on, c.last_day_on), 'infinity')
), ranged AS (
    SELECT l.*,
           CASE WHEN l.m = 0 THEN datemultirange(daterange(l.first_day, l.first_day, '[]'))
           ELSE datemultirange(daterange(l.first_day, l.last_day, '[]'))
                - coalesce((SELECT range_agg(daterange(p.starts_on, p.last_day_on, '[]'))
                            FROM contracts_contractpause p WHERE p.contract_id = l.contract_id),
                           '{{}}'::datemultirange) END AS owed,
           {_CHARGED.format(is_waived="false")} AS billed,
           {_CHARGED.format(is_waived="true")} AS waived,
           datemultirange(daterange(NULL, l.elsewhere_on, '(]')) AS elsewhere,
           running.starts_on AS period_on, running.next_on,
           CASE WHEN l.stub_rule <> 'joined' OR l.m = 0 OR l.elsewhere_on >= l.first_day
                     OR first.starts_on = l.first_day THEN NULL
                ELSE first.next_on END AS joined_on,
           CASE WHEN l.m = 0 THEN l.first_day ELSE
               (first.next_on + make_interval(months => l.m))::date END AS joined_through_on
    FROM line l
    {_period("l.as_of_on")} AS running
    {_period("l.first_day")} AS first
), waiting AS (
    SELECT *, CASE
        WHEN last_day < as_of_on THEN NULL
        WHEN joined_on > as_of_on THEN first_day
        WHEN timing = 'advance' OR m = 0 THEN NULL
        WHEN joined_on IS NOT NULL AND joined_through_on > as_of_on THEN first_day
        ELSE period_on END AS waits_from_on
    FROM ranged
), looked_at AS (
    SELECT *, datemultirange(daterange(NULL, CASE
        WHEN timing = 'advance' AND m = 0 THEN as_of_on + 1
        WHEN timing = 'advance' AND as_of_on >= lower(
            owed * datemultirange(daterange(period_on, next_on, '[)'))) THEN next_on
        ELSE as_of_on END, '()')) AS before
    FROM waiting
), parted AS MATERIALIZED (
    SELECT *, owed * before * elsewhere AS away,
           owed * before * billed - elsewhere AS paid,
           owed * before * waived - elsewhere - billed AS free,
           owed * (billed + waived) - before - elsewhere AS ahead,
           owed * before - elsewhere - billed - waived AS rest,
           CASE WHEN waits_from_on IS NULL THEN '{{}}'::datemultirange
                ELSE datemultirange(daterange(waits_from_on, NULL, '[)')) END AS later
    FROM looked_at
), went AS (
    SELECT d.client_id, d.id, d.what, d.contract_id, lower(p.days) AS day,
           {_length("p.days")} AS amount, p.went
    FROM parted d CROSS JOIN LATERAL (VALUES
        (d.away, 'elsewhere/'), (d.paid, 'billed/'), (d.free, 'waived/'),
        (d.ahead, 'billed/ahead'), (d.rest * d.later, 'open/not_due'),
        (d.rest - d.later, CASE WHEN isempty(d.rest - d.later) THEN ''
            WHEN EXISTS (SELECT 1 FROM billing_helditem i
                         WHERE i.run_id = d.run_id AND i.contract_line_id = d.id)
            THEN 'held/' || (SELECT min(i.hold) FROM billing_helditem i
                             WHERE i.run_id = d.run_id AND i.contract_line_id = d.id)
            WHEN d.is_held THEN 'held/client'
            WHEN {_CHANGED} THEN 'open/changed'
            WHEN {freed("contract_line_id", "d.id", "d.started_at")} THEN 'open/freed'
            WHEN d.was_discarded THEN 'open/discarded'
            ELSE 'lost/' END)
    ) AS p (days, went)
    WHERE NOT isempty(p.days)
    UNION ALL
    SELECT d.client_id, d.id, d.what, d.contract_id, d.first_day, again.days, 'lost/twice'
    FROM parted d CROSS JOIN LATERAL (SELECT {_TWICE} AS days) AS again WHERE again.days <> 0
), compared AS (
    SELECT client_id, id, what, contract_id, first_day, days FROM ({EXPECTED_DAYS}) e
    UNION ALL
    SELECT client_id, id, what, contract_id, NULL, -amount FROM went
    WHERE went NOT IN ('billed/ahead', 'lost/twice')
)
SELECT client_id, id, what, NULL::bigint AS ticket_id, contract_id, day, amount, went FROM went
UNION ALL
SELECT min(client_id), id, min(what), NULL, min(contract_id), min(first_day), sum(days)::int,
       'lost/uncounted'
FROM compared GROUP BY id HAVING sum(days) <> 0
"""  # noqa: S608  (SQL of our own)
