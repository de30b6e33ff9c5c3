"""Hand in days of one's own time."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import LegalEntity
from tickets.models import DayStatus, TimeEntry, TimesheetDay
from tickets.operations._tickets import require_firm_staff
from tickets.operations._timers import lock_people
from tickets.refusals import NothingToSubmit


@transaction.atomic(durable=True)
def submit_days(*, days: Collection[date], actor: User, now: datetime) -> list[TimesheetDay]:
    """Hand in those of the days on which something is logged; what was handed in stays so.

    :raises Refusal: nothing is logged on any of them, or one has not come yet
    """
    require_firm_staff(actor)
    lock_people({actor.pk})
    if any(day > now.astimezone(LegalEntity.objects.current().zone).date() for day in days):
        raise NothingToSubmit(_("This day has not come yet."))
    logged = TimeEntry.objects.filter(technician=actor, worked_on__in=days)
    worked = set(logged.values_list("worked_on", flat=True))
    if not worked:
        raise NothingToSubmit(_("Nothing is logged on these days."))
    locked = TimesheetDay.objects.locking().filter(person=actor, day__in=worked)
    worked -= set(locked.values_list("day", flat=True))
    return [_submitted(actor, day, now) for day in sorted(worked)]


def _submitted(actor: User, day: date, now: datetime) -> TimesheetDay:
    fresh = {
        "status": DayStatus.SUBMITTED,
        "submitted_at": now,
        "decided_by": None,
        "decided_at": None,
        "reason": "",
    }
    row, _is_new = TimesheetDay.objects.update_or_create(person=actor, day=day, defaults=fresh)
    return row
