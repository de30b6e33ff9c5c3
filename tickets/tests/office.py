"""The hours in which people work in tests of the dispatch calendar."""

from datetime import time

from accounts.models import User
from contracts.models import BusinessCalendar, CalendarWindow
from tickets.models import WorkingHours

WORKDAYS = range(5)


def office(person: User | None = None, zone: str = "Europe/Paris") -> BusinessCalendar:
    """Open from 9 to 12 and from 13 to 17 on workdays: the firm's hours, or a person's own."""
    calendar = BusinessCalendar.objects.create(
        name=f"Office of {person or 'the firm'}", time_zone=zone, is_default=person is None
    )
    for weekday in WORKDAYS:
        for opens, closes in ((9, 12), (13, 17)):
            CalendarWindow.objects.create(
                calendar=calendar, weekday=weekday, opens_at=time(opens), closes_at=time(closes)
            )
    if person is not None:
        WorkingHours.objects.create(person=person, calendar=calendar)
    return calendar
