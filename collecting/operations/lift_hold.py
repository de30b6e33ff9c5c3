"""Letting reminders go again."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from collecting.models import ReminderHold


@transaction.atomic(durable=True)
def lift_hold(*, hold_id: int, actor: User, now: datetime) -> ReminderHold:
    """Lift a hold; lifting it twice changes nothing."""
    hold = ReminderHold.objects.select_for_update().get(pk=hold_id)
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by = now, actor
        hold.save(update_fields=["lifted_at", "lifted_by"])
    return hold
