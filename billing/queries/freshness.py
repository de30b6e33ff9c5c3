"""Whether evidence is still what it was when it was rated."""

from collections.abc import Sequence

from django.db import connection

from core.lookups import as_array

_SOURCES = {
    "time_entry_id": "tickets_timeentry",
    "part_used_id": "tickets_partused",
    "flat_rate_item_id": "tickets_flatrateitem",
}
_CHANGED_SOURCE = """
    SELECT k.charge_id FROM held k
    JOIN {table} e ON e.id = k.{column} JOIN tickets_ticket t ON t.id = e.ticket_id
    WHERE e.id = ANY(ARRAY(SELECT {column} FROM held))
      AND (e.version <> k.evidence_version OR t.rating_version <> k.ticket_version)
"""
# Everything is looked up by lists of keys, so that a set costs the same however many others exist.
_CHANGED = f"""
WITH held AS MATERIALIZED (
    SELECT charge_id, {", ".join(_SOURCES)}, evidence_version, ticket_version
    FROM billing_claim
    WHERE released_at IS NULL AND charge_id = ANY(ARRAY(
        SELECT id FROM billing_charge WHERE invoice_id = ANY(%s) AND ticket_id IS NOT NULL
    ))
), changed AS (
    {"UNION ALL".join(_CHANGED_SOURCE.format(column=c, table=t) for c, t in _SOURCES.items())}
    UNION ALL
    SELECT k.charge_id FROM held k
    JOIN billing_charge c ON c.id = k.charge_id JOIN tickets_ticket t ON t.id = c.ticket_id
    WHERE coalesce({", ".join(_SOURCES)}) IS NULL AND t.rating_version <> k.ticket_version
)
SELECT c.invoice_id, min(t.number)
FROM billing_charge c JOIN tickets_ticket t ON t.id = c.ticket_id
WHERE c.id IN (SELECT charge_id FROM changed)
GROUP BY c.invoice_id
"""  # noqa: S608  (names of our own)

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


def changed_tickets_of(invoice_ids: Sequence[int]) -> dict[int, str]:
    """Return, for each draft whose evidence changed since, the number of one such ticket.

    The caller holds the drafts locked. Whoever changes evidence that a draft rests on waits for
    that lock (a trigger sees to it), so that what is checked here is what is issued.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [as_array(invoice_ids)])
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
