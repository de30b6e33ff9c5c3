"""I1 and I4: every document adds up, and the chain of issued ones is unbroken."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from billing.domain.proof import fault_of
from billing.domain.sealing import SealedLine, SealedTax, digest_of, link_hash
from billing.models import (
    Cancellation,
    Closing,
    Export,
    Invoice,
    JournalEntry,
    Payment,
    Refund,
    Reversal,
    WriteOff,
)
from billing.queries.books.finding import Check
from billing.queries.closings import closing_digest, export_digest, write_off_digest
from billing.queries.documents import lines_of, sealed, tax_lines_of
from billing.queries.money import (
    cancellation_digest,
    payment_digest,
    refund_digest,
    reversal_digest,
)
from core.money import smallest_unit

AT_A_TIME = 500
# The piece that takes the rest of a tax, after a piece that was itself a cent off, and rounding.
LAST_CENTS = 3
Row = TypeVar("Row")
_SEALED: dict[str, Any] = {
    "payment": Payment,
    "refund": Refund,
    "reversal": Reversal,
    "cancellation": Cancellation,
    "write-off": WriteOff,
    "closing": Closing,
    "export": Export,
}


def check_documents() -> tuple[Check, Check]:
    """Read every document once, in the order of the chain, and check its sums and its seal."""
    arithmetic = Check("I1", _("Lines, tax per rate and totals agree to the cent"))
    chain = Check("I4", _("The recomputed hash chain equals the stored one"))
    walk = _Walk(chain)
    entries = JournalEntry.objects.select_related(
        "invoice__corrects",
        "payment",
        "refund",
        "reversal",
        "cancellation__invoice",
        "cancellation__credit_note",
        "write_off__invoice",
        "closing",
        "export",
    )
    in_order = entries.prefetch_related("refund__allocations")
    for batch in _batches(in_order.order_by("legal_entity", "position").iterator(AT_A_TIME)):
        for invoice, lines, taxes in _with_lines(e.invoice for e in batch if e.invoice):
            _add_up(arithmetic, invoice, lines, taxes)
            walk.read(invoice, lines, taxes)
        for entry in batch:
            walk.step(entry)
        walk.forget()
    for drafts in _batches(Invoice.objects.drafts().order_by("pk").iterator(AT_A_TIME)):
        for invoice, lines, taxes in _with_lines(drafts):
            _add_up(arithmetic, invoice, lines, taxes)
    _find_unsealed(chain)
    return arithmetic, chain


class _Walk:
    """Walks along the chain of each legal entity, link by link."""

    def __init__(self, chain: Check) -> None:
        self._chain = chain
        self._digests: dict[int, str] = {}
        self._entity = 0
        self._position = 0
        self._head = ""

    def read(
        self, invoice: Invoice, lines: tuple[SealedLine, ...], taxes: tuple[SealedTax, ...]
    ) -> None:
        """Take the digest of a document as it stands now."""
        dated = invoice.issued_on is not None and invoice.due_on is not None
        self._digests[invoice.pk] = ""
        if dated:
            document = sealed(invoice, lines, taxes)
            self._digests[invoice.pk] = digest_of(document)

    def step(self, entry: JournalEntry) -> None:
        """Check that the link holds the document as it is and follows the one before."""
        if entry.legal_entity_id != self._entity:
            self._entity, self._position, self._head = entry.legal_entity_id, 0, ""
        self._position += 1
        self._chain.examined += 1
        digest = self._digest_of(entry)
        expected = link_hash(self._head, entry.position, entry.event, digest)
        printed = entry.invoice.hash if entry.invoice else entry.hash
        stored = (entry.position, entry.previous_hash, entry.digest, entry.hash, printed)
        if stored != (self._position, self._head, digest, expected, expected):
            self._chain.fail(_name_of(entry))
        self._position, self._head = entry.position, entry.hash

    def _digest_of(self, entry: JournalEntry) -> str:
        for name, digest_of_row in _DIGESTS.items():
            row = getattr(entry, name)
            if row is not None:
                return digest_of_row(row)
        return self._digests.get(entry.invoice_id or 0, "")

    def forget(self) -> None:
        """Let go of the documents of a batch."""
        self._digests.clear()


_DIGESTS: dict[str, Callable[[Any], str]] = {
    "payment": payment_digest,
    "refund": refund_digest,
    "reversal": reversal_digest,
    "cancellation": cancellation_digest,
    "write_off": write_off_digest,
    "closing": closing_digest,
    "export": export_digest,
}


def _name_of(entry: JournalEntry) -> str:
    if entry.invoice:
        return entry.invoice.number or str(entry.invoice)
    moved = entry.payment_id or entry.refund_id or entry.reversal_id or entry.cancellation_id
    kept = entry.write_off_id or entry.closing_id or entry.export_id
    return f"{entry.event} {moved or kept}"


def _add_up(
    check: Check,
    invoice: Invoice,
    lines: tuple[SealedLine, ...],
    taxes: tuple[SealedTax, ...],
) -> None:
    check.examined += 1
    totals = (invoice.net, invoice.tax, invoice.total)
    unit = smallest_unit(invoice.currency)
    slack = LAST_CENTS * unit if invoice.is_credit_note else 0 * unit
    fault = fault_of(lines, taxes, totals, unit, slack)
    if fault:
        check.fail(f"{invoice}: {fault.value}")


def _find_unsealed(chain: Check) -> None:
    """Find issued documents that are no link of the chain."""
    unsealed = Invoice.objects.issued().filter(journal_entries=None).order_by("pk")
    count = unsealed.count()
    if count:
        chain.examined += count
        chain.fail(unsealed[0].number, count)
    for name, model in _SEALED.items():
        loose = model.objects.filter(journal_entries=None).order_by("pk")
        keys = list(loose.values_list("pk", flat=True)[:1])
        if keys:
            chain.fail(f"{name} {keys[0]}", loose.count())


def _with_lines(
    invoices: Iterable[Invoice],
) -> Iterator[tuple[Invoice, tuple[SealedLine, ...], tuple[SealedTax, ...]]]:
    known = {invoice.pk: invoice for invoice in invoices}
    lines, taxes = lines_of(known), tax_lines_of(known)
    for pk, invoice in known.items():
        yield invoice, lines.get(pk, ()), taxes.get(pk, ())


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, AT_A_TIME)):
        yield batch
