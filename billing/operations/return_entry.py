"""Booking a line of a bank statement as the return of a payment."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Payment, Reversal, ReversalReason
from billing.operations._entries import lock_open_entry
from billing.operations._payments import PaymentRefused, Withdrawal
from billing.operations._withdrawing import withdraw_payment

__all__ = ["PaymentRefused", "return_entry"]


@transaction.atomic(durable=True)
def return_entry(*, entry_id: int, payment_id: int, actor: User | None) -> Reversal:
    """Reverse the payment that the bank took back; what it paid is open again.

    :raises PaymentRefused: somebody dealt with the line, or the payment is of another amount
    """
    entry = lock_open_entry(entry_id)
    payment = Payment.objects.get(pk=payment_id)
    if (payment.amount, payment.currency) != (-entry.amount, entry.currency):
        raise PaymentRefused(_("The payment is not of the amount that the bank took back."))
    note = " ".join(part for part in (entry.return_code, entry.text) if part)[:200]
    withdrawal = Withdrawal(entry.booked_on, ReversalReason.BOUNCED, note)
    entry.reversal = withdraw_payment(payment.pk, withdrawal, actor)
    entry.save(update_fields=["reversal"])
    return entry.reversal
