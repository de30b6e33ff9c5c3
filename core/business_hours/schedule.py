"""A schedule of business hours and what can be asked of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from zoneinfo import ZoneInfo

from core.business_hours.instants import (
    Interval,
    Piece,
    first_shown,
    instant_of,
    second_of,
    wall_clock,
)
from core.business_hours.local_day import LocalDay, Span, clipped, joined

ONE_DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 7
LONGEST_SEARCH = timedelta(days=36_525)  # a hundred years
LAST_DAY = date.max - 2 * ONE_DAY


class NeverDue(Exception):
    """The business hours do not open for long enough, so no due time can be told."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Opening hours by the clock on the wall; closing no later than opening is the next day.

    So 22:00 to 06:00 is a night shift, 09:00 to 00:00 ends at midnight, and 00:00 to 00:00 is the
    whole day.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if any(edge.tzinfo or edge.microsecond for edge in (self.opens, self.closes)):
            raise ValueError("opening hours are whole seconds by the clock of their schedule")

    @property
    def is_overnight(self) -> bool:
        """Whether it closes on the day after it opens."""
        return self.closes <= self.opens


ALL_DAY = Window(time(0), time(0))
Windows = tuple[Window, ...]
Week = tuple[Windows, ...]


@dataclass(frozen=True, slots=True)
class DatedHours:
    """The hours of one day that differ from its week's; none at all means closed."""

    day: date
    windows: Windows = ()


@dataclass(frozen=True)
class BusinessHours:
    """When a firm is at work: a week from Monday on, days that differ, and holidays, in one zone.

    The same value answers fastest when it is kept: it remembers the days that it has worked out.
    """

    zone: ZoneInfo
    week: Week
    dated: tuple[DatedHours, ...] = ()
    holidays: frozenset[date] = frozenset()
    _known: dict[date, LocalDay] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_OF_A_WEEK:
            raise ValueError("a week has seven days, from Monday to Sunday")
        if len(self._windows_by_day) != len(self.dated):
            raise ValueError("a day can have only one set of hours of its own")

    @classmethod
    def around_the_clock(cls, zone: ZoneInfo) -> "BusinessHours":
        """Return hours that are always open, on holidays too."""
        return cls(zone, ((ALL_DAY,),) * DAYS_OF_A_WEEK)

    def opens(self, day: date) -> tuple[Interval, ...]:
        """Return the intervals of the local day, midnight to midnight, that are open."""
        spans = self._day(day).spans
        return tuple(Interval(instant_of(start), instant_of(end)) for start, end in spans)

    def is_open(self, instant: datetime) -> bool:
        """Whether the instant is within business hours; the closing edge no longer is."""
        second = second_of(instant)
        return self._open_between(second, second + 1) > 0

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Return the seconds of business time from start to end.

        :raises ValueError: the end is before the start, or either has no time zone
        """
        between = Interval(start, end)
        return self._open_between(second_of(between.start), second_of(between.end))

    def due(self, start: datetime, seconds: int) -> datetime:
        """Return the first instant by which so many seconds of business time have passed.

        None at all are over at once: the start itself, open or not. What uses a window up to its
        last second is due as it closes, not when the next one opens.

        :raises NeverDue: the hours do not open for so long within a hundred years
        :raises ValueError: the seconds are negative, or the start has no time zone
        """
        if seconds < 0:
            raise ValueError("business time cannot be negative")
        first = second_of(start)
        if seconds == 0:
            return start.astimezone(UTC)
        left = seconds
        for day in self._days(first, self._end_of_search(first)):
            open_here = day.open_between(first, day.end)
            if left <= open_here:
                return instant_of(day.after(first, left))
            left -= open_here
        raise NeverDue(f"the business hours do not open for {seconds} s from {start} on")

    def next_opening(self, instant: datetime) -> datetime:
        """Return the first instant from this one on that is within business hours.

        :raises NeverDue: there is none within a hundred years
        """
        opening = second_of(self.due(instant, 1)) - 1
        return self.due(instant, 0) if opening == second_of(instant) else instant_of(opening)

    def split(self, start: datetime, end: datetime) -> tuple[Piece, ...]:
        """Return the time from start to end, cut where business hours or holidays begin or end.

        The pieces follow one another without a gap, and no two neighbours are alike. A piece on a
        holiday is open where the firm gave that day hours of its own.

        :raises ValueError: the end is before the start, or either has no time zone
        """
        between = Interval(start, end)
        stretches = self._cut(second_of(between.start), second_of(between.end))
        pieces = []
        for (is_open, is_holiday), alike in groupby(stretches, key=lambda stretch: stretch[1]):
            spans = [span for span, _kind in alike]
            first, last = instant_of(spans[0][0]), instant_of(spans[-1][1])
            pieces.append(Piece(first, last, is_open, is_holiday))
        return tuple(pieces)

    def _cut(self, first: int, last: int) -> Iterator[tuple[Span, tuple[bool, bool]]]:
        for day in self._days(first, last):
            for span, is_open in day.cut(first, last):
                yield span, (is_open, day.is_holiday)

    def _open_between(self, first: int, last: int) -> int:
        return sum(day.open_between(first, last) for day in self._days(first, last))

    def _days(self, first: int, last: int) -> Iterator[LocalDay]:
        day = self._day(wall_clock(self.zone, first).date())
        while day.start < last:
            yield day
            day = self._day(day.date + ONE_DAY)

    def _end_of_search(self, first: int) -> int:
        """Return the second after which nothing opens, or nobody waits any longer."""
        day = wall_clock(self.zone, first).date()
        if any(self.week):
            end = min(day, LAST_DAY - LONGEST_SEARCH) + LONGEST_SEARCH
        else:
            opening = [dated.day for dated in self.dated if dated.windows]
            end = min(max(opening, default=day), LAST_DAY) + 2 * ONE_DAY
        return self._midnight(end)

    def _day(self, day: date) -> LocalDay:
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._worked_out(day)
        return known

    def _worked_out(self, day: date) -> LocalDay:
        start, end = self._midnight(day), self._midnight(day + ONE_DAY)
        spans = () if self._is_closed(day) else tuple(joined(clipped(self._spans(day), start, end)))
        open_seconds = sum(closes - opens for opens, closes in spans)
        return LocalDay(day, start, end, spans, open_seconds, day in self.holidays)

    def _spans(self, day: date) -> Iterator[Span]:
        for opening in (day - ONE_DAY, day):
            for window in self._windows(opening):
                closing = opening + ONE_DAY if window.is_overnight else opening
                yield self._second(opening, window.opens), self._second(closing, window.closes)

    def _windows(self, day: date) -> Windows:
        if day in self._windows_by_day:
            return self._windows_by_day[day]
        return () if day in self.holidays else self.week[day.weekday()]

    def _is_closed(self, day: date) -> bool:
        is_named = day in self._windows_by_day or day in self.holidays
        return is_named and not self._windows(day)

    @cached_property
    def _windows_by_day(self) -> Mapping[date, Windows]:
        return {dated.day: dated.windows for dated in self.dated}

    def _midnight(self, day: date) -> int:
        return self._second(day, time(0))

    def _second(self, day: date, shown: time) -> int:
        return first_shown(self.zone, datetime.combine(day, shown))
