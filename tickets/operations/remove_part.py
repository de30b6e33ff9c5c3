"""Take a part back off a ticket."""

from django.db import transaction

from accounts.models import User
from tickets.models import PartUsed
from tickets.operations._evidence import refusing_billed
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def remove_part(*, part_id: int, actor: User) -> None:
    """Remove a part that is on no invoice and no draft; the audit trail keeps it.

    :raises EvidenceBilled: it has been billed
    """
    require_firm_staff(actor)
    used = PartUsed.objects.visible_to(actor).get(pk=part_id)
    lock_ticket(used.ticket_id, actor)
    with refusing_billed():
        used.delete()
