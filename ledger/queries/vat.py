"""The tax report of a period: what counts in it, document by document and payment by payment."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Sum

from billing.models import Payment
from clients.models import LegalEntity
from ledger.domain.vat import Basis, Happening, Part, Receipts, Sort, Taxed, added_up
from ledger.queries.vat_sources import (
    DocumentRow,
    Event,
    Loss,
    Span,
    documents_of,
    events_of,
    issued_in,
    losses_in,
    rates_of,
)
from ledger.queries.worth import RateMissing, Worth


@dataclass(frozen=True)
class Movement:
    """What counts by one happening, in one sort: of which document, on which day, and why."""

    day: date
    why: str
    document: DocumentRow
    part: Part
    payment_id: int | None = None

    @property
    def base(self) -> Decimal:
        """The amount without tax."""
        return self.part.base

    @property
    def tax(self) -> Decimal:
        """The tax."""
        return self.part.tax

    @property
    def gross(self) -> Decimal:
        """Both together."""
        return self.part.base + self.part.tax


@dataclass
class Report:
    """What counts in a span on a basis, and the documents whose exchange rate is missing."""

    entity: LegalEntity
    span: Span
    basis: Basis
    movements: list[Movement] = field(default_factory=list)
    lacking: list[RateMissing] = field(default_factory=list)

    @property
    def rows(self) -> list[Part]:
        """What counts in each sort."""
        return added_up(movement.part for movement in self.movements)

    def of(self, key: str) -> list[Movement]:
        """Return the movements of one sort, all of them where none is named."""
        return [one for one in self.movements if key in ("", one.part.sort.key)]


def vat_report(entity: LegalEntity, span: Span, basis: Basis) -> Report:
    """Return the report of a span."""
    report = Report(entity, span, basis)
    reader = _Reader(entity)
    found = [
        one
        for some, kept in ((reader.invoiced, Basis.INVOICED), (reader.received, Basis.RECEIVED))
        for one in (some(span) if basis in (kept, Basis.DUE) else ())
        if basis == kept or _counts_as(one.part.sort, entity) == kept
    ]
    report.movements = sorted(found, key=lambda one: (one.day, one.document.number))
    report.lacking = list(reader.lacking.values())
    return report


def _counts_as(sort: Sort, entity: LegalEntity) -> Basis:
    """Return on which basis tax of this sort is due: on payment unless the firm chose otherwise."""
    by_payment = sort.counts_when_paid and not entity.pays_vat_on_invoicing
    return Basis.RECEIVED if by_payment else Basis.INVOICED


def unused_money(entity: LegalEntity, span: Span) -> dict[str, Decimal]:
    """Return by currency what of the money received in the span is used for nothing as yet."""
    own = Payment.objects.filter(journal_entries__legal_entity=entity)
    left = own.filter(received_on__range=span).with_credit().order_by()
    sums = left.values("currency").annotate(sum=Sum("rest")).order_by("currency")
    return {row["currency"]: row["sum"] for row in sums}


class _Reader:
    """Reads documents and what happened to them, and leaves out what lacks an exchange rate."""

    def __init__(self, entity: LegalEntity) -> None:
        self._entity = entity
        self._worth = Worth(entity.currency)
        self.lacking: dict[tuple[str, date], RateMissing] = {}

    def invoiced(self, span: Span) -> Iterator[Movement]:
        """Yield what was invoiced, credited, and given up together with its tax."""
        keys = issued_in(self._entity, span)
        documents, taxed = self._documents(keys)
        for key, document in documents.items():
            if key in taxed:
                sign, why = (-1, "credit") if document.is_credit_note else (1, "issue")
                for part in taxed[key].parts():
                    yield Movement(document.issued_on, why, document, part.times(sign))
        yield from self._given_up(losses_in(self._entity, span))

    def _given_up(self, losses: Collection[Loss]) -> Iterator[Movement]:
        keys = {one.invoice_id for one in losses} | {key for one in losses for key in one.note_ids}
        documents, taxed = self._documents(keys)
        for loss in losses:
            if loss.invoice_id in taxed:
                invoice = Receipts(taxed[loss.invoice_id])
                for key in loss.note_ids:
                    invoice.credit(taxed[key])
                for part in invoice.share(loss.amount):
                    document = documents[loss.invoice_id]
                    yield Movement(loss.day, "write_off", document, part.times(-1))

    def received(self, span: Span) -> Iterator[Movement]:
        """Yield what was paid, released, and moved between rates by credit notes."""
        events = list(events_of(self._entity, span))
        keys = {one.invoice_id for one in events} | {one.note_id for one in events if one.note_id}
        documents, taxed = self._documents(keys)
        for key, some in groupby(events, key=lambda one: one.invoice_id):
            if key in taxed:
                for event, part in _counting(taxed, key, some):
                    if event.day >= span.since:
                        why = _why(event)
                        yield Movement(event.day, why, documents[key], part, event.payment_id)

    def _documents(self, keys: Collection[int]) -> tuple[dict[int, DocumentRow], dict[int, Taxed]]:
        documents, rates = documents_of(keys), rates_of(keys)
        taxed = {}
        for key, one in documents.items():
            try:
                per_unit = self._worth.per_unit(one.currency, one.worth_on)
            except RateMissing as missing:
                self.lacking[missing.currency, missing.day] = missing
                continue
            rated = rates.get(key, [])
            taxed[key] = Taxed(one.situation, one.total, rated, per_unit, one.currency)
        return documents, taxed


def _counting(
    taxed: dict[int, Taxed], key: int, events: Iterable[Event]
) -> Iterator[tuple[Event, Part]]:
    invoice = Receipts(taxed[key])
    for event in events:
        note = taxed[event.note_id] if event.note_id else None
        for part in invoice.take(Happening(event.amount, note)):
            yield event, part


def _why(event: Event) -> str:
    if event.note_id:
        return "credit"
    return "payment" if event.amount > 0 else "release"
