"""Measure time from now on."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket, Timer
from tickets.operations._tickets import lock_ticket, require_firm_staff, require_open
from tickets.operations._timers import lock_people, run, whole_second


@transaction.atomic(durable=True)
def start_timer(*, ticket_id: int | None, actor: User, now: datetime) -> Timer:
    """Start a timer, or go on with the one that this ticket has; the one that runs is parked.

    Pressing twice is pressing once.

    :raises TicketClosed: nothing can be logged on the ticket
    :raises Ticket.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    ticket = None if ticket_id is None else lock_ticket(ticket_id, actor)
    if ticket is not None:
        require_open(ticket)
    lock_people({actor.pk})
    timer = _same(actor, ticket) or Timer(person=actor, ticket=ticket, begun_at=whole_second(now))
    run(timer, now)
    return timer


def _same(actor: User, ticket: Ticket | None) -> Timer | None:
    timers = Timer.objects.filter(person=actor, ticket=ticket)
    return (timers if ticket else timers.running()).first()
