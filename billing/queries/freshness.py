"""Whether the evidence of a draft is still what it was when the draft was made."""

from collections.abc import Sequence

from django.db import connection

_STALE = """
WITH evidence AS (
    SELECT c.invoice_id, t.number,
           k.evidence_version <> e.version OR k.ticket_version <> t.rating_version AS has_changed
    FROM tickets_ticket t
    JOIN {table} e ON e.ticket_id = t.id
    JOIN billing_claim k ON k.{column} = e.id AND k.released_at IS NULL
    JOIN billing_charge c ON c.id = k.charge_id
    WHERE c.invoice_id = ANY(%s)
    FOR SHARE OF t, e
)
SELECT invoice_id, min(number) FROM evidence WHERE has_changed GROUP BY invoice_id
"""
_SOURCES = {
    "time_entry_id": "tickets_timeentry",
    "part_used_id": "tickets_partused",
    "flat_rate_item_id": "tickets_flatrateitem",
}


def changed_tickets_of(invoice_ids: Sequence[int]) -> dict[int, str]:
    """Return, for each draft whose evidence changed since, the number of one such ticket.

    The evidence stays locked against changes until the transaction ends, so that what was checked
    is what is issued.
    """
    changed: dict[int, str] = {}
    with connection.cursor() as cursor:
        for column, table in _SOURCES.items():
            cursor.execute(_STALE.format(table=table, column=column), [list(invoice_ids)])
            changed.update(cursor.fetchall())
    return changed
