"""Entries that were booked before there were seals get theirs as they stand."""

from django.db import migrations

FILL = """
INSERT INTO ledger_entryseal (entry_id, digest)
SELECT e.id, encode(sha256(convert_to(json_build_array(
    e.legal_entity_id, e.journal, e.year, e.number, e.day, e.piece, e.piece_on, e.text, e.source,
    e.client_id, e.currency, e.chain_entry_id, e.invoice_id, extract(epoch FROM e.posted_at), (
        SELECT json_agg(json_build_array(
            l.position, a.number, l.client_id, l.invoice_id, l.debit, l.credit, l."foreign"
        ) ORDER BY l.position)
        FROM ledger_entryline l JOIN ledger_account a ON a.id = l.account_id
        WHERE l.entry_id = e.id
    )
)::text, 'UTF8')), 'hex')
FROM ledger_entry e
ON CONFLICT (entry_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_seals_of_entries")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
