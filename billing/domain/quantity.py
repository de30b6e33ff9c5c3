"""Which version and which quantity of a line counts on which days of a period.

Prices follow the versions day by day. Quantities do so only where the line counts daily; else one
day decides on the whole period: its first served day (next period, and snapshot in advance), its
last one (snapshot in arrears), or the day with the most (high water).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from billing.domain.agreements import Counted, LineTerm, LineVersion
from billing.domain.rhythm import Part
from billing.domain.terms import Hold, NotBillable, QuantityRule, Timing
from billing.domain.versions import Span
from core.periods import Period


@dataclass(frozen=True, slots=True)
class SteadyDays:
    """Days of a period with one version and one quantity; ``decided_on`` names the deciding day."""

    days: Period
    version: LineVersion
    quantity: Decimal
    decided_on: date | None = None


def steady_days_of(line: LineTerm, spans: Sequence[Span], part: Part) -> list[SteadyDays]:
    """Return the stretches of the period's served days, in their order.

    :raises NotBillable: no price is agreed for some of the days
    """
    first_day = part.served[0].start
    if not spans or spans[0][1].start > first_day:
        raise price_missing(line, first_day)
    daily = [
        stretch
        for served in part.served
        for version, days in spans
        for stretch in _daily(line, version, days.clip_to(served))
    ]
    if line.quantity_rule == QuantityRule.DAILY or (len(daily) == 1 and line.counted is None):
        return daily
    quantity, day = _decide(line, daily)
    return [replace(stretch, quantity=quantity, decided_on=day) for stretch in daily]


def price_missing(line: LineTerm, day: date) -> NotBillable:
    """Return the refusal to bill a line that has no price on the day."""
    return NotBillable(
        Hold.PRICE_MISSING,
        contract=line.contract.number,
        line=line.description,
        day=day.isoformat(),
    )


def _daily(line: LineTerm, version: LineVersion, days: Period) -> Iterator[SteadyDays]:
    if not days:
        return
    if line.counted is None:
        yield SteadyDays(days, version, version.quantity)
        return
    for same, number in _counts(line.counted, days):
        yield SteadyDays(same, version, number)


def _decide(line: LineTerm, daily: Sequence[SteadyDays]) -> tuple[Decimal, date]:
    if line.quantity_rule == QuantityRule.HIGH_WATER:
        most = max(daily, key=lambda stretch: stretch.quantity)
        return most.quantity, most.days.start
    if line.quantity_rule == QuantityRule.SNAPSHOT and line.rhythm.timing == Timing.ARREARS:
        return daily[-1].quantity, daily[-1].days.last_day
    return daily[0].quantity, daily[0].days.start


def _counts(counted: Iterable[Counted], days: Period) -> Iterator[tuple[Period, Decimal]]:
    """Yield stretches of days with the number of units that count on each of them."""
    changes: Counter[date] = Counter({days.start: 0, days.end: 0})
    for unit in counted:
        present = unit.days.clip_to(days)
        if present:
            changes[present.start] += 1
            changes[present.end] -= 1
    number = 0
    for start, end in pairwise(sorted(changes)):
        number += changes[start]
        yield Period(start, end), Decimal(number)
