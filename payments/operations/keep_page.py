"""Keeping where the page is on which a client pays."""

from django.db import transaction

from payments.models import CheckoutState, OnlinePayment


@transaction.atomic(durable=True)
def keep_page(*, online_id: int, session_id: str, url: str) -> None:
    """Keep where the page is; what was told of it meanwhile stands."""
    online = OnlinePayment.objects.select_for_update(of=("self",)).get(pk=online_id)
    online.session_id, online.url = session_id, url
    if online.state == CheckoutState.ASKED:
        online.state = CheckoutState.OPEN
    online.save(update_fields=["session_id", "url", "state"])
