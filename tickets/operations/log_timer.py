"""Make a time entry of a timer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.measured import as_measured
from tickets.domain.stretches import seconds_of
from tickets.domain.work import TimeWorked
from tickets.models import TimeEntry
from tickets.operations._tickets import lock_ticket
from tickets.operations._time import add_time
from tickets.operations._timers import lock_timer
from tickets.refusals import TimerWentOn


@transaction.atomic(durable=True)
def log_timer(
    *,
    timer_id: int,
    ticket_id: int,
    work: TimeWorked,
    seconds_seen: int,
    actor: User,
    now: datetime,
) -> TimeEntry:
    """Log what a timer measured, unless ``work`` names other times, and let the timer go.

    Both happen or neither does, so pressing twice logs once.

    :raises Refusal: the timer is gone or went on meanwhile, the ticket is closed, or the work is
        not possible as described; the timer then stays as it is
    """
    ticket = lock_ticket(ticket_id, actor)
    timer = lock_timer(timer_id, actor)
    measured = timer.measured(now)
    if timer.is_running or seconds_of(measured) != seconds_seen:
        raise TimerWentOn(_("The timer went on meanwhile. Look at its time once more."))
    described = as_measured(work, measured)
    entry = add_time(ticket, described, actor=actor, now=now)
    timer.delete()
    return entry
