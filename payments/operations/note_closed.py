"""Noting that a payment page is closed."""

from django.db import transaction

from payments.models import CheckoutState, OnlinePayment


@transaction.atomic(durable=True)
def note_closed(*, online_id: int) -> None:
    """Note that a page is closed, unless somebody paid there meanwhile."""
    unpaid = OnlinePayment.objects.filter(
        pk=online_id, state__in=(CheckoutState.ASKED, CheckoutState.OPEN)
    )
    unpaid.update(state=CheckoutState.EXPIRED)
