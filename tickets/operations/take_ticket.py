"""Take a ticket on."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket
from tickets.operations._clock import keep_clock
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def take_ticket(*, ticket_id: int, actor: User, now: datetime) -> Ticket:
    """Assign the ticket to the person who takes it.

    :raises NotForClients: the actor is not one of the firm's people
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    keep_clock(ticket, now)  # what was missed until now is the one's who had it
    ticket.assignee = actor
    ticket.save(update_fields=["assignee"])
    return ticket
