"""A second way to reckon what a contract line costs: day by day, with fractions, slow and plain.

Written apart from the engine, so that a mistake there is not repeated here: a day that a month does
not have is looked for backwards, every single day is looked at, and nothing is rounded before the
end.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

from billing.domain.agreements import LineTerm, LineVersion, Rhythm
from billing.domain.terms import (
    ChangeEffect,
    Pricing,
    Proration,
    QuantityRule,
    StubRule,
    Timing,
)

ONE_DAY = timedelta(days=1)
Bounds = tuple[date, date]
Agreed = tuple[date, LineVersion]
CHANGEABLE = ("quantity", "unit_price", "included_quantity", "overage_price", "tiers")


def reckon(line: LineTerm, until: date) -> dict[date, Decimal]:
    """Return what the line costs by cycle, for periods that start on the day or before it."""
    costs: dict[date, Fraction] = defaultdict(Fraction)
    effects = [(_takes_effect(line, version), version) for version in line.versions]
    for start, end in _periods(line.rhythm, line.owed.start, until):
        days = [day for day in _days(start, end) if _is_served(line, day)]
        is_stub = start < line.owed.start
        if days:
            is_joined = is_stub and line.rhythm.stub == StubRule.JOINED
            agreed = [(day, _version(effects, day)) for day in days]
            costs[end if is_joined else start] += _cost(line, (start, end), agreed)
    return {name: to_cents(cost) for name, cost in costs.items()}


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one before it that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        with suppress(ValueError):
            return date(year, month + 1, number)
    raise AssertionError("every month has a first day")


def to_cents(exact: Fraction) -> Decimal:
    """Return the amount rounded half up."""
    return Decimal(floor(exact * 100 + Fraction(1, 2))) / 100


def _periods(rhythm: Rhythm, first: date, until: date) -> Iterator[Bounds]:
    """Yield the periods that end after the first day and start on the last one or before."""
    n = (first - rhythm.anchor).days // (31 * rhythm.months) - 40
    while True:
        start, end = (months_later(rhythm.anchor, rhythm.months * k) for k in (n, n + 1))
        if start > until:
            return
        if end > first:
            yield start, end
        n += 1


def _cost(line: LineTerm, bounds: Bounds, agreed: Sequence[Agreed]) -> Fraction:
    stub = line.rhythm.stub if bounds[0] < line.owed.start else None
    if stub == StubRule.FREE:
        return Fraction(0)
    quantities = [_quantity(line, version, day) for day, version in agreed]
    decided = _decided(line, quantities)
    cost = Fraction(0)
    for (day, version), own in zip(agreed, quantities, strict=True):
        share = _share(line.rhythm, bounds, day)
        if stub == StubRule.FULL and day == agreed[0][0]:
            share += sum(_share(line.rhythm, bounds, each) for each in _days(bounds[0], day))
        cost += share * _price(line.pricing, version, own if decided is None else decided)
    return cost


def _days(start: date, end: date) -> Iterator[date]:
    while start < end:
        yield start
        start += ONE_DAY


def _is_served(line: LineTerm, day: date) -> bool:
    is_paused = any(pause.start <= day < pause.end for pause in line.pauses)
    return line.owed.start <= day < line.owed.end and not is_paused


def _share(rhythm: Rhythm, bounds: Bounds, day: date) -> Fraction:
    """Return the part of a period that one day is worth."""
    start, end = bounds
    if rhythm.proration == Proration.ACTUAL_DAYS:
        return Fraction(1, (end - start).days)
    by_the_month = _periods(replace(rhythm, months=1), day, day)
    start, end = next(month for month in by_the_month if month[0] <= day < month[1])
    # each day is worth one of thirty, the first one what the others leave of them
    worth = 1 if day > start else max(30 - (end - start).days + 1, 0)
    return Fraction(worth, 30 * rhythm.months)


def _takes_effect(line: LineTerm, version: LineVersion) -> date:
    day = version.starts_on
    if version is line.versions[0] or version.effect == ChangeEffect.IMMEDIATE:
        return day
    around = _periods(line.rhythm, day - ONE_DAY, day + timedelta(days=400))
    return min(start for start, _ in around if start >= day)


def _version(effects: Sequence[Agreed], day: date) -> LineVersion:
    """Return what is agreed by the day: each change of each value that has taken effect."""
    first = effects[0][1]
    now = {name: getattr(first, name) for name in CHANGEABLE}
    for (_, before), (since, version) in pairwise(effects):
        for name in CHANGEABLE:
            value = getattr(version, name)
            if since <= day and value != getattr(before, name):
                now[name] = value
    return replace(first, **now)


def _quantity(line: LineTerm, version: LineVersion, day: date) -> Fraction:
    if line.counted is None:
        return Fraction(version.quantity)
    present = {unit.id for unit in line.counted if unit.days.start <= day < unit.days.end}
    return Fraction(len(present))


def _decided(line: LineTerm, quantities: Sequence[Fraction]) -> Fraction | None:
    """Return the quantity of the whole period, None where each day has its own."""
    if line.quantity_rule == QuantityRule.DAILY:
        return None
    if line.quantity_rule == QuantityRule.HIGH_WATER:
        return max(quantities)
    if line.quantity_rule == QuantityRule.SNAPSHOT and line.rhythm.timing == Timing.ARREARS:
        return quantities[-1]
    return quantities[0]


def _price(pricing: Pricing, version: LineVersion, quantity: Fraction) -> Fraction:
    if pricing == Pricing.PER_UNIT:
        return quantity * Fraction(version.unit_price)
    if pricing == Pricing.PACKAGE:
        beyond = max(Fraction(0), quantity - Fraction(version.included_quantity))
        return Fraction(version.unit_price) + beyond * Fraction(version.overage_price)
    limits = [Fraction(tier.up_to or 10**9) for tier in version.tiers]
    tiered = list(zip(limits, (Fraction(tier.unit_price) for tier in version.tiers), strict=True))
    if pricing == Pricing.VOLUME:
        return quantity * next(price for limit, price in tiered if quantity <= limit)
    cost, floor_of_tier = Fraction(0), Fraction(0)
    for limit, price in tiered:
        cost += max(Fraction(0), min(quantity, limit) - floor_of_tier) * price
        floor_of_tier = limit
    return cost
