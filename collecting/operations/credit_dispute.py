"""Giving way in a dispute: a credit note against the line, and with it the end of the dispute."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from billing.credit_words import sentence_of
from billing.domain.credits import Asked, Credit, CreditRefused, Wish, draw_up_credit
from billing.models import Invoice
from billing.operations._crediting import (
    CreditNotPossible,
    give_credit,
    lock_invoice,
    required_reason,
)
from billing.queries.credits import corrected_of
from collecting.models import Dispute, DisputeState, MailKind
from collecting.operations._disputes import DisputeRefused, end, lock_open, say, tell_other_side

__all__ = ["Concession", "CreditNotPossible", "DisputeRefused", "credit_dispute"]


@dataclass(frozen=True, slots=True)
class Concession:
    """How much of the line is given back, without tax: all that is left of it, or an amount."""

    reason: str
    issued_on: date
    amount: Decimal | None = None
    answer: str = ""


@transaction.atomic(durable=True)
def credit_dispute(
    *, dispute_id: int, concession: Concession, actor: User, now: datetime
) -> Dispute:
    """Credit the disputed line and end its dispute, both or neither.

    Whoever presses a second time finds the dispute ended, so that no more is credited.

    :raises DisputeRefused: the dispute has ended
    :raises CreditNotPossible: more is asked for than is left, or the day cannot be
    """
    dispute = lock_open(dispute_id)
    invoice = lock_invoice(dispute.invoice_id)
    reason = required_reason(concession.reason)
    drawn_up = _drawn_up(invoice, Wish(dispute.line_id, amount=concession.amount))
    note = give_credit(
        invoice, drawn_up, reason=reason, issued_on=concession.issued_on, actor=actor
    )
    text = concession.answer.strip()
    message = say(dispute, text, actor, now) if text else None
    end(dispute, DisputeState.CREDITED, actor, now, credit_note=note)
    tell_other_side(dispute, MailKind.DISPUTE_ENDED, message, is_to_client=True)
    return dispute


def _drawn_up(invoice: Invoice, wish: Wish) -> Credit:
    try:
        return draw_up_credit(corrected_of(invoice), Asked(wishes=(wish,)))
    except CreditRefused as refused:
        raise CreditNotPossible(sentence_of(refused, invoice)) from refused
