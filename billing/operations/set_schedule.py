"""Saying when the firm bills by itself."""

from datetime import datetime

from django.db import transaction

from billing.domain.schedule import due_through
from billing.models import BillingSchedule
from billing.models.schedule import THE_ONLY_ONE


@transaction.atomic(durable=True)
def set_schedule(*, is_on: bool, day: int, hour: int, now: datetime) -> BillingSchedule:
    """Set the firm's day and hour; switched on, it begins with the next day that is not due yet.

    ``now`` is the firm's local time. Days that passed while it was off are not made up for: their
    evidence is still open and comes along at each client's next billing day.
    """
    BillingSchedule.objects.get_or_create(pk=THE_ONLY_ONE)
    schedule = BillingSchedule.objects.select_for_update().get(pk=THE_ONLY_ONE)
    if is_on and not schedule.is_on:
        schedule.done_through_on = due_through(now, hour)
    schedule.is_on, schedule.day, schedule.hour = is_on, day, hour
    schedule.full_clean(exclude=["id"])
    schedule.save()
    return schedule
