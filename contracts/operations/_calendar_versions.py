"""Keeping what calendars say, so that clocks go on being read by it; opens no transaction."""

from datetime import datetime

from contracts.calendars import business_calendars
from contracts.domain.calendar_facts import facts_of, years_around
from contracts.events import tell_promises_changed
from contracts.models import BusinessCalendar, CalendarVersion


def keep_versions(now: datetime, calendar_id: int | None = None) -> list[CalendarVersion]:
    """Keep a new version of each calendar that says something else than its last version."""
    rows = BusinessCalendar.objects.order_by("pk").select_for_update(no_key=True)
    locked = rows if calendar_id is None else rows.filter(pk=calendar_id)
    ids = [row.pk for row in locked]
    hours = business_calendars(years_around(now.year)).hours
    last = {one.calendar_id: one for one in _last_versions(ids)}
    new = [
        CalendarVersion(
            calendar_id=pk,
            number=last[pk].number + 1 if pk in last else 1,
            valid_from=now,
            facts=facts_of(hours[pk]),
        )
        for pk in ids
        if pk not in last or last[pk].facts != facts_of(hours[pk])
    ]
    if new:
        tell_promises_changed()
    return CalendarVersion.objects.bulk_create(new)


def version_at(calendar_id: int, now: datetime) -> CalendarVersion:
    """Return the version of a calendar that is valid now, kept now if there is none yet."""
    versions = CalendarVersion.objects.filter(calendar=calendar_id).order_by("-number")
    found = versions.first()
    if found is None:
        keep_versions(now, calendar_id)
        found = versions.get()
    return found


def _last_versions(ids: list[int]) -> list[CalendarVersion]:
    versions = CalendarVersion.objects.filter(calendar__in=ids)
    return list(versions.order_by("calendar_id", "-number").distinct("calendar_id"))
