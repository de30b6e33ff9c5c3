"""Steps of the dispatch calendar that several operations share; they open no transaction."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import LegalEntity
from core.business_hours import Interval
from core.display import clock_text
from tickets.domain.scheduling import (
    LONGEST,
    Booking,
    Conflict,
    ConflictKind,
    Taken,
    conflicts_of,
)
from tickets.models import Appointment, Leave
from tickets.queries.working_hours import hours_of
from tickets.refusals import NotYourSchedule, SlotConflicts, SlotImpossible


def require_slot(booking: Booking) -> Interval:
    """Return the time that is booked, in whole minutes.

    :raises SlotImpossible: it has no length, runs backwards, or is longer than a day
    """
    start, end = (
        one.replace(second=0, microsecond=0) for one in (booking.starts_at, booking.ends_at)
    )
    if end <= start:
        raise SlotImpossible(_("The end is not after the start."))
    interval = Interval(start, end)
    if interval.seconds > LONGEST.total_seconds():
        raise SlotImpossible(_("An appointment lasts 24 hours at most; make several."))
    return interval


def require_may_schedule(actor: User, *people: int) -> None:
    """Refuse those who plan for others than themselves without being dispatchers.

    :raises NotYourSchedule: it is somebody else's time
    """
    if set(people) != {actor.pk} and not actor.has_perm("tickets.schedule_others"):
        raise NotYourSchedule(_("You can plan your own time only; ask a dispatcher."))


def require_accepted(slot: Interval, person: User, accepted: Collection[str], but: int = 0) -> None:
    """Refuse a slot against which something stands that nobody has accepted.

    The person must be locked, so that two who book at once come one after the other.

    :raises SlotConflicts: there is something, or something else than what was accepted
    """
    found = conflicts_with(slot, person, but)
    keys = [one.key for one in found]
    if set(keys) <= set(accepted):
        return
    zone = LegalEntity.objects.current().zone
    told = " ".join(dict.fromkeys(_in_words(one, zone) for one in found))
    raise SlotConflicts(f"{person}: {told}", list(dict.fromkeys(keys)))


def conflicts_with(slot: Interval, person: User, but: int = 0) -> tuple[Conflict, ...]:
    """Return all that stands against a slot of a person's, one appointment left out."""
    booked = Appointment.objects.standing().filter(technician=person).exclude(pk=but)
    away = Leave.objects.filter(person=person)
    years = {slot.start.year, slot.end.year}
    return conflicts_of(
        slot,
        booked=[Taken(one.pk, one.slot) for one in booked.within(slot.start, slot.end)],
        leave=[Taken(one.pk, one.slot) for one in away.within(slot.start, slot.end)],
        hours=hours_of(person, years),
    )


def _in_words(conflict: Conflict, zone: ZoneInfo) -> str:
    times = {
        "start": clock_text(conflict.slot.start.astimezone(zone).time()),
        "end": clock_text(conflict.slot.end.astimezone(zone).time()),
    }
    if conflict.kind == ConflictKind.OVERLAP:
        other = Appointment.objects.select_related("ticket").get(pk=conflict.pk or 0)
        told = times | {"ticket": other.ticket.number}
        return _("%(ticket)s is booked from %(start)s to %(end)s.") % told
    if conflict.kind == ConflictKind.LEAVE:
        return _("On leave from %(start)s to %(end)s.") % times
    return _("Outside working hours from %(start)s to %(end)s.") % times
