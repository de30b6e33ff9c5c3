"""Links of the chain with all that they hold, in the form in which it was sealed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

from billing.domain.sealing import Digest, canonical_form, copy_digest, written_copy
from billing.models import Invoice, InvoiceDocument, JournalEntry
from billing.queries.closings import closing_digest, export_digest, write_off_digest
from billing.queries.documents import lines_of, sealed, tax_lines_of
from billing.queries.money import (
    cancellation_digest,
    payment_digest,
    refund_digest,
    reversal_digest,
)
from clients.models import LegalEntity
from ledger.models import ArchiveKey
from ledger.queries.vat_sources import Span

AT_A_TIME = 500
# From the first to the last link that was made in the days or is about something dated in them.
_REACH = """
SELECT min(j.position), max(j.position)
FROM billing_journalentry j
LEFT JOIN billing_invoice i ON i.id = j.invoice_id
LEFT JOIN billing_payment p ON p.id = j.payment_id
LEFT JOIN billing_refund f ON f.id = j.refund_id
LEFT JOIN billing_reversal r ON r.id = j.reversal_id
LEFT JOIN billing_writeoff w ON w.id = j.write_off_id
LEFT JOIN billing_cancellation c ON c.id = j.cancellation_id
WHERE j.legal_entity_id = %(entity)s AND (
    (j.recorded_at AT TIME ZONE %(zone)s)::date BETWEEN %(since)s AND %(until)s
    OR coalesce(i.issued_on, p.received_on, f.paid_on, r.reversed_on, w.written_off_on,
                c.cancelled_on) BETWEEN %(since)s AND %(until)s
)
"""
_FORMS: dict[str, Callable[[Any], Digest]] = {
    "payment": payment_digest,
    "refund": refund_digest,
    "reversal": reversal_digest,
    "cancellation": cancellation_digest,
    "write_off": write_off_digest,
    "closing": closing_digest,
    "export": export_digest,
}


class Reach(NamedTuple):
    """The positions of the first and the last link."""

    first: int
    last: int


@dataclass
class Kept:
    """A link with the form of what it holds, its copies of parties, and the file of a document."""

    entry: JournalEntry
    name: str
    form: str
    copies: dict[str, str] = field(default_factory=dict)
    pdf: InvoiceDocument | None = None


def reach_of(entity: LegalEntity, span: Span) -> Reach | None:
    """Return which links belong to the days, None where none does."""
    with connection.cursor() as cursor:
        asked = {"entity": entity.pk, "zone": entity.time_zone, **span._asdict()}
        cursor.execute(_REACH, asked)
        first, last = cursor.fetchone()
    return Reach(first, last) if first else None


def links_of(entity: LegalEntity, reach: Reach) -> Iterator[Kept]:
    """Yield the links in their order, a batch of documents at a time."""
    entries = JournalEntry.objects.filter(legal_entity=entity, position__range=reach)
    found = (
        entries.select_related(
            "invoice__corrects", "payment", "refund", "reversal", "cancellation__invoice",
            "cancellation__credit_note", "write_off__invoice", "closing", "export",
        )
        .prefetch_related("refund__allocations", "invoice__documents")
        .order_by("position")
        .iterator(AT_A_TIME)
    )  # fmt: skip
    while batch := list(islice(found, AT_A_TIME)):
        ids = [entry.invoice_id for entry in batch if entry.invoice_id]
        lines, taxes = lines_of(ids), tax_lines_of(ids)
        for entry in batch:
            if entry.invoice:
                key = entry.invoice.pk
                said = sealed(entry.invoice, lines.get(key, ()), taxes.get(key, ()))
                yield _document(entry, entry.invoice, canonical_form(said).decode())
            else:
                yield _other(entry)


def _document(entry: JournalEntry, invoice: Invoice, form: str) -> Kept:
    copies = (invoice.seller, invoice.buyer, invoice.mentions)
    pdf = next((one for one in invoice.documents.all() if one.kind == "pdf"), None)
    written = {copy_digest(one): written_copy(one) for one in copies}
    return Kept(entry, invoice.number, form, written, pdf)


def _other(entry: JournalEntry) -> Kept:
    for name, digest_of in _FORMS.items():
        row = getattr(entry, name)
        if row is not None:
            return Kept(entry, f"{entry.event} {row.pk}", digest_of(row).form)
    raise ValueError(f"link {entry.position} holds nothing")


def keys_in_use() -> list[ArchiveKey]:
    """Return the key that signs for each company, as far as it has one."""
    keys = ArchiveKey.objects.select_related("legal_entity")
    return list(keys.order_by("legal_entity", "-pk").distinct("legal_entity"))
