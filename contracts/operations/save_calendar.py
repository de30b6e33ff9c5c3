"""Write a business calendar with its week."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction

from contracts.models import BusinessCalendar, CalendarWindow
from contracts.operations._calendar_versions import keep_versions


@transaction.atomic(durable=True)
def save_calendar(
    *,
    facts: Mapping[str, Any],
    week: Iterable[tuple[int, time, time]],
    now: datetime,
    calendar_id: int | None = None,
) -> BusinessCalendar:
    """Add a calendar or write it anew, with the open hours of each weekday.

    The firm's own calendar is the one named last: the other one no longer is. Clocks count by the
    new hours from now on.
    """
    if calendar_id is None:
        calendar = BusinessCalendar()
    else:
        calendar = BusinessCalendar.objects.select_for_update().get(pk=calendar_id)
    if facts.get("is_default"):
        others = BusinessCalendar.objects.filter(is_default=True)
        others.exclude(pk=calendar.pk or 0).update(is_default=False)
    for name, value in facts.items():
        setattr(calendar, name, value)
    calendar.save()
    calendar.windows.all().delete()
    CalendarWindow.objects.bulk_create(
        CalendarWindow(calendar=calendar, weekday=weekday, opens_at=opens, closes_at=closes)
        for weekday, opens, closes in week
    )
    keep_versions(now, calendar.pk)
    return calendar
