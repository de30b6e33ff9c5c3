"""What happened to documents that tax reports ask for, read in bulk."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from clients.models import LegalEntity
from core.lookups import as_array
from ledger.domain.vat import Rated

# A use of money has the day of its entry in the books. What is not booked yet has the day that it
# will have there: a first use that of the payment, what a reversal released that of the reversal,
# all else the day on which it was done.
_USES = """
SELECT a.id, a.invoice_id, a.payment_id, a.amount, a.recorded_at,
       coalesce(e.day, CASE
           WHEN a.releases_id IS NOT NULL AND a.xmin::text = r.xmin::text THEN r.reversed_on
           WHEN a.releases_id IS NULL AND a.recorded_at <= j.recorded_at THEN p.received_on
           ELSE (a.recorded_at AT TIME ZONE %(zone)s)::date END) AS day
FROM billing_allocation a
JOIN billing_invoice i ON i.id = a.invoice_id AND i.legal_entity_id = %(entity)s
JOIN billing_payment p ON p.id = a.payment_id
LEFT JOIN billing_journalentry j ON j.payment_id = p.id
LEFT JOIN billing_reversal r ON r.payment_id = p.id
LEFT JOIN ledger_postedallocation q ON q.allocation_id = a.id
LEFT JOIN ledger_entry e ON e.id = q.entry_id
"""
# ruff: noqa: S608  (statements of our own, put together; what is asked for goes as parameters)
_TOUCHED = f"""
WITH used AS MATERIALIZED ({_USES}), touched AS (
    SELECT invoice_id FROM used WHERE day BETWEEN %(since)s AND %(until)s
    UNION
    SELECT corrects_id FROM billing_invoice
    WHERE legal_entity_id = %(entity)s AND status = 'issued' AND corrects_id IS NOT NULL
      AND issued_on BETWEEN %(since)s AND %(until)s
)
SELECT u.invoice_id, u.payment_id, NULL::bigint AS note_id, u.amount, u.day, u.recorded_at AS at
FROM used u JOIN touched t ON t.invoice_id = u.invoice_id WHERE u.day <= %(until)s
UNION ALL
SELECT n.corrects_id, NULL, n.id, 0, n.issued_on, j.recorded_at
FROM billing_invoice n JOIN touched t ON t.invoice_id = n.corrects_id
JOIN billing_journalentry j ON j.invoice_id = n.id
WHERE n.status = 'issued' AND n.issued_on <= %(until)s
ORDER BY 1, 5, 6, 3, 2
"""
_DOCUMENTS = """
SELECT i.id, i.number, i.issued_on, coalesce(o.issued_on, i.issued_on), i.corrects_id,
       i.document_kind = 'credit_note', i.tax_situation, i.currency, i.total,
       i.client_id, c.name
FROM billing_invoice i
LEFT JOIN billing_invoice o ON o.id = i.corrects_id
JOIN clients_client c ON c.id = i.client_id
WHERE i.id = ANY(%s) ORDER BY i.issued_on, i.id
"""
_RATES = """
SELECT t.invoice_id, t.category, t.rate, t.base, t.tax, coalesce((
    SELECT sum(c.amount) FROM billing_charge c
    WHERE c.invoice_id = t.invoice_id AND c.tax_category = t.category AND c.tax_rate = t.rate
      AND c.kind IN ('part', 'hand_goods')
), 0)
FROM billing_taxline t WHERE t.invoice_id = ANY(%s) ORDER BY t.invoice_id, t.category, t.rate
"""
_ISSUED = """
SELECT id FROM billing_invoice
WHERE legal_entity_id = %s AND status = 'issued' AND issued_on BETWEEN %s AND %s
ORDER BY issued_on, id
"""
_LOSSES = """
SELECT w.invoice_id, w.amount, w.written_off_on, array_remove(array_agg(n.id), NULL)
FROM billing_writeoff w
JOIN billing_invoice i ON i.id = w.invoice_id AND i.legal_entity_id = %s
JOIN billing_journalentry j ON j.write_off_id = w.id
LEFT JOIN billing_journalentry k ON k.legal_entity_id = j.legal_entity_id
    AND k.position < j.position AND k.event = 'credit' AND k.invoice_id IN (
        SELECT id FROM billing_invoice m WHERE m.corrects_id = w.invoice_id
    )
LEFT JOIN billing_invoice n ON n.id = k.invoice_id
WHERE w.takes_back_tax AND w.written_off_on BETWEEN %s AND %s
GROUP BY w.id ORDER BY w.written_off_on, w.id
"""


class Span(NamedTuple):
    """The days that a report is about, both included."""

    since: date
    until: date


class Event(NamedTuple):
    """Money that came to an invoice or left it, or a credit note (``note_id``), on its day."""

    invoice_id: int
    payment_id: int | None
    note_id: int | None
    amount: Decimal
    day: date
    at: datetime


class Loss(NamedTuple):
    """A write-off that takes its tax back, and the credit notes that came before it."""

    invoice_id: int
    amount: Decimal
    day: date
    note_ids: list[int]


class DocumentRow(NamedTuple):
    """An issued document; ``worth_on`` is the day whose exchange rate counts."""

    id: int
    number: str
    issued_on: date
    worth_on: date
    corrects_id: int | None
    is_credit_note: bool
    situation: str
    currency: str
    total: Decimal
    client_id: int
    client: str


def events_of(entity: LegalEntity, span: Span) -> Iterator[Event]:
    """Yield what happened through the span to the invoices to which something happened in it."""
    asked = {"entity": entity.pk, "zone": entity.time_zone, **span._asdict()}
    return (Event._make(row) for row in _rows(_TOUCHED, asked))


def issued_in(entity: LegalEntity, span: Span) -> list[int]:
    """Return the documents of the span."""
    return [key for (key,) in _rows(_ISSUED, [entity.pk, *span])]


def losses_in(entity: LegalEntity, span: Span) -> list[Loss]:
    """Return the write-offs of the span that take tax back."""
    return [Loss._make(row) for row in _rows(_LOSSES, [entity.pk, *span])]


def documents_of(ids: Collection[int]) -> dict[int, DocumentRow]:
    """Return documents by their keys, in the order of their days."""
    return {row[0]: DocumentRow._make(row) for row in _rows(_DOCUMENTS, [as_array(ids)])}


def rates_of(ids: Collection[int]) -> dict[int, list[Rated]]:
    """Return the tax lines of documents, each with its part of goods."""
    found: dict[int, list[Rated]] = {}
    for document_id, *line in _rows(_RATES, [as_array(ids)]):
        found.setdefault(document_id, []).append(Rated._make(line))
    return found


def _rows(statement: str, asked: Any) -> list[Any]:  # noqa: ANN401  (what the cursor takes)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
