"""Whether evidence is still what it was when it was rated."""

from collections.abc import Sequence

from django.db import connection

_CHANGED = """
WITH own AS MATERIALIZED (
    SELECT c.id, c.invoice_id, t.number, t.rating_version
    FROM billing_charge c JOIN tickets_ticket t ON t.id = c.ticket_id
    WHERE c.invoice_id = ANY(%s)
)
SELECT c.invoice_id, min(c.number)
FROM own c
JOIN billing_claim k ON k.charge_id = c.id AND k.released_at IS NULL
LEFT JOIN tickets_timeentry e ON e.id = k.time_entry_id
LEFT JOIN tickets_partused p ON p.id = k.part_used_id
LEFT JOIN tickets_flatrateitem f ON f.id = k.flat_rate_item_id
WHERE k.ticket_version <> c.rating_version
   OR k.evidence_version IS DISTINCT FROM coalesce(e.version, p.version, f.version, 0)
GROUP BY c.invoice_id
"""

_SETTLED = """
WITH evidence AS (
    SELECT k.evidence_version <> e.version OR k.ticket_version <> t.rating_version AS has_changed
    FROM billing_claim k
    JOIN {table} e ON e.id = k.{column}
    JOIN tickets_ticket t ON t.id = e.ticket_id
    WHERE k.charge_id = ANY(%s)
    FOR SHARE OF t, e
)
SELECT 1 FROM evidence WHERE has_changed LIMIT 1
"""
_SOURCES = {
    "time_entry_id": "tickets_timeentry",
    "part_used_id": "tickets_partused",
    "flat_rate_item_id": "tickets_flatrateitem",
}


def changed_tickets_of(invoice_ids: Sequence[int]) -> dict[int, str]:
    """Return, for each draft whose evidence changed since, the number of one such ticket.

    The caller holds the drafts locked. Whoever changes evidence that a draft rests on waits for
    that lock (a trigger sees to it), so that what is checked here is what is issued.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [list(invoice_ids)])
        return dict(cursor.fetchall())


def has_changed_since_read(charge_ids: Sequence[int]) -> bool:
    """Say whether evidence that is about to be settled for good is no longer what was rated.

    It stays locked until the transaction ends: whoever wants to change it waits, and is then told
    that it is settled.
    """
    with connection.cursor() as cursor:
        for column, table in _SOURCES.items():
            cursor.execute(_SETTLED.format(table=table, column=column), [list(charge_ids)])
            if cursor.fetchone():
                return True
    return False
