"""Recording money that came in."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from billing.models import Payment
from billing.operations._payments import PaymentRefused, Receipt
from billing.operations._receiving import PaymentRepeated, Receiving, receive

__all__ = ["PaymentRefused", "PaymentRepeated", "Receipt", "record_payment"]


@transaction.atomic(durable=True)
def record_payment(
    *,
    client_id: int,
    receipt: Receipt,
    allocations: Mapping[int, Decimal],
    actor: User | None,
    accepts_repeat: bool = False,
) -> Payment:
    """Record a payment and what it pays; a rest stays on the client's account.

    :raises PaymentRefused: it pays more than it is, or more than an invoice still asks for
    :raises PaymentRepeated: the same was recorded before, and nobody said that it came twice
    """
    return receive(Receiving(client_id, receipt, allocations, actor, accepts_repeat))
