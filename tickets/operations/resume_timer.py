"""Go on with a parked timer."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Timer
from tickets.operations._timers import lock_timer, run


@transaction.atomic(durable=True)
def resume_timer(*, timer_id: int, actor: User, now: datetime) -> Timer:
    """Let a parked timer run again; the one that runs is parked.

    :raises TimerGone: it has become a time entry or was discarded
    """
    timer = lock_timer(timer_id, actor)
    run(timer, now)
    return timer
