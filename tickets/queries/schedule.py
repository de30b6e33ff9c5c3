"""The dispatch calendar: who works when, who is away, and what is booked.

A constant number of queries, however many people and appointments there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from accounts.models import User
from core.business_hours import BusinessHours, Interval
from core.business_hours.instants import first_shown, instant_of
from tickets.domain.scheduling import (
    LONGEST,
    Conflict,
    ConflictKind,
    Taken,
    clashing,
    common,
    conflicts_of,
    first_room,
)
from tickets.domain.stretches import seconds_of
from tickets.models import Appointment, Leave
from tickets.queries.working_hours import hours_of_people

ONE_DAY = timedelta(days=1)
SECONDS_PER_MINUTE = 60
Row = TypeVar("Row", Appointment, Leave)
WITH = ("ticket__client", "ticket__site", "technician")


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment as the calendar draws it, with what stands against it."""

    appointment: Appointment
    kinds: frozenset[ConflictKind]
    may_move: bool

    @property
    def overlaps(self) -> bool:
        """Whether the technician is booked twice at this time."""
        return ConflictKind.OVERLAP in self.kinds

    @property
    def is_on_leave(self) -> bool:
        """Whether the technician is away."""
        return ConflictKind.LEAVE in self.kinds

    @property
    def is_outside(self) -> bool:
        """Whether some of it is outside working hours."""
        return ConflictKind.OUTSIDE_HOURS in self.kinds


@dataclass(frozen=True, slots=True)
class LaneDay:
    """One day of one person."""

    day: date
    whole: Interval
    open_hours: tuple[Interval, ...]
    leave: tuple[Leave, ...]
    booked: tuple[Booked, ...]

    @property
    def open_minutes(self) -> int:
        """How long the person works on this day, leave taken off."""
        away = [cut for one in self.leave for each in self.open_hours if (cut := _cut(each, one))]
        return max(0, seconds_of(self.open_hours) - seconds_of(away)) // SECONDS_PER_MINUTE

    @property
    def booked_minutes(self) -> int:
        """How much of the day is booked."""
        cuts = (common(one.appointment.slot, self.whole) for one in self.booked)
        return seconds_of([one for one in cuts if one]) // SECONDS_PER_MINUTE

    @property
    def is_full(self) -> bool:
        """Whether more is booked than the person works."""
        return self.booked_minutes > self.open_minutes

    @property
    def has_anything(self) -> bool:
        """Whether there is something to read on this day."""
        return bool(self.booked or self.leave)


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's days."""

    person: User
    days: tuple[LaneDay, ...]
    may_plan: bool

    @property
    def has_anything(self) -> bool:
        """Whether there is something to read on one of the days."""
        return any(one.has_anything for one in self.days)


def day_of(day: date, zone: ZoneInfo) -> Interval:
    """Return a day from midnight to midnight of a place."""
    edges = (day, day + ONE_DAY)
    start, end = (first_shown(zone, datetime.combine(one, time(0))) for one in edges)
    return Interval(instant_of(start), instant_of(end))


def people_on_calendar(span: Interval) -> QuerySet[User]:
    """Return who is planned: those whose role it is, and those who are booked all the same."""
    may = Permission.objects.filter(
        content_type__app_label="tickets", codename="add_appointment", group__isnull=False
    )
    booked = Appointment.objects.standing().within(span.start, span.end).values("technician")
    by_role = Q(is_active=True, groups__permissions__in=may)
    found: QuerySet[User] = User.objects.filter(
        pk__in=User.objects.filter(by_role | Q(pk__in=booked)).values("pk")
    )
    return found


def lanes(user: User, days: Sequence[date], zone: ZoneInfo) -> tuple[Lane, ...]:
    """Return the calendar of some days in a row, person by person."""
    wholes = [day_of(day, zone) for day in days]
    span = Interval(wholes[0].start, wholes[-1].end)
    people = list(people_on_calendar(span))
    booked = _by_person(_booked(user, span), "technician_id")
    leave = _by_person(Leave.objects.within(span.start, span.end), "person_id")
    hours = hours_of_people([one.pk for one in people], {day.year for day in days})
    plans_all = user.has_perm("tickets.schedule_others")
    return tuple(
        _lane(
            person,
            list(zip(days, wholes, strict=True)),
            (booked[person.pk], leave[person.pk], hours[person.pk]),
            may_plan=plans_all or person.pk == user.pk,
        )
        for person in people
    )


def room_on(
    person: User, day: date, zone: ZoneInfo, length: timedelta, not_before: datetime
) -> datetime | None:
    """Return when so long a time of somebody's working hours on a day is free, if any is."""
    whole = day_of(day, zone)
    hours = hours_of_people([person.pk], {day.year})[person.pk]
    pieces = hours.split(whole.start, whole.end) if hours else ()
    rows: list[Appointment | Leave] = [
        *Appointment.objects.standing().filter(technician=person).within(whole.start, whole.end),
        *Leave.objects.filter(person=person).within(whole.start, whole.end),
    ]
    windows = [Interval(one.start, one.end) for one in pieces if one.is_open]
    return first_room(windows, [one.slot for one in rows], length, not_before)


def _lane(
    person: User,
    days: Sequence[tuple[date, Interval]],
    known: tuple[list[Appointment], list[Leave], BusinessHours | None],
    *,
    may_plan: bool,
) -> Lane:
    appointments, leave, hours = known
    twice = clashing([Taken(one.pk, one.slot) for one in appointments])
    away = [Taken(one.pk, one.slot) for one in leave]
    drawn = [
        Booked(
            one,
            _kinds(
                conflicts_of(one.slot, booked=(), leave=away, hours=hours), is_twice=one.pk in twice
            ),
            may_plan and not one.ticket.is_closed,
        )
        for one in appointments
    ]
    return Lane(
        person,
        tuple(_lane_day(day, whole, drawn, leave, hours) for day, whole in days),
        may_plan,
    )


def _lane_day(
    day: date,
    whole: Interval,
    drawn: Iterable[Booked],
    leave: Iterable[Leave],
    hours: BusinessHours | None,
) -> LaneDay:
    pieces = hours.split(whole.start, whole.end) if hours else ()
    return LaneDay(
        day=day,
        whole=whole,
        open_hours=tuple(Interval(one.start, one.end) for one in pieces if one.is_open),
        leave=tuple(one for one in leave if common(one.slot, whole)),
        booked=tuple(one for one in drawn if common(one.appointment.slot, whole)),
    )


def _kinds(found: Iterable[Conflict], *, is_twice: bool) -> frozenset[ConflictKind]:
    kinds = {one.kind for one in found}
    return frozenset(kinds | {ConflictKind.OVERLAP} if is_twice else kinds)


def _booked(user: User, span: Interval) -> QuerySet[Appointment]:
    """Return what is booked, with what reaches into it from the days beside."""
    rows = Appointment.objects.visible_to(user).standing()
    rows = rows.within(span.start - LONGEST, span.end + LONGEST)
    return rows.select_related(*WITH)


def _by_person(rows: Iterable[Row], key: str) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _cut(one: Interval, leave: Leave) -> Interval | None:
    return common(one, leave.slot)
