"""Throw a timer away."""

from django.db import transaction

from accounts.models import User
from tickets.operations._timers import lock_timer


@transaction.atomic(durable=True)
def discard_timer(*, timer_id: int, actor: User) -> None:
    """Forget what a timer measured; nothing is logged.

    :raises TimerGone: it has become a time entry or was discarded
    """
    lock_timer(timer_id, actor).delete()
