"""I8: nothing is lost on the way from evidence to money.

Every approved minute, part, flat-rate job, prepaid block and contract month that was due at the
last finished run of its client is on a live charge, was billed by another system, or the run held
the client back or that piece back with a reason. The minutes of a time entry are on its charges,
all of them and once. What was entered or changed after that run began, and what was on a draft that
a person discarded since, is due at the next run.
"""

from django.utils.translation import gettext as _

from billing.queries.books.finding import Check

# The last finished run of each client, excused where a draft was discarded since it began.
_LAST_RUN = """
last_run AS (
    SELECT DISTINCT ON (o.client_id) o.client_id, r.id AS run_id, r.as_of_on, r.started_at,
           (o.outcome = 'held' AND o.reason <> '')
           OR EXISTS (SELECT 1 FROM billing_runoutcome d WHERE d.client_id = o.client_id
                      AND d.discarded_at >= r.started_at) AS is_excused
    FROM billing_runoutcome o JOIN billing_billingrun r ON r.id = o.run_id
    WHERE r.state = 'finished'
    ORDER BY o.client_id, r.as_of_on DESC, r.id DESC
), zone AS (
    SELECT time_zone FROM clients_legalentity WHERE is_default
)
"""
_EVIDENCE = """
WITH {last_run}, due AS (
    SELECT e.id, t.number,
           l.is_excused OR e.billed_elsewhere
           OR EXISTS (SELECT 1 FROM billing_claim k
                      WHERE k.{claim} = e.id AND k.released_at IS NULL)
           OR EXISTS (SELECT 1 FROM billing_helditem i
                      WHERE i.{claim} = e.id AND i.run_id = l.run_id)
           OR EXISTS (SELECT 1 FROM {table}event h WHERE h.pgh_obj_id = e.id
                      AND h.pgh_label = 'update' AND h.pgh_created_at >= l.started_at)
           OR EXISTS (SELECT 1 FROM tickets_ticketevent h WHERE h.pgh_obj_id = t.id
                      AND h.pgh_label = 'update' AND h.pgh_created_at >= l.started_at)
           AS is_kept
    FROM {table} e
    JOIN tickets_ticket t ON t.id = e.ticket_id
    JOIN last_run l ON l.client_id = t.client_id
    CROSS JOIN zone
    WHERE e.entered_at < l.started_at AND {when}
)
SELECT count(*), count(*) FILTER (WHERE NOT is_kept),
       '{name} ' || min(id) FILTER (WHERE NOT is_kept)
       || ' on ' || min(number) FILTER (WHERE NOT is_kept)
FROM due
"""
_CLOSED = """
(t.closed_at < l.started_at AND (t.closed_at AT TIME ZONE zone.time_zone)::date < l.as_of_on)
"""
_TIME_DUE = f"""
e.is_approved AND e.worked_on < l.as_of_on
AND (t.billing_mode <> 'flat_rate' OR e.is_out_of_scope OR {_CLOSED})
"""
_MINUTES = """
WITH claimed AS (
    SELECT e.id, e.minutes, sum(k.minutes) AS on_charges
    FROM tickets_timeentry e
    JOIN billing_claim k ON k.time_entry_id = e.id AND k.released_at IS NULL
    GROUP BY e.id
)
SELECT count(*), count(*) FILTER (WHERE on_charges IS DISTINCT FROM minutes),
       'minutes of time entry ' || min(id) FILTER (WHERE on_charges IS DISTINCT FROM minutes)
FROM claimed
"""
_SOURCES = (
    ("time entry", "tickets_timeentry", "time_entry_id", _TIME_DUE),
    ("part", "tickets_partused", "part_used_id", "e.used_on < l.as_of_on"),
    ("flat rate", "tickets_flatrateitem", "flat_rate_item_id", _CLOSED),
)
_MONTHS = """
WITH {last_run}, served AS (
    SELECT n.id, c.number, c.client_id, n.timing,
           greatest(n.starts_on, c.starts_on, n.billed_through_on + 1) AS first_day,
           least(n.last_day_on, c.last_day_on) AS last_day,
           l.as_of_on, l.is_excused, l.started_at
    FROM contracts_contractline n
    JOIN contracts_contract c ON c.id = n.contract_id
    JOIN last_run l ON l.client_id = c.client_id
), due AS (
    SELECT s.*, m.month::date AS period_on,
           s.is_excused
           OR EXISTS (SELECT 1 FROM billing_claim k WHERE k.contract_line_id = s.id
                      AND k.period_on = m.month::date AND k.released_at IS NULL)
           OR EXISTS (SELECT 1 FROM contracts_contractlineevent h
                      WHERE h.pgh_obj_id = s.id AND h.pgh_created_at >= s.started_at)
           OR EXISTS (SELECT 1 FROM contracts_contractevent h JOIN contracts_contractline n
                      ON n.contract_id = h.pgh_obj_id
                      WHERE n.id = s.id AND h.pgh_created_at >= s.started_at)
           AS is_kept
    FROM served s
    CROSS JOIN LATERAL generate_series(
        date_trunc('month', s.first_day::timestamp), s.as_of_on::timestamp, interval '1 month'
    ) AS m (month)
    WHERE greatest(m.month::date, s.first_day) <= coalesce(s.last_day, 'infinity')
      AND CASE WHEN s.timing = 'advance'
               THEN greatest(m.month::date, s.first_day) <= s.as_of_on
               ELSE (m.month + interval '1 month')::date <= s.as_of_on END
)
SELECT count(*), count(*) FILTER (WHERE NOT is_kept),
       min('contract ' || number || ', ' || to_char(period_on, 'YYYY-MM'))
           FILTER (WHERE NOT is_kept)
FROM due
"""
_BLOCKS = """
WITH {last_run}, due AS (
    SELECT b.id,
           l.is_excused OR b.billed_elsewhere OR b.cancelled_on IS NOT NULL
           OR EXISTS (SELECT 1 FROM billing_claim k
                      WHERE k.prepaid_block_id = b.id AND k.released_at IS NULL)
           OR EXISTS (SELECT 1 FROM contracts_prepaidblockevent h
                      WHERE h.pgh_obj_id = b.id AND h.pgh_created_at >= l.started_at)
           AS is_kept
    FROM contracts_prepaidblock b
    JOIN last_run l ON l.client_id = b.client_id
    WHERE b.sold_on <= l.as_of_on
)
SELECT count(*), count(*) FILTER (WHERE NOT is_kept),
       'block ' || min(id) FILTER (WHERE NOT is_kept)
FROM due
"""


def check_conservation() -> Check:
    """Find what was due at the last run and is neither billed, settled nor held."""
    check = Check("I8", _("All that was due at the last run is billed, settled or held"))
    for name, table, claim, when in _SOURCES:
        check.ask(
            _EVIDENCE.format(last_run=_LAST_RUN, name=name, table=table, claim=claim, when=when)
        )
    check.ask(_MINUTES)
    check.ask(_MONTHS.format(last_run=_LAST_RUN))
    check.ask(_BLOCKS.format(last_run=_LAST_RUN))
    return check
