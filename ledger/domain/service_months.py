"""Revenue belongs to the months in which the service is given, by their days."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from core.money import split_by_weight


class MonthPart(NamedTuple):
    """The part of an amount that belongs to a month, named by its first day."""

    month: date
    amount: Decimal


def month_of(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def last_day_of(month: date) -> date:
    """Return the last day of the month that begins on this day."""
    return _next(month) - timedelta(days=1)


def parts_by_month(
    amount: Decimal, first: date, last: date, currency: str = "EUR"
) -> list[MonthPart]:
    """Split an amount over the months of a service period by days; the parts add up to it.

    What rounding leaves goes to the largest remainders. An amount below nothing is split as its
    opposite, so that a credit note takes back exactly what its invoice gave.
    """
    if last < first:
        raise ValueError("a service period ends after it starts")
    months, days = [], []
    month = month_of(first)
    while month <= last:
        following = _next(month)
        start, end = max(first, month), min(last + timedelta(days=1), following)
        months.append(month)
        days.append(Decimal((end - start).days))
        month = following
    sign = -1 if amount < 0 else 1
    shares = split_by_weight(abs(amount), days, currency)
    return [MonthPart(*pair) for pair in zip(months, (sign * s for s in shares), strict=True)]


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
