"""Take back days that were handed in."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from accounts.models import User
from tickets.models import TimesheetDay
from tickets.operations._timers import lock_people


@transaction.atomic(durable=True)
def withdraw_days(*, days: Collection[date], actor: User) -> int:
    """Take back those of one's own days that nobody has approved yet; return how many."""
    lock_people({actor.pk})
    waiting = TimesheetDay.objects.submitted().filter(person=actor, day__in=days)
    return waiting.delete()[0]
