"""Booking what the chain of billing holds: documents and money."""

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import JournalEntry, Refund, Reversal, WriteOff
from ledger.domain.accounts import AccountUnknown
from ledger.domain.posting import (
    Moved,
    entry_of_document,
    less_credited,
    lines_of_loss,
    lines_of_money,
)
from ledger.models import Journal
from ledger.operations._posting import Draft, OpenBook, Posted, Waiting
from ledger.queries.sources import (
    bank_account_of,
    credited_before,
    document_of,
    first_uses,
    released_with,
    unposted_events,
)
from ledger.queries.waiting import purpose_words, rate_words
from ledger.queries.worth import RateMissing
from ledger.wording import language_of, text_of_document, text_of_money


@transaction.atomic(durable=True)
def post_events(*, entity_id: int, after: int = 0, count: int = 200) -> Posted:
    """Book the next links of the chain that no entry stands for, each once.

    What lacks a rate or an account waits with its reason and stops nothing else.
    """
    book = OpenBook(entity_id)
    events = unposted_events(entity_id, after, count)
    result = Posted(after=events[-1].position if len(events) == count else None)
    drafts: list[Draft] = []
    lacking: list[tuple[JournalEntry, RateMissing | AccountUnknown]] = []
    with language_of(book.entity):
        for event in events:
            try:
                draft = _draft_of(event, book)
            except (RateMissing, AccountUnknown) as missing:
                lacking.append((event, missing))
                continue
            book.note(draft)
            drafts.append(draft)
    result.waiting = [Waiting(_name_of(event), _reason(missing)) for event, missing in lacking]
    result.count = book.write(drafts)
    return result


def _reason(lacking: RateMissing | AccountUnknown) -> str:
    if isinstance(lacking, RateMissing):
        return rate_words(lacking)
    return purpose_words(lacking.purpose)


def _name_of(event: JournalEntry) -> str:
    return event.invoice.number if event.invoice else f"{event.event} {event.position}"


def _draft_of(event: JournalEntry, book: OpenBook) -> Draft:
    if event.invoice:
        return _document(event, book)
    if event.write_off:
        return _loss(event, event.write_off, book)
    if event.payment:
        return _receipt(event, book)
    if event.refund:
        return _payout(event, event.refund, book)
    if event.reversal:
        return _reversal(event, event.reversal, book)
    raise ValueError(f"event {event.event} is not booked")


def _document(event: JournalEntry, book: OpenBook) -> Draft:
    invoice = event.invoice
    if invoice is None or invoice.issued_on is None:
        raise ValueError("only issued documents are linked to the chain")
    defers = book.book.defers_revenue
    document = document_of(invoice, book.worth_of(invoice), defers=defers)
    entry = entry_of_document(document, book.rules)
    return Draft(
        journal=Journal.SALES,
        day=invoice.issued_on,
        piece=invoice.number,
        piece_on=invoice.issued_on,
        text=text_of_document(invoice),
        source=f"chain:{event.pk}",
        client_id=invoice.client_id,
        currency=invoice.currency,
        lines=entry.lines,
        chain_entry_id=event.pk,
        invoice_id=invoice.pk,
        months=entry.months,
    )


def _loss(event: JournalEntry, loss: WriteOff, book: OpenBook) -> Draft:
    invoice, day = loss.invoice, loss.written_off_on
    whole = document_of(invoice, book.worth_of(invoice), defers=False)
    document = less_credited(whole, credited_before(event, invoice))
    settled = book.settle(invoice, loss.amount)
    lines = lines_of_loss(document, settled, book.rules, takes_back_tax=loss.takes_back_tax)
    return Draft(
        journal=Journal.MISCELLANEOUS,
        day=day,
        piece=invoice.number,
        piece_on=invoice.issued_on or day,
        text=_("Write-off %(number)s %(client)s")
        % {"number": invoice.number, "client": invoice.client.name},
        source=f"chain:{event.pk}",
        client_id=invoice.client_id,
        currency=invoice.currency,
        lines=lines,
        chain_entry_id=event.pk,
        invoice_id=invoice.pk,
    )


def _receipt(event: JournalEntry, book: OpenBook) -> Draft:
    payment = event.payment
    if payment is None:
        raise ValueError("no payment")
    uses = first_uses(event, payment)
    moved = Moved(
        day=payment.received_on,
        client_id=payment.client_id,
        amount=payment.amount,
        method=payment.method,
        settled=book.settled(uses),
        per_unit=book.worth.per_unit(payment.currency, payment.received_on),
        bank_account_id=bank_account_of(payment.pk),
    )
    draft = _money(event, moved, payment.client.name, payment.currency, book)
    draft.piece = payment.reference or draft.piece
    draft.invoice_id = uses[0].invoice_id if len(uses) == 1 else None
    draft.allocations = uses
    return draft


def _payout(event: JournalEntry, refund: Refund, book: OpenBook) -> Draft:
    moved = Moved(
        day=refund.paid_on,
        client_id=refund.client_id,
        amount=-refund.amount,
        method=refund.method,
        per_unit=book.worth.per_unit(refund.currency, refund.paid_on),
    )
    draft = _money(event, moved, refund.client.name, refund.currency, book)
    draft.piece = refund.reference or draft.piece
    return draft


def _reversal(event: JournalEntry, reversal: Reversal, book: OpenBook) -> Draft:
    """Book the opposite of a payment with what it was used for till then, or of a refund."""
    payment, refund = reversal.payment, reversal.refund
    money = payment or refund
    if money is None:
        raise ValueError("no money")
    was_on = payment.received_on if payment else reversal.refund.paid_on  # type: ignore[union-attr]  # one of the two
    uses = released_with(reversal) if payment else []
    moved = Moved(
        day=reversal.reversed_on,
        client_id=money.client_id,
        amount=-money.amount if payment else money.amount,
        method=money.method,
        settled=book.settled(uses),
        per_unit=book.worth.per_unit(money.currency, was_on),
        bank_account_id=bank_account_of(payment.pk) if payment else None,
    )
    draft = _money(event, moved, money.client.name, money.currency, book)
    draft.invoice_id = uses[0].invoice_id if len(uses) == 1 else None
    draft.allocations = uses
    return draft


def _money(event: JournalEntry, moved: Moved, client: str, currency: str, book: OpenBook) -> Draft:
    return Draft(
        journal=Journal.BANK,
        day=moved.day,
        piece=f"{event.event}-{event.position}",
        piece_on=moved.day,
        text=text_of_money(event, client),
        source=f"chain:{event.pk}",
        client_id=moved.client_id,
        currency=currency,
        lines=lines_of_money(moved, book.rules),
        chain_entry_id=event.pk,
    )
