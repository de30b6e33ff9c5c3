"""Taking back what a payment pays, so that it is the client's credit again."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Allocation, Payment
from billing.operations._payments import PaymentRefused, lock_payments, release

__all__ = ["PaymentRefused", "release_allocation"]


@transaction.atomic(durable=True)
def release_allocation(*, allocation_id: int, note: str, actor: User | None) -> Payment:
    """Release an allocation by a counter-entry: the invoice is open again, the money is credit.

    :raises PaymentRefused: it was released before, or the money was paid back
    """
    allocation = Allocation.objects.get(pk=allocation_id)
    lock_payments([allocation.payment_id])
    if allocation.refund_id:
        raise PaymentRefused(_("This money was paid back; reverse the refund instead."))
    if not Allocation.objects.standing().filter(pk=allocation_id).exists():
        raise PaymentRefused(_("This allocation has been released already."))
    release([allocation], note=note, actor=actor)
    return allocation.payment
