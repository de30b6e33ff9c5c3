"""Take a ticket on."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket
from tickets.operations._clock import keep_clock
from tickets.operations._occurrences import note_change
from tickets.operations._tickets import lock_ticket, require_assigned_to, require_firm_staff


@transaction.atomic(durable=True)
def take_ticket(
    *, ticket_id: int, actor: User, now: datetime, from_id: int | None = None
) -> Ticket:
    """Assign the ticket to the person who takes it: from nobody, or from ``from_id``.

    :raises NotForClients: the actor is not one of the firm's people
    :raises TakenMeanwhile: somebody else has it
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    require_assigned_to(ticket, frozenset({None, from_id, actor.pk}))
    before = ticket.assignee_id
    keep_clock(ticket, now)  # what was missed until now is the one's who had it
    ticket.assignee = actor
    ticket.save(update_fields=["assignee"])
    if ticket.assignee_id != before:
        note_change(ticket, now, "assignee")
    return ticket
