"""Parking a client: nothing is drafted or issued until somebody releases them."""

from django.db import transaction

from accounts.models import User
from billing.models import ClientHold, Invoice
from billing.operations._drafting import lock_clients


@transaction.atomic(durable=True)
def park_client(*, client_id: int, reason: str, actor: User | None) -> ClientHold:
    """Hold the client back with a reason; one who is held already gets the new reason.

    The client and its drafts are locked, so that a draft that is being issued at this moment is
    either issued before or refused.
    """
    lock_clients([client_id])
    list(Invoice.objects.drafts().filter(client=client_id).select_for_update().order_by("pk"))
    hold = ClientHold.objects.filter(client=client_id, released_at=None).first()
    if hold is None:
        return ClientHold.objects.create(client_id=client_id, reason=reason, held_by=actor)
    hold.reason = reason
    hold.save(update_fields=["reason"])
    return hold
