"""How many days of contract lines a run has to account for: from dates alone, without any charge.

Counted by subtraction of days, apart from the engine and from the ranges in ``days.py``. Expected
are the days that line and contract share up to the day of the run, and in advance through the
period that holds this day once one of its days is served; days of a pause are not. A one-time line
has one day.
"""

AVERAGE_MONTH = "30.436875"


def _served(first: str, last: str) -> str:
    """Return how many days from one through another the contract does not rest."""
    return f"""(greatest(0, {last} - {first} + 1) - coalesce((
    SELECT sum(greatest(0, least(coalesce(p.last_day_on, {last}), {last})
                           - greatest(p.starts_on, {first}) + 1))
    FROM contracts_contractpause p WHERE p.contract_id = c.id), 0))"""  # noqa: S608  (statements of our own, here and below)


EXPECTED_DAYS = f"""
SELECT s.client_id, n.id, c.id AS contract_id, c.number || ' ' || n.description AS what,
       own.first_day, CASE
           WHEN own.first_day > own.last_day THEN 0
           WHEN n.rhythm_months = 0 THEN (own.first_day <= s.as_of_on - own.waits)::int
           ELSE {_served("own.first_day", "least(reach.through, own.last_day)")} END AS days
FROM scope s
JOIN contracts_contract c ON c.client_id = s.client_id
JOIN contracts_contractline n ON n.contract_id = c.id
CROSS JOIN LATERAL (
    SELECT greatest(n.starts_on, c.starts_on) AS first_day,
           least(n.last_day_on, c.last_day_on) AS last_day,
           (n.timing = 'arrears')::int AS waits,
           CASE WHEN n.anchor = 'anniversary' THEN coalesce(n.anchor_on, c.anchor_on, c.starts_on)
                ELSE DATE '2000-01-01' END AS anchor
) AS own
LEFT JOIN LATERAL (
    SELECT max(start) FILTER (WHERE start <= s.as_of_on) AS starts_on,
           min(start) FILTER (WHERE start > s.as_of_on) AS next_on
    FROM (SELECT floor((s.as_of_on - own.anchor)
                       / ({AVERAGE_MONTH} * nullif(n.rhythm_months, 0)))::int AS k) AS about,
         generate_series(about.k - 1, about.k + 2) AS nth,
         LATERAL (SELECT (own.anchor + make_interval(months => nth * n.rhythm_months))::date
                  AS start) AS period
) AS running ON n.rhythm_months > 0
CROSS JOIN LATERAL (
    SELECT CASE WHEN n.timing = 'advance' AND {
    _served(
        "greatest(running.starts_on, own.first_day)",
        "least(s.as_of_on, own.last_day)",
    )
} > 0 THEN running.next_on - 1 ELSE s.as_of_on - 1 END AS through
) AS reach
"""  # noqa: S608  (SQL of our own)
