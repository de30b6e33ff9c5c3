"""Late interest between businesses, as the French Code de commerce has it (L441-10, D441-5).

Interest of a day is what is open on that day, tax included, times the yearly rate in force on it,
over 365; also in a leap year. It runs from the day after the due day through the day on which the
money comes in, without a reminder. It is simple: interest bears none. Days are counted exactly.
What is claimed of an invoice is what it owes in all through a day, rounded once, less what was
claimed before: so claims in pieces come to the same as one claim, to the cent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.money import ZERO, round_money

DAYS_OF_A_YEAR = 365
PERCENT = 100
ONE_DAY = timedelta(days=1)


class RateMissing(Exception):
    """No rate is known for a day; ``day`` is the first such, ``kind`` says which rate."""

    def __init__(self, day: date, kind: str = "") -> None:
        super().__init__(f"no {kind} rate for {day}")
        self.day = day
        self.kind = kind


@dataclass(frozen=True, slots=True)
class DatedRate:
    """The yearly rate, in percent, from a day until the next one begins."""

    valid_from_on: date
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """How much less, or more, is open from a day on."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row, both included."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row on which the same was open at the same rate; both days included."""

    first_on: date
    last_on: date
    open: Decimal
    percent: Decimal

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last_on - self.first_on).days + 1

    @property
    def product(self) -> Decimal:
        """What is open times rate times days, which is exact; interest is the 36500th of it."""
        return self.open * self.percent * self.days


@dataclass(frozen=True, slots=True)
class Lateness:
    """An invoice as interest sees it: what of it is owed, and what came in on which day.

    ``owed`` is without what was credited or is disputed. ``paid`` counts from the day after it
    came in: the day itself is late as well.
    """

    due_on: date
    owed: Decimal
    paid: Sequence[Change] = ()

    @property
    def first_late_on(self) -> date:
        """The first day for which interest is owed."""
        return self.due_on + ONE_DAY

    def last_late_on(self, through: date) -> date:
        """Return the last day on which something was open, the day before the first for none."""
        left = self.owed
        if left <= 0:
            return self.due_on
        for one in sorted(self.paid, key=lambda one: one.day):
            left -= one.amount
            if left <= 0:
                return min(max(one.day, self.due_on), through)
        return through

    def changes(self) -> list[Change]:
        """Return what is open less from which day on."""
        return [Change(one.day + ONE_DAY, -one.amount) for one in self.paid]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was claimed of an invoice before: which days, and how much."""

    days: Sequence[Days] = ()
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Interest:
    """What can be claimed now: new days, and the amount; below nothing too much was claimed.

    ``amount`` holds what the new days come to and, rounded with it, what is known today of the
    days claimed before and was not then: money booked late, a credit note, a dispute.
    """

    stretches: tuple[Stretch, ...]
    amount: Decimal
    of_new_days: Decimal

    @property
    def correction(self) -> Decimal:
        """What of the amount is about days that were claimed before."""
        return self.amount - self.of_new_days


def stretches(
    total: Decimal,
    changes: Iterable[Change],
    rates: Sequence[DatedRate],
    first_on: date,
    last_on: date,
) -> list[Stretch]:
    """Return the days from the first through the last on which something was open, in pieces.

    :raises RateMissing: something was open on a day before the first rate
    """
    moved = list(changes)
    starts = {first_on, *(one.day for one in moved), *(one.valid_from_on for one in rates)}
    edges = sorted(day for day in starts if first_on <= day <= last_on)
    ends = [day - ONE_DAY for day in edges[1:]] + [last_on]
    found: list[Stretch] = []
    for start, end in zip(edges, ends, strict=True) if edges else ():
        left = total + sum((one.amount for one in moved if one.day <= start), ZERO)
        if left > 0:
            _lengthen(found, Stretch(start, end, left, rate_on(rates, start)))
    return found


def rate_on(rates: Sequence[DatedRate], day: date) -> Decimal:
    """Return the rate in force on a day.

    :raises RateMissing: none is known
    """
    known = [one for one in rates if one.valid_from_on <= day]
    if not known:
        raise RateMissing(day)
    return max(known, key=lambda one: one.valid_from_on).percent


def interest_of(pieces: Iterable[Stretch], currency: str = "EUR") -> Decimal:
    """Return the interest of the pieces together, rounded once."""
    product = sum((one.product for one in pieces), ZERO)
    return round_money(product / (PERCENT * DAYS_OF_A_YEAR), currency)


def claimable(
    late: Lateness,
    rates: Sequence[DatedRate],
    through: date,
    claimed: Claimed,
    currency: str = "EUR",
) -> Interest:
    """Return what can be claimed of an invoice through a day, besides what was claimed before.

    :raises RateMissing: no rate is known for one of the days
    """
    last = max([through, *(one.last_on for one in claimed.days)])
    every = stretches(late.owed, late.changes(), rates, late.first_late_on, last)
    new = [one for one in without(every, claimed.days) if one.first_on <= through]
    new = [_ended(one, through) for one in new]
    old = within(every, claimed.days)
    amount = interest_of([*old, *new], currency) - claimed.amount
    return Interest(tuple(new), amount, interest_of(new, currency))


def without(pieces: Iterable[Stretch], taken: Iterable[Days]) -> list[Stretch]:
    """Return what of the pieces lies on no day that was taken."""
    left = list(pieces)
    for days in taken:
        left = [part for one in left for part in _outside(one, days)]
    return left


def within(pieces: Iterable[Stretch], taken: Sequence[Days]) -> list[Stretch]:
    """Return what of the pieces lies on days that were taken."""
    found = []
    for one in pieces:
        for days in taken:
            first, last = max(one.first_on, days.first_on), min(one.last_on, days.last_on)
            if first <= last:
                found.append(Stretch(first, last, one.open, one.percent))
    return found


def _outside(one: Stretch, days: Days) -> list[Stretch]:
    before = min(one.last_on, days.first_on - ONE_DAY)
    after = max(one.first_on, days.last_on + ONE_DAY)
    spans = ((one.first_on, before), (after, one.last_on))
    if days.last_on < one.first_on or days.first_on > one.last_on:
        return [one]
    return [Stretch(a, b, one.open, one.percent) for a, b in spans if a <= b]


def _ended(one: Stretch, through: date) -> Stretch:
    return Stretch(one.first_on, min(one.last_on, through), one.open, one.percent)


def _lengthen(found: list[Stretch], one: Stretch) -> None:
    """Put a piece at the end; where nothing changes it makes the last one longer."""
    last = found[-1] if found else None
    is_same = last is not None and (last.open, last.percent) == (one.open, one.percent)
    if last and is_same and last.last_on + ONE_DAY == one.first_on:
        found[-1] = Stretch(last.first_on, one.last_on, one.open, one.percent)
    else:
        found.append(one)
