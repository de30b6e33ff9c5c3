"""Take on whatever burns most of what nobody has."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket
from tickets.operations._clock import keep_clock
from tickets.operations._occurrences import note_change
from tickets.operations._tickets import require_firm_staff
from tickets.queries.my_work import free_tickets


@transaction.atomic(durable=True)
def take_next_ticket(*, actor: User, now: datetime) -> Ticket | None:
    """Give the actor the next free ticket, None where every ticket has somebody.

    One that a colleague is taking at this moment is passed over: two get two tickets.

    :raises NotForClients: the actor is not one of the firm's people
    """
    require_firm_staff(actor)
    free = free_tickets(actor).select_for_update(of=("self",), skip_locked=True)
    ticket = free.first()
    if ticket is not None:
        keep_clock(ticket, now)  # what was missed until now was missed by nobody's
        ticket.assignee = actor
        ticket.save(update_fields=["assignee"])
        note_change(ticket, now, "assignee")
    return ticket
