"""Return days of others' time to be put right."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import DayStatus, TimesheetDay
from tickets.operations._days import entries_of, lock_days, needs_approval, require_approver
from tickets.operations._evidence import refusing_billed
from tickets.refusals import ReasonMissing


@transaction.atomic(durable=True)
def return_days(
    *, day_ids: Collection[int], reason: str, actor: User, now: datetime
) -> list[TimesheetDay]:
    """Return days with a reason, approved ones too while nothing of them is billed.

    :raises Refusal: the actor does not approve time, gives no reason, or something is billed
    """
    require_approver(actor)
    if not reason.strip():
        raise ReasonMissing(_("Say why it is returned."), "reason")
    days = [day for day in lock_days(day_ids) if day.is_locked]
    for day in days:
        if day.is_approved and needs_approval():
            with refusing_billed():
                entries_of(day).update(is_approved=False)
        day.status, day.reason = DayStatus.RETURNED, reason.strip()
        day.decided_by, day.decided_at = actor, now
        day.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    return days
