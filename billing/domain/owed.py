"""What a cycle of a contract line costs, with the arithmetic.

A whole period costs exactly its price. Where the price or the quantity changes inside a period, or
the line is not served on all of its days, each slice costs its share of the period: what has
accrued by its end less what had accrued by its start, so that slices add up to the cent.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import lcm

from billing.domain.agreements import DatedPrice, LineTerm
from billing.domain.pricing import NOTHING, Steps, price_of, steps_of
from billing.domain.quantity import SteadyDays, price_missing, steady_days_of
from billing.domain.rhythm import Cycle, Part, weight_before, weight_of
from billing.domain.terms import StubRule
from billing.domain.versions import Span
from core.money import ZERO, round_money
from core.periods import Period


@dataclass(frozen=True, slots=True)
class Slice:
    """Days of a period at one price: they cost ``weight`` of ``whole`` shares of it.

    ``decided_on`` is the day whose quantity counts, where it is not each day's own.
    """

    days: Period
    steps: Steps
    weight: int
    whole: int
    decided_on: date | None = None
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Owed:
    """What a cycle of a line costs; ``price`` is what it would cost if its start were not free."""

    cycle: Cycle
    slices: Sequence[Slice]
    price: Decimal

    @property
    def is_free(self) -> bool:
        """Whether it is a piece before the first whole period that costs nothing."""
        return self.cycle.stub == StubRule.FREE

    @property
    def amount(self) -> Decimal:
        """What is owed."""
        return ZERO if self.is_free else self.price

    @property
    def is_unchanged(self) -> bool:
        """Whether it is one whole period at one price."""
        return self.cycle.is_whole and len(self.slices) == 1


def owed_for(line: LineTerm, spans: Sequence[Span], cycle: Cycle, currency: str) -> Owed:
    """Return what the cycle costs.

    :raises NotBillable: no price is agreed for some of the days
    """
    slices = [slice_ for part in cycle.parts for slice_ in _slices_of(line, spans, part)]
    if cycle.stub == StubRule.FULL:
        slices[0] = _from_the_start(slices[0], cycle.parts[0], line)
    priced = list(_accrue(slices, currency))
    return Owed(cycle, priced, sum((slice_.amount for slice_ in priced), ZERO))


def whole_prices(line: LineTerm, spans: Sequence[Span], currency: str) -> list[DatedPrice]:
    """Return what a whole period costs while a version lasts; nothing where units are counted."""
    if line.counted is not None:
        return []
    steps = ((days, steps_of(line.pricing, version, version.quantity)) for version, days in spans)
    return [DatedPrice(days, round_money(price_of(each), currency)) for days, each in steps if each]


def costs_exactly(cycle: Cycle, amount: Decimal, prices: Iterable[DatedPrice]) -> bool:
    """Whether the cycle is a whole period at one of these prices, and that is the amount.

    Most of what has been billed is, and need not be worked out again.
    """
    if not cycle.is_whole or cycle.stub:
        return False
    period = cycle.parts[0].period
    return any(
        price.price == amount
        for price in prices
        if price.period.start <= period.start and period.end <= price.period.end
    )


def nothing_owed(starts_on: date, days: Period) -> Owed:
    """Return that nothing is owed for days that the line is not billed for any more."""
    return Owed(Cycle(starts_on, (Part(days, (days,)),)), (), ZERO)


def _slices_of(line: LineTerm, spans: Sequence[Span], part: Part) -> Iterator[Slice]:
    whole = weight_of(part.period, line.rhythm)
    for stretch, steps in _merged(line, steady_days_of(line, spans, part)):
        before, after = (
            weight_before(day, part.period, line.rhythm)
            for day in (stretch.days.start, stretch.days.end)
        )
        yield Slice(stretch.days, steps, after - before, whole, stretch.decided_on)


def _merged(line: LineTerm, stretches: Iterable[SteadyDays]) -> list[tuple[SteadyDays, Steps]]:
    """Return the stretches with their prices, adjoining ones of the same price as one."""
    merged: list[tuple[SteadyDays, Steps]] = []
    for stretch in stretches:
        steps = steps_of(line.pricing, stretch.version, stretch.quantity)
        if not steps:
            raise price_missing(line, stretch.days.start)
        if merged and merged[-1][1] == steps and merged[-1][0].days.end == stretch.days.start:
            last = merged.pop()[0]
            stretch = replace(stretch, days=Period(last.days.start, stretch.days.end))  # noqa: PLW2901  (the stretch grows)
        merged.append((stretch, steps))
    return merged


def _from_the_start(first: Slice, part: Part, line: LineTerm) -> Slice:
    """Return the slice as if its period had been served from its first day on."""
    return replace(first, weight=weight_before(first.days.end, part.period, line.rhythm))


def _accrue(slices: Sequence[Slice], currency: str) -> Iterator[Slice]:
    """Yield the slices with their amounts: rounded is what has accrued, not each slice."""
    whole = lcm(*(slice_.whole for slice_ in slices))
    accrued, amount = NOTHING, ZERO
    for slice_ in slices:
        accrued += price_of(slice_.steps) * slice_.weight * (whole // slice_.whole)
        until_now = round_money(accrued / whole, currency)
        yield replace(slice_, amount=until_now - amount)
        amount = until_now
