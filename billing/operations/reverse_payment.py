"""Reversing a payment: the bank took it back, or it was a mistake."""

from django.db import transaction

from accounts.models import User
from billing.models import Reversal
from billing.operations._payments import PaymentRefused, Withdrawal
from billing.operations._withdrawing import withdraw_payment

__all__ = ["PaymentRefused", "Withdrawal", "reverse_payment"]


@transaction.atomic(durable=True)
def reverse_payment(*, payment_id: int, withdrawal: Withdrawal, actor: User | None) -> Reversal:
    """Let a payment count no more; what it paid is open again.

    :raises PaymentRefused: it was reversed before, some of it was paid back, or the day is wrong
    """
    return withdraw_payment(payment_id, withdrawal, actor)
