"""Crediting an issued invoice: a credit note that takes back all of it or a part."""

from datetime import date

from django.db import transaction

from accounts.models import User
from billing.credit_words import sentence_of
from billing.domain.credits import Asked, Credit, CreditRefused, draw_up_credit
from billing.models import Invoice
from billing.operations._crediting import (
    CreditNotPossible,
    give_credit,
    lock_invoice,
    required_reason,
)
from billing.queries.credits import corrected_of

__all__ = ["CreditNotPossible", "credit_invoice"]


@transaction.atomic(durable=True)
def credit_invoice(
    *, invoice_id: int, asked: Asked, reason: str, issued_on: date, actor: User | None
) -> Invoice:
    """Issue a credit note against an invoice; delivery follows the commit.

    The invoice is locked, so that two people cannot both take back the same rest, before it what
    pays it, after it the firm's row, the head of its chain. Where more was paid than is owed then,
    the difference becomes the client's credit.

    :raises CreditNotPossible: it is no issued invoice, or more is asked for than is left of it
    """
    invoice = lock_invoice(invoice_id)
    reason = required_reason(reason)
    credit = _drawn_up(invoice, asked)
    note = give_credit(invoice, credit, reason=reason, issued_on=issued_on, actor=actor)
    return Invoice.objects.get(pk=note.pk)


def _drawn_up(invoice: Invoice, asked: Asked) -> Credit:
    try:
        return draw_up_credit(corrected_of(invoice), asked)
    except CreditRefused as refused:
        raise CreditNotPossible(sentence_of(refused, invoice)) from refused
