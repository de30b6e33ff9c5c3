"""The days on which money moves between banks in euro: those of the TARGET system."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5


def is_bank_day(day: date) -> bool:
    """Whether the TARGET system is open: no weekend, none of its six holidays."""
    return day.weekday() < SATURDAY and day not in _closed(day.year)


def bank_day_from(day: date) -> date:
    """Return the day, or the next one on which banks move money."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


def bank_days_after(day: date, count: int) -> date:
    """Return the count-th bank day after a day."""
    for _ in range(count):
        day = bank_day_from(day + timedelta(days=1))
    return bank_day_from(day)


@lru_cache(maxsize=64)
def _closed(year: int) -> frozenset[date]:
    return frozenset(holidays.financial_holidays("ECB", years=year))
