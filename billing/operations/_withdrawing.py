"""Taking back a payment, by hand or because a bank statement says so."""

from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import BankEntry, Payment, Reversal, ReversalReason
from billing.operations._journal import entity_of, lock_journal, seal_reversal
from billing.operations._payments import (
    PaymentRefused,
    Withdrawal,
    guard_open,
    lock_payments,
    release,
)


def withdraw_payment(payment_id: int, withdrawal: Withdrawal, actor: User | None) -> Reversal:
    """Lock a payment, release what it pays, and write and seal its reversal."""
    [payment] = lock_payments([payment_id])
    _guard(payment, withdrawal)
    entity = lock_journal(entity_of(payment))
    guard_open(entity, withdrawal.reversed_on)
    standing = payment.allocations.standing().order_by("pk")
    release(standing, note=withdrawal.note, actor=actor)
    reversal = Reversal.objects.create(
        payment=payment,
        reason=withdrawal.reason,
        reversed_on=withdrawal.reversed_on,
        note=withdrawal.note,
        recorded_by=actor,
    )
    if withdrawal.reason == ReversalReason.MISTAKE:
        # The money did come: its line of a statement waits for whoever books it rightly.
        BankEntry.objects.filter(payment=payment).update(payment=None)
    seal_reversal(entity, reversal, actor)
    return reversal


def _guard(payment: Payment, withdrawal: Withdrawal) -> None:
    if Reversal.objects.filter(payment=payment).exists():
        raise PaymentRefused(_("This payment has been reversed already."))
    if withdrawal.reversed_on < payment.received_on:
        raise PaymentRefused(_("A payment cannot be reversed before the day it came."))
    if payment.allocations.standing().exclude(refund=None).exists():
        raise PaymentRefused(
            _("Some of this payment was paid back to the client; reverse that refund first.")
        )
