"""What is collected through the bank and online."""

from payments.models.debit import DebitBatch, DebitNotice, DirectDebit, Sequence
from payments.models.online import (
    CheckoutState,
    EventState,
    OnlinePayment,
    StripeAccount,
    StripeEvent,
)

__all__ = [
    "CheckoutState",
    "DebitBatch",
    "DebitNotice",
    "DirectDebit",
    "EventState",
    "OnlinePayment",
    "Sequence",
    "StripeAccount",
    "StripeEvent",
]
