"""Periods of days: half-open, so that adjoining periods neither overlap nor leave a gap."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FOREVER = date.max


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``start`` up to, but without, ``end``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def through(cls, start: date, last_day: date | None) -> "Period":
        """Return the period from ``start`` through ``last_day``, open when that is None.

        The last day of the calendar, which people type for "never", is no end either.
        """
        if last_day is None or last_day == FOREVER:
            return cls(start, FOREVER)
        return cls(start, last_day + timedelta(days=1))

    @property
    def days(self) -> int:
        """The number of days in the period."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period, as people write it."""
        return self.end - timedelta(days=1)

    def __bool__(self) -> bool:
        return self.start < self.end

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def clip_to(self, other: "Period") -> "Period":
        """Return the days that both periods share, an empty period where there are none."""
        start = min(max(self.start, other.start), other.end)
        return Period(start, max(start, min(self.end, other.end)))


def add_months(day: date, months: int) -> date:
    """Return the day ``months`` later, clamped to the end of a shorter month.

    Counted from one anchor it never drifts: 31 Jan, 28 Feb, 31 Mar.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def nth_period(anchor: date, n: int, months: int = 1) -> Period:
    """Return the n-th period (from 0) of ``months`` months, counted from the anchor."""
    return Period(add_months(anchor, n * months), add_months(anchor, (n + 1) * months))


def number_holding(anchor: date, day: date) -> int:
    """Return which month holds the day, counted from the one that starts on the anchor (0)."""
    number = (day.year - anchor.year) * 12 + day.month - anchor.month
    return number if add_months(anchor, number) <= day else number - 1


def month_of(day: date) -> Period:
    """Return the calendar month that holds the day."""
    return nth_period(day.replace(day=1), 0)


def months_from(day: date) -> Iterator[Period]:
    """Yield calendar months without end, beginning with the one that holds the day."""
    anchor = day.replace(day=1)
    n = 0
    while True:
        yield nth_period(anchor, n)
        n += 1
