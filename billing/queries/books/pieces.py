"""Where each piece of evidence has gone: read from the tables, apart from the engine.

Every statement yields rows of (client_id, id, what, ticket_id, contract_id, day, amount, place,
reason), one for each part of a piece that went its own way; the amounts of a piece's rows add up to
the piece. The scope names the clients, with the run that is asked about and what it said of them.
"""

_SCOPE_FIELDS = """
o.client_id, r.id AS run_id, r.as_of_on, r.started_at,
(o.outcome = 'held' AND o.held_count = 0 AND o.reason <> '') AS is_held,
EXISTS (SELECT 1 FROM billing_runoutcome d WHERE d.client_id = o.client_id
        AND d.discarded_at >= r.started_at) AS was_discarded
"""
OF_RUN = f"""
SELECT {_SCOPE_FIELDS}
FROM billing_runoutcome o JOIN billing_billingrun r ON r.id = o.run_id WHERE r.id = %(run)s
"""  # noqa: S608  (statements of our own, here and below)
OF_LAST_RUNS = f"""
SELECT DISTINCT ON (o.client_id) {_SCOPE_FIELDS}
FROM billing_runoutcome o JOIN billing_billingrun r ON r.id = o.run_id
WHERE r.state = 'finished' ORDER BY o.client_id, r.as_of_on DESC, r.id DESC
"""  # noqa: S608  (SQL of our own)
_CLOSED = """
coalesce(t.closed_at < s.started_at
         AND (t.closed_at AT TIME ZONE z.time_zone)::date < s.as_of_on, false)
"""


def freed(column: str, source: str = "e.id", since: str = "s.started_at") -> str:
    """Return the condition that a cancelled invoice gave the piece back since the run began."""
    return f"""
EXISTS (SELECT 1 FROM billing_claim x WHERE x.{column} = {source}
        AND x.cancellation_id IS NOT NULL AND x.released_at >= {since})
"""  # noqa: S608  (SQL of our own)


_TICKET_CHANGED = """
EXISTS (SELECT 1 FROM tickets_ticketevent h WHERE h.pgh_obj_id = t.id
        AND h.pgh_label = 'update' AND h.pgh_created_at >= s.started_at)
"""


def _rest(column: str, not_due: str, entered: str, changed: str) -> str:
    """Return where a piece is that no live charge carries, the plainest reason first."""
    return f"""
CASE WHEN e.billed_elsewhere THEN 'elsewhere/'
     {not_due}
     WHEN EXISTS (SELECT 1 FROM billing_helditem i
                  WHERE i.run_id = s.run_id AND i.{column} = e.id)
     THEN 'held/' || (SELECT min(i.hold) FROM billing_helditem i
                      WHERE i.run_id = s.run_id AND i.{column} = e.id)
     WHEN s.is_held THEN 'held/client'
     WHEN {entered} >= s.started_at THEN 'open/new'
     WHEN {changed} THEN 'open/changed'
     WHEN {freed(column)} THEN 'open/freed'
     WHEN s.was_discarded THEN 'open/discarded'
     ELSE 'lost/' END
"""  # noqa: S608  (SQL of our own)


def _changed(events: str) -> str:
    return f"""
EXISTS (SELECT 1 FROM {events} h WHERE h.pgh_obj_id = e.id
        AND h.pgh_label = 'update' AND h.pgh_created_at >= s.started_at)
"""  # noqa: S608  (SQL of our own)


def _on_ticket(table: str, column: str, *, day: str, not_due: str) -> str:
    """Return the pieces of a kind of work that is claimed whole, each counted as one."""
    rest = _rest(
        column, not_due, "e.entered_at", _changed(f"{table}event") + f"OR {_TICKET_CHANGED}"
    )
    return f"""
SELECT s.client_id, e.id, t.number || ' ' || e.description AS what, t.id AS ticket_id,
       NULL::bigint AS contract_id, {day} AS day, 1 AS amount,
       coalesce(k.treatment || '/', {rest}) AS went
FROM scope s CROSS JOIN zone z
JOIN tickets_ticket t ON t.client_id = s.client_id
JOIN {table} e ON e.ticket_id = t.id
LEFT JOIN LATERAL (
    SELECT c.treatment FROM billing_claim k JOIN billing_charge c ON c.id = k.charge_id
    WHERE k.{column} = e.id AND k.released_at IS NULL LIMIT 1
) k ON true
"""  # noqa: S608  (SQL of our own)


_TIME_NOT_DUE = f"""
WHEN NOT e.is_approved THEN 'open/not_approved'
WHEN e.worked_on >= s.as_of_on THEN 'open/after'
WHEN t.billing_mode = 'flat_rate' AND NOT e.is_out_of_scope AND NOT {_CLOSED} THEN 'open/not_due'
"""
_TIME_CHANGED = _changed("tickets_timeentryevent") + f"OR {_TICKET_CHANGED}"
_MINUTES = f"""
SELECT s.client_id, e.id, t.number || ' ' || t.subject AS what, t.id AS ticket_id,
       NULL::bigint AS contract_id, e.worked_on AS day, p.amount, p.went
FROM scope s CROSS JOIN zone z
JOIN tickets_ticket t ON t.client_id = s.client_id
JOIN tickets_timeentry e ON e.ticket_id = t.id
CROSS JOIN LATERAL (
    WITH portion AS (
        SELECT c.treatment, k.minutes FROM billing_claim k JOIN billing_charge c
        ON c.id = k.charge_id WHERE k.time_entry_id = e.id AND k.released_at IS NULL
    )
    SELECT minutes AS amount, treatment || '/' AS went FROM portion
    UNION ALL
    SELECT e.minutes - sum(minutes), 'lost/portion' FROM portion
    HAVING e.minutes <> sum(minutes)
    UNION ALL
    SELECT e.minutes, {_rest("time_entry_id", _TIME_NOT_DUE, "e.entered_at", _TIME_CHANGED)}
    WHERE NOT EXISTS (SELECT 1 FROM portion)
) p
"""  # noqa: S608  (SQL of our own)
_TAKEN_BACK = f"""
SELECT s.client_id, e.id, t.number || ' ' || e.reason AS what, t.id AS ticket_id,
       NULL::bigint AS contract_id, e.found_on AS day, e.minutes AS amount,
       coalesce(k.treatment || '/', CASE
           WHEN e.found_on >= s.as_of_on THEN 'open/after'
           WHEN NOT EXISTS (SELECT 1 FROM billing_claim k JOIN billing_charge c
                            ON c.id = k.charge_id LEFT JOIN billing_invoice i
                            ON i.id = c.invoice_id
                            WHERE k.time_entry_id = w.id AND k.released_at IS NULL
                            AND i.status IS DISTINCT FROM 'draft') THEN 'open/not_due'
           WHEN EXISTS (SELECT 1 FROM billing_helditem i
                        WHERE i.run_id = s.run_id AND i.time_correction_id = e.id)
           THEN 'held/' || (SELECT min(i.hold) FROM billing_helditem i
                            WHERE i.run_id = s.run_id AND i.time_correction_id = e.id)
           WHEN s.is_held THEN 'held/client'
           WHEN e.entered_at >= s.started_at THEN 'open/new'
           WHEN {freed("time_correction_id")} THEN 'open/freed'
           WHEN s.was_discarded THEN 'open/discarded'
           ELSE 'lost/' END) AS went
FROM scope s
JOIN tickets_ticket t ON t.client_id = s.client_id
JOIN tickets_timeentry w ON w.ticket_id = t.id
JOIN tickets_timecorrection e ON e.time_entry_id = w.id
LEFT JOIN LATERAL (
    SELECT c.treatment FROM billing_claim k JOIN billing_charge c ON c.id = k.charge_id
    WHERE k.time_correction_id = e.id AND k.released_at IS NULL LIMIT 1
) k ON true
"""  # noqa: S608  (SQL of our own)
_BLOCK_NOT_DUE = """
WHEN e.cancelled_on IS NOT NULL THEN 'open/cancelled'
WHEN e.sold_on > s.as_of_on THEN 'open/after'
"""
_BLOCK_SOLD = """
coalesce((SELECT min(h.pgh_created_at) FROM contracts_prepaidblockevent h
          WHERE h.pgh_obj_id = e.id AND h.pgh_label = 'insert'), '-infinity')
"""
_BLOCKS = f"""
SELECT s.client_id, e.id, e.name AS what, NULL::bigint AS ticket_id, e.contract_id,
       e.sold_on AS day, 1 AS amount, coalesce(k.treatment || '/',
       {
    _rest("prepaid_block_id", _BLOCK_NOT_DUE, _BLOCK_SOLD, _changed("contracts_prepaidblockevent"))
}) AS went
FROM scope s
JOIN contracts_prepaidblock e ON e.client_id = s.client_id
LEFT JOIN LATERAL (
    SELECT c.treatment FROM billing_claim k JOIN billing_charge c ON c.id = k.charge_id
    WHERE k.prepaid_block_id = e.id AND k.released_at IS NULL LIMIT 1
) k ON true
"""  # noqa: S608  (SQL of our own)
_NO_PART_BEFORE = "WHEN e.used_on >= s.as_of_on THEN 'open/after'"
_NO_JOB_BEFORE = f"WHEN NOT {_CLOSED} THEN 'open/not_due'"
WORK = {
    "minutes": _MINUTES,
    "taken_back": _TAKEN_BACK,
    "parts": _on_ticket(
        "tickets_partused", "part_used_id", day="e.used_on", not_due=_NO_PART_BEFORE
    ),
    "flat_rates": _on_ticket(
        "tickets_flatrateitem",
        "flat_rate_item_id",
        day="(t.closed_at AT TIME ZONE z.time_zone)::date",
        not_due=_NO_JOB_BEFORE,
    ),
    "blocks": _BLOCKS,
}
