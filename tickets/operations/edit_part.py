"""Correct a part that was used."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.domain.work import PartTaken
from tickets.models import PartUsed
from tickets.operations._evidence import describe_part, refusing_billed
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def edit_part(*, part_id: int, part: PartTaken, actor: User, now: datetime) -> PartUsed:
    """Correct a part that is not on an invoice.

    :raises Refusal: it has been billed, or the part is not one that can be used
    """
    require_firm_staff(actor)
    used = PartUsed.objects.visible_to(actor).get(pk=part_id)
    used.ticket = lock_ticket(used.ticket_id, actor)
    describe_part(used, part, now)
    with refusing_billed():
        used.save()
    return used
