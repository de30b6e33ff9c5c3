"""Take a flat-rate service back off a ticket."""

from django.db import transaction

from accounts.models import User
from tickets.models import BillingMode, FlatRateItem
from tickets.operations._evidence import refusing_billed
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def remove_flat_rate(*, item_id: int, actor: User) -> None:
    """Remove a service that is on no invoice and no draft; the audit trail keeps it.

    With the last one, a flat-rate ticket is billed by the hour again: nothing would be billed else.

    :raises EvidenceBilled: it has been billed
    """
    require_firm_staff(actor)
    item = FlatRateItem.objects.visible_to(actor).get(pk=item_id)
    ticket = lock_ticket(item.ticket_id, actor)
    with refusing_billed():
        item.delete()
    if ticket.billing_mode == BillingMode.FLAT_RATE and not ticket.flat_rate_items.exists():
        ticket.billing_mode = BillingMode.HOURLY
        ticket.save(update_fields=["billing_mode"])
