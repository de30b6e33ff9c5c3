"""Stop a timer for now."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Timer
from tickets.operations._timers import lock_timer, park
from tickets.refusals import ImpossibleTime


@transaction.atomic(durable=True)
def park_timer(
    *, timer_id: int, actor: User, now: datetime, stopped_at: datetime | None = None
) -> Timer:
    """Stop measuring, at an earlier moment where the timer was forgotten.

    :raises Refusal: the timer is gone, or the moment is not within the time it ran
    """
    timer = lock_timer(timer_id, actor)
    if timer.running_since is None:
        return timer
    if stopped_at is not None and not timer.running_since <= stopped_at <= now:
        raise ImpossibleTime(_("The timer did not run at that moment."))
    park(timer, stopped_at or now)
    return timer
