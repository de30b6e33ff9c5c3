"""When the firm is at work, for what must not leave at night."""

from datetime import datetime, timedelta

from core.business_hours import BusinessHours, NeverDue
from tickets.queries.firm_hours import firm_hours

LONGEST_REST = timedelta(days=31)


def next_working_moment(now: datetime) -> datetime:
    """Return now where the firm is at work, else when it opens next.

    A firm without a calendar, or with one that never opens, is taken to be at work.
    """
    hours = _hours(now)
    if hours is None or hours.is_open(now):
        return now
    try:
        return hours.next_opening(now)
    except NeverDue:
        return now


def is_open(now: datetime) -> bool:
    """Whether the firm is at work; a firm without a calendar always is."""
    return next_working_moment(now) == now


def _hours(now: datetime) -> BusinessHours | None:
    return firm_hours({now.year - 1, now.year, (now + LONGEST_REST).year})
