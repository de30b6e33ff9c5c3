"""I6: the books say what happened: each event once, in balance, and nothing was altered since."""

from django.utils.translation import gettext as _

from billing.queries.books.finding import Check
from ledger.queries.seals import DIGEST_OF_ENTRIES

# ruff: noqa: S608  (statements of our own, put together)
_NAME = "e.journal || e.year || '-' || lpad(e.number::text, 6, '0')"
# Each of these returns how many rows it read, how many are wrong, and the first of them.
_SEALS = f"""
WITH now AS MATERIALIZED ({DIGEST_OF_ENTRIES}), broken AS (
    SELECT {_NAME} AS name FROM ledger_entry e JOIN now n ON n.id = e.id
    LEFT JOIN ledger_entryseal s ON s.entry_id = e.id
    WHERE s.digest IS DISTINCT FROM n.digest
    UNION ALL
    SELECT 'seal ' || s.entry_id || ' without its entry' FROM ledger_entryseal s
    WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = s.entry_id)
)
SELECT (SELECT count(*) FROM now), (SELECT count(*) FROM broken), (SELECT min(name) FROM broken)
"""
_NUMBERS = f"""
WITH placed AS (
    SELECT e.*, row_number() OVER (
        PARTITION BY legal_entity_id, journal, year ORDER BY number
    ) AS expected
    FROM ledger_entry e
), broken AS (
    SELECT {_NAME} AS name FROM placed e WHERE e.number <> e.expected
)
SELECT 0, (SELECT count(*) FROM broken), (SELECT min(name) FROM broken)
"""
# What clients owe more (above nothing) or less by each link of the chain, in its own currency.
_HAPPENED = """
    SELECT j.id, j.legal_entity_id, j.position,
           coalesce(i.client_id, o.client_id, p.client_id, f.client_id) AS client_id,
           coalesce(i.currency, o.currency, p.currency, f.currency) AS currency,
           coalesce(i.issued_on, w.written_off_on, r.reversed_on, p.received_on, f.paid_on) AS day,
           coalesce(i.number, j.event || ' ' || coalesce(w.id, r.id, p.id, f.id)) AS name,
           CASE j.event WHEN 'issue' THEN i.total WHEN 'credit' THEN -i.total
                        WHEN 'write_off' THEN -w.amount WHEN 'payment' THEN -p.amount
                        WHEN 'refund' THEN f.amount
                        WHEN 'reversal' THEN coalesce(p.amount, -f.amount) END AS amount,
           coalesce(i.net = 0 AND i.tax = 0, false) AS is_nothing
    FROM billing_journalentry j
    LEFT JOIN billing_invoice i ON i.id = j.invoice_id
    LEFT JOIN billing_writeoff w ON w.id = j.write_off_id
    LEFT JOIN billing_invoice o ON o.id = w.invoice_id
    LEFT JOIN billing_reversal r ON r.id = j.reversal_id
    LEFT JOIN billing_payment p ON p.id = coalesce(j.payment_id, r.payment_id)
    LEFT JOIN billing_refund f ON f.id = coalesce(j.refund_id, r.refund_id)
    WHERE j.event IN ('issue', 'credit', 'payment', 'refund', 'reversal', 'write_off')
"""
_BOOKED = """
    SELECT e.id, e.legal_entity_id, e.client_id, e.currency, e.day, e.chain_entry_id,
           e.journal, e.year, e.number,
           sum(l.debit - l.credit) AS both_sides,
           sum(CASE WHEN l.client_id IS NULL THEN 0
                    WHEN e.currency = b.currency OR l."foreign" IS NULL THEN l.debit - l.credit
                    ELSE l."foreign" END) AS owed
    FROM ledger_entry e
    JOIN clients_legalentity b ON b.id = e.legal_entity_id
    LEFT JOIN ledger_entryline l ON l.entry_id = e.id
    GROUP BY e.id, b.currency
"""
_ENTRIES = f"""
WITH broken AS (
    SELECT {_NAME} AS name FROM ({_BOOKED}) e LEFT JOIN ({_HAPPENED}) h ON h.id = e.chain_entry_id
    WHERE e.both_sides IS DISTINCT FROM 0
       OR (e.chain_entry_id IS NOT NULL AND (
           h.amount IS DISTINCT FROM e.owed OR h.client_id <> e.client_id
           OR h.currency <> e.currency OR h.day <> e.day))
)
SELECT 0, (SELECT count(*) FROM broken), (SELECT min(name) FROM broken)
"""
# What an exchange rate may be missing for waits; what comes before something booked, or lies in a
# closed period, does not.
_MISSING = f"""
WITH known AS (
    SELECT j.legal_entity_id, max(j.position) AS position
    FROM billing_journalentry j JOIN ledger_entry e ON e.chain_entry_id = j.id
    GROUP BY j.legal_entity_id
), closed AS (
    SELECT legal_entity_id, max(last_day_on) AS through FROM billing_closing
    WHERE legal_entity_id IN (SELECT legal_entity_id FROM ledger_book) GROUP BY legal_entity_id
), broken AS (
    SELECT h.name || ' is not booked' AS name FROM ({_HAPPENED}) h
    JOIN clients_legalentity b ON b.id = h.legal_entity_id
    LEFT JOIN known k ON k.legal_entity_id = h.legal_entity_id
    LEFT JOIN closed c ON c.legal_entity_id = h.legal_entity_id
    WHERE NOT h.is_nothing
      AND ((h.currency = b.currency AND h.position < k.position) OR h.day <= c.through)
      AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.chain_entry_id = h.id)
)
SELECT 0, (SELECT count(*) FROM broken), (SELECT min(name) FROM broken)
"""
# Clients of whom all is booked owe by the books what is open less their credit. What a payment
# settles lowers both by as much, so that only what is left to be said stands here.
_CLIENTS = f"""
WITH waiting AS (
    SELECT h.client_id FROM ({_HAPPENED}) h
    WHERE NOT h.is_nothing
      AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.chain_entry_id = h.id)
    UNION
    SELECT p.client_id FROM billing_allocation a JOIN billing_payment p ON p.id = a.payment_id
    WHERE a.invoice_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM ledger_postedallocation q WHERE q.allocation_id = a.id)
), open AS (
    SELECT client_id, currency,
           CASE document_kind WHEN 'credit_note' THEN -total ELSE total END AS amount
    FROM billing_invoice WHERE status = 'issued'
    UNION ALL
    SELECT i.client_id, i.currency, -w.amount FROM billing_writeoff w
    JOIN billing_invoice i ON i.id = w.invoice_id
    UNION ALL
    SELECT p.client_id, p.currency, a.amount FROM billing_allocation a
    JOIN billing_payment p ON p.id = a.payment_id WHERE a.refund_id IS NOT NULL
    UNION ALL
    SELECT p.client_id, p.currency, -p.amount FROM billing_payment p
    WHERE NOT EXISTS (SELECT 1 FROM billing_reversal r WHERE r.payment_id = p.id)
), by_billing AS (
    SELECT client_id, currency, sum(amount) AS owed FROM open GROUP BY client_id, currency
), by_books AS (
    SELECT l.client_id, e.currency, sum(
        CASE WHEN e.currency = b.currency OR l."foreign" IS NULL THEN l.debit - l.credit
             ELSE l."foreign" END) AS owed
    FROM ledger_entryline l JOIN ledger_entry e ON e.id = l.entry_id
    JOIN clients_legalentity b ON b.id = e.legal_entity_id
    WHERE l.client_id IS NOT NULL GROUP BY l.client_id, e.currency
), compared AS (
    SELECT client_id, coalesce(x.owed, 0) AS billed, coalesce(y.owed, 0) AS booked
    FROM by_billing x FULL JOIN by_books y USING (client_id, currency)
    WHERE client_id NOT IN (SELECT client_id FROM waiting)
), broken AS (
    SELECT 'client ' || c.code AS name FROM compared o JOIN clients_client c ON c.id = o.client_id
    WHERE o.billed <> o.booked
)
SELECT (SELECT count(*) FROM compared), (SELECT count(*) FROM broken),
       (SELECT min(name) FROM broken)
"""
_LOCKED = f"""
WITH broken AS (
    SELECT DISTINCT {_NAME} || ' in a closed period' AS name FROM ledger_entry e
    JOIN billing_closing c ON c.legal_entity_id = e.legal_entity_id
        AND e.day <= c.last_day_on AND e.posted_at > c.recorded_at
)
SELECT 0, (SELECT count(*) FROM broken), (SELECT min(name) FROM broken)
"""
_TOTALS = """
WITH moved AS (
    SELECT i.legal_entity_id, i.currency, i.issued_on AS day, t.name, t.amount
    FROM billing_invoice i CROSS JOIN LATERAL (VALUES
        ('invoiced_net', i.net), ('invoiced_tax', i.tax), ('invoiced', i.total),
        ('credited', i.total)) AS t (name, amount)
    WHERE i.status = 'issued' AND (t.name = 'credited') = (i.document_kind = 'credit_note')
    UNION ALL
    SELECT j.legal_entity_id, p.currency, p.received_on, 'received', p.amount
    FROM billing_payment p JOIN billing_journalentry j ON j.payment_id = p.id
    UNION ALL
    SELECT j.legal_entity_id, p.currency, r.reversed_on, 'returned', p.amount
    FROM billing_reversal r JOIN billing_journalentry j ON j.reversal_id = r.id
    JOIN billing_payment p ON p.id = r.payment_id
    UNION ALL
    SELECT j.legal_entity_id, f.currency, f.paid_on, 'refunded', f.amount
    FROM billing_refund f JOIN billing_journalentry j ON j.refund_id = f.id
    UNION ALL
    SELECT i.legal_entity_id, i.currency, w.written_off_on, 'written_off', w.amount
    FROM billing_writeoff w JOIN billing_invoice i ON i.id = w.invoice_id
), by_day AS MATERIALIZED (
    SELECT legal_entity_id, currency, name, day, sum(amount) AS amount
    FROM moved GROUP BY legal_entity_id, currency, name, day
), stated AS (
    SELECT c.id, c.legal_entity_id, c.kind || ' ' || c.last_day_on AS label, c.last_day_on,
           CASE WHEN starts_with(t.key, 'perpetual_') THEN '-infinity'
                ELSE c.starts_on END AS since,
           m.key AS currency, regexp_replace(t.key, '^perpetual_', '') AS name,
           t.value::numeric AS amount
    FROM billing_closing c CROSS JOIN LATERAL jsonb_each(c.totals) m
    CROSS JOIN LATERAL jsonb_each_text(m.value) t
), compared AS (
    SELECT s.label, s.amount, coalesce(sum(d.amount), 0) AS found
    FROM stated s LEFT JOIN by_day d ON d.legal_entity_id = s.legal_entity_id
        AND d.currency = s.currency AND d.name = s.name
        AND d.day >= s.since AND d.day <= s.last_day_on
    GROUP BY s.id, s.label, s.currency, s.name, s.since, s.amount
), broken AS (
    SELECT 'closing of the ' || label AS name FROM compared WHERE amount <> found
)
SELECT (SELECT count(*) FROM billing_closing), (SELECT count(*) FROM broken),
       (SELECT min(name) FROM broken)
"""


STATEMENTS = (_SEALS, _NUMBERS, _ENTRIES, _MISSING, _CLIENTS, _LOCKED, _TOTALS)


def check_ledger() -> Check:
    """Find entries that were altered, lost or added, and balances and closings that disagree."""
    check = Check("I6", _("Each event is booked once, in balance, and unaltered since"))
    for statement in STATEMENTS:
        check.ask(statement)
    return check
