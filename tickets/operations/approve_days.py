"""Approve days of others' time."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import DayStatus, TimesheetDay
from tickets.operations._days import entries_of, lock_days, require_approver


@transaction.atomic(durable=True)
def approve_days(*, day_ids: Collection[int], actor: User, now: datetime) -> list[TimesheetDay]:
    """Approve those of the days that still wait, with all their time entries; return them.

    From then on the entries stay as they are, and may be billed.

    :raises NotAllowed: the actor does not approve time
    """
    require_approver(actor)
    waiting = [day for day in lock_days(day_ids) if day.is_submitted]
    for day in waiting:
        day.status, day.decided_by, day.decided_at = DayStatus.APPROVED, actor, now
        day.save(update_fields=["status", "decided_by", "decided_at"])
        entries_of(day).filter(is_approved=False).update(is_approved=True)
    return waiting
