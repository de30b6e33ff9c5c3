"""The steps that credit an issued invoice, shared by crediting and cancelling."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from billing.domain.credits import Credit, CreditLine
from billing.domain.sealing import digest_of
from billing.issuing import Books, Link
from billing.mentions import CANCELS, CREDITED, Mention, mention_of
from billing.models import (
    Charge,
    DocumentKind,
    Invoice,
    InvoiceStatus,
    JournalEntry,
    OutboxKind,
    OutboxMessage,
    TaxLine,
)
from billing.operations._books import keep_series, open_books
from billing.operations._drafting import lock_clients
from billing.operations._overpaid import free_what_is_overpaid, lock_payments_of
from billing.operations.issue_invoices import DELIVERY
from billing.queries.closings import closed_words
from billing.queries.credits import creditable_charges
from billing.queries.documents import lines_of, sealed, tax_lines_of
from core.display import day_text, money_text
from core.doorbell import ring

EVENT = "credit"
_SAME = (
    "client_id", "kind", "treatment", "description", "starts_on", "last_day_on", "tax_code",
    "ledger_account", "ticket_id", "contract_id", "purchase_order_id", "cost_centre",
)  # fmt: skip


class CreditNotPossible(Exception):
    """The invoice cannot be credited like this."""


def lock_invoice(invoice_id: int) -> Invoice:
    """Lock the invoice behind its client, in the same order as a run does.

    :raises CreditNotPossible: it is no issued invoice
    """
    lock_clients([Invoice.objects.values_list("client_id", flat=True).get(pk=invoice_id)])
    lock_payments_of(invoice_id)
    invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice_id)
    if invoice.is_draft:
        raise CreditNotPossible(_("A draft is changed or discarded, not credited."))
    if invoice.is_credit_note:
        raise CreditNotPossible(_("A credit note cannot be credited."))
    return invoice


def give_credit(
    invoice: Invoice,
    credit: Credit,
    *,
    reason: str,
    issued_on: date,
    actor: User | None,
    cancels: bool = False,
) -> Invoice:
    """Write down, number, seal and send the credit note of a locked invoice.

    What was paid beyond what is owed then becomes the client's credit.

    :raises CreditNotPossible: the day is before the invoice or before the last credit note
    """
    _guard_written_off(invoice, credit)
    books = open_books([invoice.legal_entity_id], issued_on, DocumentKind.CREDIT_NOTE)
    own = books[invoice.legal_entity_id]
    _guard_day(invoice, own, issued_on)
    note = _write_down(invoice, credit, reason, issued_on, cancels=cancels)
    _freeze(note, own, issued_on, actor)
    free_what_is_overpaid(invoice.pk, note=note.number, actor=actor)
    return note


def required_reason(reason: str) -> str:
    """Return the reason on one line.

    :raises CreditNotPossible: there is none
    """
    reason = " ".join(reason.split())
    if not reason:
        raise CreditNotPossible(_("A credit note says why it is given."))
    return reason


def _guard_written_off(invoice: Invoice, credit: Credit) -> None:
    """What was written off is not asked for any more, so it cannot be credited as well."""
    sums: Any = Invoice.objects.with_balance().get(pk=invoice.pk)
    left = invoice.total - sums.credited - sums.written_off
    if sums.written_off and credit.totals.total > left:
        raise CreditNotPossible(
            _("Some of this invoice was written off; at most %(left)s with tax can be credited.")
            % {"left": money_text(left, invoice.currency)}
        )


def _guard_day(invoice: Invoice, books: Books, issued_on: date) -> None:
    if invoice.issued_on is None or issued_on < invoice.issued_on:
        raise CreditNotPossible(_("A credit note cannot be older than its invoice."))
    if books.closed_through and issued_on <= books.closed_through:
        raise CreditNotPossible(closed_words(books.closed_through))
    if books.last_date and issued_on < books.last_date:
        raise CreditNotPossible(
            _("The last credit note is dated %(last)s; a later number cannot have an earlier date.")
            % {"last": day_text(books.last_date)}
        )


def _mentions(invoice: Invoice, *, cancels: bool) -> list[Mention]:
    """Return what is said again of the invoice, and that it is cancelled where it is."""
    said = [mention for mention in invoice.mentions if mention["code"] in CREDITED]
    if cancels and invoice.issued_on:
        number, day = invoice.number, invoice.issued_on
        said.append(mention_of(CANCELS, language=invoice.language, number=number, day=day))
    return said


def _write_down(
    invoice: Invoice, credit: Credit, reason: str, issued_on: date, *, cancels: bool
) -> Invoice:
    """Write the credit note with its lines; parties and notes on tax are those of the invoice."""
    note = Invoice.objects.create(
        client_id=invoice.client_id,
        legal_entity_id=invoice.legal_entity_id,
        document_kind=DocumentKind.CREDIT_NOTE,
        corrects=invoice,
        reason=reason,
        as_of_on=issued_on,
        currency=invoice.currency,
        language=invoice.language,
        tax_situation=invoice.tax_situation,
        purchase_order=invoice.purchase_order,
        covering_order_id=invoice.covering_order_id,
        group_label=invoice.group_label,
        net=credit.totals.net,
        tax=credit.totals.tax,
        total=credit.totals.total,
        seller=invoice.seller,
        buyer=invoice.buyer,
        mentions=_mentions(invoice, cancels=cancels),
    )
    charges = {charge.pk: charge for charge in creditable_charges(invoice)}
    Charge.objects.bulk_create(_charges(note, credit.lines, charges))
    TaxLine.objects.bulk_create(
        TaxLine(invoice=note, category=t.category, rate=t.rate, base=t.base, tax=t.tax)
        for t in credit.totals.taxes
    )
    return note


def _charges(
    note: Invoice, lines: Sequence[CreditLine], charges: Mapping[int, Charge]
) -> list[Charge]:
    return [_charge(note, place, line, charges[line.line_id])
            for place, line in enumerate(lines, start=1)]  # fmt: skip


def _charge(note: Invoice, position: int, line: CreditLine, credited: Charge) -> Charge:
    same: dict[str, Any] = {field: getattr(credited, field) for field in _SAME}
    category, rate = line.rate
    return Charge(
        **same,
        invoice=note,
        position=position,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        price_base=line.price_base,
        amount=line.amount,
        list_amount=line.amount,
        tax_category=category,
        tax_rate=rate,
        credits=credited,
    )


def _freeze(note: Invoice, books: Books, issued_on: date, actor: User | None) -> None:
    """Give the credit note its number, freeze it, lengthen the chain and fill the outbox."""
    note.number = books.next_number(issued_on)
    note.issued_on = note.due_on = issued_on
    link = _link(note, books)
    note.status, note.hash = InvoiceStatus.ISSUED, link.hash
    note.save(update_fields=["status", "number", "issued_on", "due_on", "hash"])
    JournalEntry.objects.create(
        legal_entity_id=note.legal_entity_id,
        event=EVENT,
        invoice=note,
        recorded_by=actor,
        **link._asdict(),
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(key=f"{kind}:{note.pk}", kind=kind, invoice=note)
        for kind in (OutboxKind.INVOICE_PDF, OutboxKind.INVOICE_MAIL)
    )
    keep_series([books.series])
    ring(DELIVERY)


def _link(note: Invoice, books: Books) -> Link:
    lines, taxes = lines_of([note.pk]), tax_lines_of([note.pk])
    document = sealed(note, lines.get(note.pk, ()), taxes.get(note.pk, ()))
    return books.link(EVENT, digest_of(document))
