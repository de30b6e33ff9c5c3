"""Say what a timer is for."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Timer
from tickets.operations._tickets import lock_ticket
from tickets.operations._timers import lock_timer
from tickets.refusals import TimerTaken


@transaction.atomic(durable=True)
def note_timer(*, timer_id: int, ticket_id: int | None, note: str, actor: User) -> Timer:
    """Keep the ticket and the words of a timer before it is logged.

    :raises Refusal: the timer is gone, or the ticket has another timer already
    """
    ticket = None if ticket_id is None else lock_ticket(ticket_id, actor)
    timer = lock_timer(timer_id, actor)
    if ticket is not None:
        others = Timer.objects.filter(person=actor, ticket=ticket).exclude(pk=timer.pk)
        if others.exists():
            raise TimerTaken(_("You have another timer for this ticket. Log or discard it first."))
        timer.ticket = ticket
    timer.note = note.strip()
    timer.save(update_fields=["ticket", "note"])
    return timer
