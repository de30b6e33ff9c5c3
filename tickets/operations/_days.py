"""Steps for days that are handed in, which several operations share; they open no transaction."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import LegalEntity
from tickets.models import TimeEntry, TimesheetDay
from tickets.operations._timers import lock_people
from tickets.refusals import DayLocked, NotAllowed

PersonDay = tuple[int, date]


def require_open_days(days: Collection[PersonDay]) -> None:
    """Let changes of the days wait for each other, and refuse those of days handed in.

    Whoever locks a ticket too locks it first.

    :raises DayLocked: one of the days is submitted or approved
    """
    lock_people({person for person, _day in days})
    for person, day in sorted(days):
        found = TimesheetDay.objects.locking().filter(person=person, day=day).first()
        if found is not None and found.is_approved:
            raise DayLocked(_("This day is approved. Ask for it to be returned to change it."))
        if found is not None:
            raise DayLocked(_("This day is submitted. Take it back to change it."))


def lock_days(day_ids: Iterable[int]) -> list[TimesheetDay]:
    """Return days that were handed in, with their people locked."""
    wanted = TimesheetDay.objects.filter(pk__in=set(day_ids))
    lock_people(set(wanted.values_list("person_id", flat=True)))
    return list(wanted.order_by("pk").select_for_update())


def entries_of(day: TimesheetDay) -> QuerySet[TimeEntry]:
    """Return what a person logged on a day."""
    return TimeEntry.objects.filter(technician=day.person_id, worked_on=day.day)


def require_approver(actor: User) -> None:
    """Refuse those who do not approve time.

    :raises NotAllowed: it is not for this person
    """
    if not actor.has_perm("tickets.approve_timesheetday"):
        raise NotAllowed(_("Only those who approve time can do this."))


def needs_approval() -> bool:
    """Whether the firm bills time only once somebody has approved it."""
    return LegalEntity.objects.current().time_needs_approval
