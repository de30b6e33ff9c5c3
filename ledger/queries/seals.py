"""The seal of an entry: a digest of all that it says, taken when it is booked.

It is worked out by the database, from the rows as they stand there, when an entry is booked and
whenever the books are verified.
"""

from collections.abc import Collection

from django.db import connection

from core.lookups import as_array

# JSON writes numbers, days and texts in one way only, and keeps them apart.
DIGEST_OF_ENTRIES = """
SELECT e.id, encode(sha256(convert_to(json_build_array(
    e.legal_entity_id, e.journal, e.year, e.number, e.day, e.piece, e.piece_on, e.text, e.source,
    e.client_id, e.currency, e.chain_entry_id, e.invoice_id, extract(epoch FROM e.posted_at), (
        SELECT json_agg(json_build_array(
            l.position, a.number, l.client_id, l.invoice_id, l.debit, l.credit, l."foreign"
        ) ORDER BY l.position)
        FROM ledger_entryline l JOIN ledger_account a ON a.id = l.account_id
        WHERE l.entry_id = e.id
    )
)::text, 'UTF8')), 'hex') AS digest
FROM ledger_entry e
"""
_SEAL = f"""
INSERT INTO ledger_entryseal (entry_id, digest) {DIGEST_OF_ENTRIES} WHERE e.id = ANY(%s)
"""


def seal_entries(keys: Collection[int]) -> None:
    """Seal entries that were written with all their lines."""
    with connection.cursor() as cursor:
        cursor.execute(_SEAL, [as_array(keys)])
