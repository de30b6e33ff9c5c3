"""Booking credit that was used for invoices later, or that became credit again."""

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Allocation, Invoice
from ledger.domain.posting import Moved, lines_of_use
from ledger.models import Journal
from ledger.operations._posting import Draft, OpenBook, Posted
from ledger.queries.sources import unposted_uses
from ledger.wording import language_of


@transaction.atomic(durable=True)
def post_uses(*, entity_id: int, count: int = 200) -> Posted:
    """Book the next uses of money whose payment stands in the books, each once."""
    book = OpenBook(entity_id)
    uses = list(unposted_uses(entity_id)[:count])
    with language_of(book.entity):
        drafts = [_draft_of(use, use.invoice, book) for use in uses if use.invoice]
    return Posted(count=book.write(drafts))


def _draft_of(use: Allocation, invoice: Invoice, book: OpenBook) -> Draft:
    payment, day = use.payment, book.day_of(use.recorded_at)
    moved = Moved(
        day=day,
        client_id=payment.client_id,
        amount=use.amount,
        method=payment.method,
        settled=book.settled([use]),
        per_unit=book.worth.per_unit(payment.currency, payment.received_on),
    )
    words = {"number": invoice.number, "client": payment.client.name}
    text = _("Credit used for %(number)s %(client)s")
    if use.amount < 0:
        text = _("Payment of %(number)s released %(client)s")
    return Draft(
        journal=Journal.MISCELLANEOUS,
        day=day,
        piece=invoice.number,
        piece_on=invoice.issued_on or day,
        text=text % words,
        source=f"use:{use.pk}",
        client_id=payment.client_id,
        currency=payment.currency,
        lines=lines_of_use(moved, book.rules),
        invoice_id=invoice.pk,
        allocations=[use],
    )
