"""Making credit of what an invoice got beyond what it asks for, since some of it was credited."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Allocation, Invoice
from billing.operations._payments import PaymentRefused, lock_payments, release

__all__ = ["PaymentRefused", "free_excess"]


@transaction.atomic(durable=True)
def free_excess(*, invoice_id: int, actor: User | None) -> Decimal:
    """Release what was paid too much, the newest first, and return how much credit that gave.

    What is released only in part is allocated anew for the rest.

    :raises PaymentRefused: the invoice got no more than it asks for
    """
    held = Allocation.objects.standing().filter(invoice=invoice_id)
    lock_payments(held.values_list("payment", flat=True))
    list(Invoice.objects.filter(pk=invoice_id).select_for_update().values_list("pk", flat=True))
    invoice = Invoice.objects.with_balance().get(pk=invoice_id)
    excess = -Decimal(invoice.balance)  # type: ignore[attr-defined]  # annotated
    if excess <= 0:
        raise PaymentRefused(_("Nothing was paid too much on this invoice."))
    left = excess
    for allocation in held.order_by("-pk"):
        if left <= 0:
            break
        left = _release_up_to(left, allocation, actor)
    return excess


def _release_up_to(left: Decimal, allocation: Allocation, actor: User | None) -> Decimal:
    """Release an allocation, and allocate again what of it is not wanted back."""
    release([allocation], note="", actor=actor)
    if allocation.amount > left:
        Allocation.objects.create(
            payment_id=allocation.payment_id,
            invoice_id=allocation.invoice_id,
            amount=allocation.amount - left,
            recorded_by=actor,
        )
    return left - min(left, allocation.amount)
