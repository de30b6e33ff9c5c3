"""Note a part that was used on a ticket."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.domain.work import PartTaken
from tickets.models import PartUsed
from tickets.operations._evidence import add_part
from tickets.operations._tickets import lock_ticket


@transaction.atomic(durable=True)
def use_part(*, ticket_id: int, part: PartTaken, actor: User, now: datetime) -> PartUsed:
    """Note a part on an open ticket, at the catalog's price unless another is given.

    :raises Refusal: the ticket is closed, or the part is not one that can be used
    """
    return add_part(lock_ticket(ticket_id, actor), part, actor=actor, now=now)
