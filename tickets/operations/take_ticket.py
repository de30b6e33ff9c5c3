"""Take a ticket on."""

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def take_ticket(*, ticket_id: int, actor: User) -> Ticket:
    """Assign the ticket to the person who takes it.

    :raises NotForClients: the actor is not one of the firm's people
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    ticket.assignee = actor
    ticket.save(update_fields=["assignee"])
    return ticket
