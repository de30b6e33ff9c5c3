"""Prices that rise by agreement: by a percentage, or with a published index.

An index step always starts from the base: new price = base price x value / base value. Taking the
cumulative change on a price that was already raised is the classic mistake. A percentage compounds
on the price before unless the clause says otherwise. Each step is rounded half up by itself, so the
price of a year can be read from the year before it; an index step is not fed back, so its rounding
never adds up. Cap and floor limit the change of one step against the price before it, in percent.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.periods import add_months

HUNDRED = Decimal(100)


class Limit(StrEnum):
    """Which limit of the clause a step met."""

    NONE = ""
    CAP = "cap"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Clause:
    """How prices rise. With ``percent`` by that much; else with an index from ``base_value``.

    Steps are on ``first_on`` and every ``every_months`` after it, through ``last_day_on``; an index
    step takes the value of the month ``lag_months`` before its own.
    """

    first_on: date
    every_months: int = 12
    last_day_on: date | None = None
    percent: Decimal | None = None
    is_compound: bool = True
    base_value: Decimal | None = None
    lag_months: int = 0
    cap_percent: Decimal | None = None
    floor_percent: Decimal | None = None
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One price after one step, with the limit it met."""

    old_price: Decimal
    new_price: Decimal
    limit: Limit = Limit.NONE


def steps_through(clause: Clause, until: date) -> list[date]:
    """Return the days of the clause's steps up to and including ``until``.

    Counted from the first one, so that a step on the 31st or on 29 February never drifts.
    """
    last = until if clause.last_day_on is None else min(until, clause.last_day_on)
    days: list[date] = []
    day = clause.first_on
    while day <= last:
        days.append(day)
        if _month_number(clause.first_on) + len(days) * clause.every_months > _LAST_MONTH:
            break
        day = add_months(clause.first_on, len(days) * clause.every_months)
    return days


def _month_number(day: date) -> int:
    return day.year * 12 + day.month


_LAST_MONTH = _month_number(date.max)


def index_month(clause: Clause, effective_on: date) -> date:
    """Return the first day of the month whose index value a step takes."""
    return add_months(effective_on.replace(day=1), -clause.lag_months)


def raise_price(
    clause: Clause, *, base_price: Decimal, price: Decimal, value: Decimal | None = None
) -> Step:
    """Return the price after one step.

    ``base_price`` is the price before the clause's first step, ``price`` the one before this step,
    ``value`` the index of this step's month.

    :raises ValueError: the clause follows an index and no value, or no base value, is given
    """
    wanted = _unlimited(clause, base_price, price, value)
    limited, limit = _limited(clause, price, wanted)
    return Step(price, _rounded(limited, clause.decimals), limit)


def _unlimited(
    clause: Clause, base_price: Decimal, price: Decimal, value: Decimal | None
) -> Decimal:
    if clause.percent is not None:
        by = clause.percent / HUNDRED
        return price * (1 + by) if clause.is_compound else price + base_price * by
    if value is None or not clause.base_value:
        raise ValueError("an index step needs the value of its month and the base value")
    return base_price * value / clause.base_value


def _limited(clause: Clause, price: Decimal, wanted: Decimal) -> tuple[Decimal, Limit]:
    if clause.cap_percent is not None:
        most = price * (1 + clause.cap_percent / HUNDRED)
        if wanted > most:
            return most, Limit.CAP
    if clause.floor_percent is not None:
        least = price * (1 + clause.floor_percent / HUNDRED)
        if wanted < least:
            return least, Limit.FLOOR
    return wanted, Limit.NONE


def _rounded(amount: Decimal, decimals: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
