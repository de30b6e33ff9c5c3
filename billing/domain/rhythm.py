"""The rhythm of a line: which days are billed together, from when on they are due, what they weigh.

Periods are counted from the anchor, the n-th one clamped to the end of a shorter month, never from
the last one billed: anchored on the 31st they start on 31 Jan, 28 Feb, 31 Mar. Anchored on
1 January they are calendar months, quarters from January, half-years from January and July.

A cycle is what is billed together: as a rule one period. A piece of a period is weighed by its
days: what has accrued by its end less what had accrued by its start, so that the pieces of a
period add up to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from billing.domain.agreements import LineTerm, Rhythm
from billing.domain.terms import Proration, StubRule, Timing
from core.periods import Period, add_months, nth_period, number_holding

DAYS_OF_A_COUNTED_MONTH = 30


@dataclass(frozen=True, slots=True)
class Part:
    """The days of one period on which the line is served, in their order."""

    period: Period
    served: tuple[Period, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the line is served on every day of the period."""
        return self.served == (self.period,)


@dataclass(frozen=True, slots=True)
class Cycle:
    """What is billed together; its name is the first day of the period it is billed with.

    It has one part, or two where the piece before the first whole period is joined to that period.
    ``stub`` is set where it holds that piece, and says what the piece costs.
    """

    starts_on: date
    parts: tuple[Part, ...]
    stub: StubRule | None = None

    @property
    def served(self) -> Iterator[Period]:
        """The days on which the line is served."""
        return (days for part in self.parts for days in part.served)

    @property
    def days(self) -> Period:
        """The days from the first served one through the last."""
        return Period(self.parts[0].served[0].start, self.parts[-1].served[-1].end)

    @property
    def is_whole(self) -> bool:
        """Whether it is one period, served on all of its days."""
        return len(self.parts) == 1 and self.parts[0].is_whole


def cycles_of(line: LineTerm, until: date, since: date | None = None) -> Iterator[Cycle]:
    """Yield, in order, the cycles of the line whose periods start on the day or before it.

    Days on which the line is paused are not served; a cycle of nothing else does not exist. A
    one-time line has one cycle, its first day, which no pause takes away. Those named before
    ``since``, the first day of a period, are left out.
    """
    cycles = _cycles_of(line, until, since)
    yield from cycles if since is None else (one for one in cycles if one.starts_on >= since)


def _cycles_of(line: LineTerm, until: date, since: date | None) -> Iterator[Cycle]:
    owed, rhythm = line.owed, line.rhythm
    if not owed:
        return
    if not rhythm.months:
        yield _whole(Period.through(owed.start, owed.start))
        return
    anchor, months = rhythm.anchor, rhythm.months
    n = _n_holding(owed.start, rhythm)
    if _nth(anchor, n, months).start < owed.start:
        stub = _stub(line, n)
        if stub:
            yield stub
        n += 2 if rhythm.stub == StubRule.JOINED else 1
    n = max(n, _n_holding(since or owed.start, rhythm))
    while (cycle := _nth_cycle(anchor, n, months)).starts_on <= until:
        if cycle.starts_on >= owed.end:
            return
        if line.pauses or cycle.parts[0].period.end > owed.end:
            yield from _what_is_left(line, cycle)
        else:
            yield cycle
        n += 1


def due_on(cycle: Cycle, line: LineTerm) -> date:
    """Return the first day as of which the cycle is due.

    In advance: its first served day; where a piece is joined to the period after it, the first day
    of that period. In arrears: the day after its last day. Neither waits longer than for the end of
    the line: a final piece is due once the line has ended.
    """
    if line.rhythm.timing == Timing.ARREARS:
        return min(cycle.parts[-1].period.end, line.owed.end)
    first_day = cycle.parts[0].served[0].start
    return max(first_day, min(cycle.starts_on, line.owed.end))


def period_start_from(day: date, rhythm: Rhythm) -> date:
    """Return the first period start on the day or after it."""
    if not rhythm.months:
        return day
    n = _n_holding(day, rhythm)
    period = _nth(rhythm.anchor, n, rhythm.months)
    return period.start if period.start == day else period.end


def weight_of(period: Period, rhythm: Rhythm) -> int:
    """Return in how many days a whole period is divided: its own, or 30 for each month."""
    if rhythm.proration == Proration.ACTUAL_DAYS or not rhythm.months:
        return period.days
    return DAYS_OF_A_COUNTED_MONTH * rhythm.months


def weight_before(day: date, period: Period, rhythm: Rhythm) -> int:
    """Return how many of these days have passed when the day begins.

    Months of 30 days weigh the same, in a year as alone. The days of each are counted back from its
    end, and the first is what they leave: of a month of 31 days nothing, of February three.
    """
    if rhythm.proration == Proration.ACTUAL_DAYS or not rhythm.months:
        return (day - period.start).days
    number = number_holding(rhythm.anchor, day)
    month = nth_period(rhythm.anchor, number)
    months_before = number - number_holding(rhythm.anchor, period.start)
    left = (month.end - day).days if day > month.start else DAYS_OF_A_COUNTED_MONTH
    return DAYS_OF_A_COUNTED_MONTH * (months_before + 1) - left


def without(days: Period, pauses: Iterable[Period]) -> Sequence[Period]:
    """Return the days that lie in none of the pauses."""
    left = [days]
    for pause in filter(None, pauses):
        left = [rest for piece in left for rest in _around(piece, pause) if rest]
    return left


def _around(days: Period, pause: Period) -> tuple[Period, Period]:
    taken = pause.clip_to(days)
    return Period(days.start, taken.start), Period(max(taken.end, taken.start), days.end)


def _what_is_left(line: LineTerm, cycle: Cycle) -> Iterator[Cycle]:
    """Yield the cycle without the days on which the line is paused or over, if any are left."""
    parts = _parts(line, [part.period for part in cycle.parts])
    if parts:
        yield Cycle(cycle.starts_on, parts)


def _stub(line: LineTerm, n: int) -> Cycle | None:
    """Return the cycle of the piece before the first whole period.

    A joined one is named by the period it is joined to, so that it keeps its name where the line
    turns out to have ended before.
    """
    rhythm = line.rhythm
    period, following = (_nth(rhythm.anchor, i, rhythm.months) for i in (n, n + 1))
    if rhythm.stub == StubRule.JOINED:
        parts = _parts(line, (period, following))
        return Cycle(following.start, parts, rhythm.stub) if parts else None
    parts = _parts(line, (period,))
    return Cycle(period.start, parts, rhythm.stub) if parts else None


def _parts(line: LineTerm, periods: Iterable[Period]) -> tuple[Part, ...]:
    parts = (Part(period, _served(line, period)) for period in periods)
    return tuple(part for part in parts if part.served)


def _served(line: LineTerm, period: Period) -> tuple[Period, ...]:
    days = line.owed.clip_to(period)
    return tuple(without(days, line.pauses)) if days else ()


def _n_holding(day: date, rhythm: Rhythm) -> int:
    """Return which period from the anchor holds the day; before the anchor they are negative."""
    anchor = rhythm.anchor
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    n = months // rhythm.months
    return n if add_months(anchor, n * rhythm.months) <= day else n - 1


# Most lines share their anchor, so their calendars are made once.
_nth = lru_cache(maxsize=100_000)(nth_period)


@lru_cache(maxsize=100_000)
def _nth_cycle(anchor: date, n: int, months: int) -> Cycle:
    return _whole(_nth(anchor, n, months))


def _whole(period: Period) -> Cycle:
    return Cycle(period.start, (Part(period, (period,)),))
