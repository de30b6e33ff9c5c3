"""Who is at work at a moment."""

from collections.abc import Collection
from datetime import datetime, timedelta

from tickets.models import Leave
from tickets.queries.promises import firm_zone
from tickets.queries.working_hours import hours_of_people

INSTANT = timedelta(microseconds=1)


def people_at_work(person_ids: Collection[int], moment: datetime) -> set[int]:
    """Return those whose working hours the moment is in, and who are not on leave.

    Without a calendar people always work.
    """
    years = {moment.astimezone(firm_zone()).year}
    hours = hours_of_people(person_ids, years)
    leave = Leave.objects.within(moment, moment + INSTANT).filter(person__in=person_ids)
    away = set(leave.values_list("person_id", flat=True))
    return {pk for pk, own in hours.items() if own is None or own.is_open(moment)} - away
