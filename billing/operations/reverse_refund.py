"""Reversing a refund: it came back, or it was a mistake."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Refund, Reversal
from billing.operations._journal import entity_of, lock_journal, seal_reversal
from billing.operations._payments import (
    PaymentRefused,
    Withdrawal,
    guard_open,
    lock_payments,
    release,
)

__all__ = ["PaymentRefused", "Withdrawal", "reverse_refund"]


@transaction.atomic(durable=True)
def reverse_refund(*, refund_id: int, withdrawal: Withdrawal, actor: User | None) -> Reversal:
    """Let a refund count no more; its money is the client's credit again.

    :raises PaymentRefused: it was reversed before, or the day is wrong
    """
    refund = Refund.objects.get(pk=refund_id)
    shares = list(refund.allocations.filter(releases=None).order_by("pk"))
    payments = lock_payments({share.payment_id for share in shares})
    if Reversal.objects.filter(refund=refund).exists():
        raise PaymentRefused(_("This refund has been reversed already."))
    if withdrawal.reversed_on < refund.paid_on:
        raise PaymentRefused(_("A refund cannot be reversed before the day it was paid."))
    entity = lock_journal(entity_of(payments[0]))
    guard_open(entity, withdrawal.reversed_on)
    release(shares, note=withdrawal.note, actor=actor)
    reversal = Reversal.objects.create(
        refund=refund,
        reason=withdrawal.reason,
        reversed_on=withdrawal.reversed_on,
        note=withdrawal.note,
        recorded_by=actor,
    )
    seal_reversal(entity, reversal, actor)
    return reversal
