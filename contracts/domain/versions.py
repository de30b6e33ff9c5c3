"""From which day a version of a line counts, and what is in force while one still waits."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from contracts.domain.price import Price
from core.periods import add_months, number_holding

Agreed = TypeVar("Agreed")


def period_start_from(day: date, anchor: date, months: int) -> date:
    """Return the first period start on the day or after it; what is billed once has no periods."""
    if not months:
        return day
    start = add_months(anchor, number_holding(anchor, day) // months * months)
    if start == day:
        return day
    return add_months(anchor, (number_holding(anchor, day) // months + 1) * months)


def in_force(values: Sequence[Agreed], counts_from: Sequence[date], day: date) -> Agreed:
    """Return the value of the last version that changed it and counts by the day.

    What a version leaves as the one before had it, it does not change: where seats are added at
    once while a new price still waits, the seats count and the price does not.
    """
    changes = [n for n, value in enumerate(values) if n == 0 or value != values[n - 1]]
    return values[max((n for n in changes if counts_from[n] <= day), default=0)]


def price_in_force(prices: Sequence[Price], counts_from: Sequence[date], day: date) -> Price:
    """Return the price of a day, each of its amounts as it counts by then."""

    def agreed(name: str) -> Any:  # noqa: ANN401  (an amount or tiers)
        return in_force([getattr(price, name) for price in prices], counts_from, day)

    return Price(
        unit_price=agreed("unit_price"),
        included_quantity=agreed("included_quantity"),
        overage_price=agreed("overage_price"),
        tiers=agreed("tiers"),
    )
