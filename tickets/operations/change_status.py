"""Move a ticket to another status."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket, TicketStatus
from tickets.operations._tickets import lock_ticket, require_firm_staff, step_to


@transaction.atomic(durable=True)
def change_status(*, ticket_id: int, status_id: int, actor: User, now: datetime) -> Ticket:
    """Move the ticket; a closing status closes it, any other one reopens it.

    :raises NotForClients: the actor is not one of the firm's people
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    step_to(ticket, TicketStatus.objects.get(pk=status_id), actor, now)
    return ticket
