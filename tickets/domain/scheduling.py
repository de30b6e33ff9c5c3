"""What stands against an appointment, and where a day has room for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.business_hours import BusinessHours, Interval

LONGEST = timedelta(hours=24)
STEP = timedelta(minutes=15)


class ConflictKind(StrEnum):
    """What an appointment is at odds with."""

    OVERLAP = "overlap"
    LEAVE = "leave"
    OUTSIDE_HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Booking:
    """Who is to work from when to when.

    ``accepted`` names the conflicts that the person who books has seen and books in spite of.
    """

    technician_id: int
    starts_at: datetime
    ends_at: datetime
    note: str = ""
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that is taken already: by an appointment or by leave."""

    pk: int
    slot: Interval


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that stands against an appointment, and from when to when it does.

    ``key`` names it, so that who accepts it has seen this one and no other.
    """

    kind: ConflictKind
    slot: Interval
    pk: int | None = None

    @property
    def key(self) -> str:
        """The name by which it is accepted."""
        return self.kind.value if self.pk is None else f"{self.kind.value}:{self.pk}"


def conflicts_of(
    slot: Interval,
    *,
    booked: Iterable[Taken],
    leave: Iterable[Taken],
    hours: BusinessHours | None,
) -> tuple[Conflict, ...]:
    """Return all that stands against an appointment: other ones, leave, closed hours.

    Where nobody has written down any hours, none is outside of them.
    """
    against = [_against(ConflictKind.OVERLAP, slot, one) for one in booked]
    against += [_against(ConflictKind.LEAVE, slot, one) for one in leave]
    return (*(one for one in against if one is not None), *_outside(slot, hours))


def common(one: Interval, other: Interval) -> Interval | None:
    """Return the time that two have in common; touching is not overlapping."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Interval(start, end) if start < end else None


def clashing(taken: Sequence[Taken]) -> set[int]:
    """Return which of somebody's appointments are at the same time as another one."""
    found: set[int] = set()
    longest: Taken | None = None
    for one in sorted(taken, key=lambda each: (each.slot.start, each.pk)):
        if longest is not None and one.slot.start < longest.slot.end:
            found |= {one.pk, longest.pk}
        if longest is None or one.slot.end > longest.slot.end:
            longest = one
    return found


def first_room(
    windows: Sequence[Interval], taken: Iterable[Interval], length: timedelta, not_before: datetime
) -> datetime | None:
    """Return the first quarter of an hour at which so long a time is free within the windows."""
    busy = sorted(taken, key=lambda one: one.start)
    for window in windows:
        start = rounded_up(max(window.start, not_before))
        for one in busy:
            if start + length <= one.start:
                break
            if one.end > start:
                start = rounded_up(one.end)
        if start + length <= window.end:
            return start
    return None


def rounded_up(moment: datetime) -> datetime:
    """Return the next full quarter of an hour."""
    over = timedelta(
        minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment + (STEP - over if over else over)


def whole_hours(
    day: Interval, shown: Iterable[Interval], usual: tuple[int, int] = (8, 18)
) -> Interval:
    """Return the hours of a day that a calendar shows: the usual ones, and all that is in it.

    Hours are counted from midnight in real time, so the day of 23 hours has 23 and that of 25 all
    of them.
    """
    first, last = (day.start + timedelta(hours=hour) for hour in usual)
    inside = [one for one in (common(day, each) for each in shown) if one is not None]
    start = min([first, *(one.start for one in inside)])
    end = min(max([last, *(one.end for one in inside)]), day.end)
    hour = timedelta(hours=1)
    return Interval(
        day.start + (start - day.start) // hour * hour,
        day.start + -(-(end - day.start) // hour) * hour,
    )


def place_of(slot: Interval, shown: Interval) -> tuple[int, int] | None:
    """Return at which quarter of the shown hours a time begins, from 1 on, and how many it takes.

    A begun quarter counts whole, and what is outside of the shown hours is cut off.
    """
    seen = common(slot, shown)
    if seen is None:
        return None
    first = (seen.start - shown.start) // STEP
    last = -(-(seen.end - shown.start) // STEP)
    return first + 1, last - first


def _against(kind: ConflictKind, slot: Interval, other: Taken) -> Conflict | None:
    both = common(slot, other.slot)
    return None if both is None else Conflict(kind, both, other.pk)


def _outside(slot: Interval, hours: BusinessHours | None) -> list[Conflict]:
    pieces = hours.split(slot.start, slot.end) if hours else ()
    closed = [Interval(one.start, one.end) for one in pieces if not one.is_open]
    return [Conflict(ConflictKind.OUTSIDE_HOURS, one) for one in closed]
