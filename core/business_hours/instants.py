"""Instants as whole seconds, and the clock on the wall of a place.

Seconds since 1970, because Python subtracts and compares two moments of one time zone by what the
clock on the wall shows, which is wrong in the nights of summer time.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """The instants from ``start`` up to, but without, ``end``."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if second_of(self.end) < second_of(self.start):
            raise ValueError(f"an interval cannot end ({self.end}) before it starts ({self.start})")

    @property
    def seconds(self) -> int:
        """How long it lasts in real time."""
        return second_of(self.end) - second_of(self.start)


@dataclass(frozen=True, slots=True)
class Piece(Interval):
    """A stretch of time that is wholly inside or outside of business hours."""

    is_open: bool
    is_holiday: bool


def second_of(instant: datetime) -> int:
    """Return the whole seconds since 1970 at the instant.

    :raises ValueError: it does not say in which time zone it is
    """
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} needs a time zone")
    return (instant - EPOCH) // SECOND


def instant_of(second: int) -> datetime:
    """Return the instant so many seconds after the start of 1970."""
    return EPOCH + timedelta(seconds=second)


def wall_clock(zone: ZoneInfo, second: int) -> datetime:
    """Return what the clock on the wall shows."""
    return instant_of(second).astimezone(zone).replace(tzinfo=None)


def first_shown(zone: ZoneInfo, shown: datetime) -> int:
    """Return when the clock on the wall first shows the time, or jumps over it."""
    first = shown.replace(tzinfo=zone, fold=0)
    second = second_of(first)
    if wall_clock(zone, second) == shown:
        return second
    # A time that never shows: read before the jump it would be this second, read after it an
    # earlier one, and the jump lies between.
    between = range(second_of(first.replace(fold=1)), second + 1)
    return between[bisect_left(between, shown, key=lambda moment: wall_clock(zone, moment))]
