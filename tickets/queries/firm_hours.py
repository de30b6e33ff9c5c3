"""When the firm itself is at work."""

from collections.abc import Collection

from contracts.calendars import business_calendars
from core.business_hours import BusinessHours


def firm_hours(years: Collection[int]) -> BusinessHours | None:
    """Return the firm's own working hours; None where it has no calendar."""
    calendars = business_calendars(years)
    return calendars.hours.get(calendars.default_id or 0)
