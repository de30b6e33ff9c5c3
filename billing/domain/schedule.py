"""On which days which clients are billed, and which of these days are due."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from core.periods import month_of

ONE_DAY = timedelta(days=1)


def days_billed_on(day: date) -> range:
    """Return the billing days that fall on a day: on the last of a month all later ones too."""
    if day + ONE_DAY == month_of(day).end:
        return range(day.day, 32)
    return range(day.day, day.day + 1)


def due_through(now: datetime, hour: int) -> date:
    """Return the last day that is due: today from the hour on, before it yesterday."""
    return now.date() if now.hour >= hour else now.date() - ONE_DAY


def days_between(done: date, through: date) -> Iterator[date]:
    """Yield the days after ``done`` up to and including ``through``."""
    day = done + ONE_DAY
    while day <= through:
        yield day
        day += ONE_DAY
