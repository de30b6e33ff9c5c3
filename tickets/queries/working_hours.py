"""When people work: by a calendar of their own, else by the firm's."""

from collections.abc import Collection

from accounts.models import User
from contracts.calendars import business_calendars
from core.business_hours import BusinessHours
from tickets.models import WorkingHours


def hours_of(person: User, years: Collection[int]) -> BusinessHours | None:
    """Return the hours in which a person works; None where the firm has no calendar."""
    return hours_of_people([person.pk], years)[person.pk]


def hours_of_people(
    person_ids: Collection[int], years: Collection[int]
) -> dict[int, BusinessHours | None]:
    """Return the hours of several people; a constant number of queries."""
    calendars = business_calendars(years)
    own = dict(
        WorkingHours.objects.filter(person__in=person_ids).values_list("person_id", "calendar_id")
    )
    return {pk: calendars.hours.get(own.get(pk, calendars.default_id or 0)) for pk in person_ids}
