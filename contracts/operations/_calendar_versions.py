"""Keeping what calendars say, so that clocks go on being read by it; opens no transaction."""

from datetime import datetime
from typing import Any

from contracts.calendars import business_calendars
from contracts.domain.calendar_facts import facts_of, years_around
from contracts.events import tell_promises_changed
from contracts.models import BusinessCalendar, CalendarVersion
from core.business_hours import BusinessHours


def keep_versions(now: datetime, calendar_id: int | None = None) -> list[CalendarVersion]:
    """Keep a new version of each calendar that says something else than its last version."""
    rows = BusinessCalendar.objects.order_by("pk").select_for_update(no_key=True)
    locked = rows if calendar_id is None else rows.filter(pk=calendar_id)
    ids = [row.pk for row in locked]
    said = _Said()
    last = {one.calendar_id: one for one in _last_versions(ids)}
    new = [
        CalendarVersion(
            calendar_id=pk,
            number=last[pk].number + 1 if pk in last else 1,
            valid_from=now,
            facts=said.by(pk, now.year),
        )
        for pk in ids
        if pk not in last or _is_outdated(last[pk], said, now)
    ]
    if new:
        tell_promises_changed()
    return CalendarVersion.objects.bulk_create(new)


class _Said:
    """What all calendars say now about the years around another one."""

    def __init__(self) -> None:
        self._hours: dict[int, dict[int, BusinessHours]] = {}

    def by(self, calendar_id: int, year: int) -> dict[str, Any]:
        if year not in self._hours:
            self._hours[year] = business_calendars(years_around(year)).hours
        return facts_of(self._hours[year][calendar_id])


def _is_outdated(last: CalendarVersion, said: _Said, now: datetime) -> bool:
    """Whether the calendar has changed, or its last version knows too few years ahead.

    They are compared by the years that the version knows, so that New Year makes no new one.
    """
    year = last.valid_from.year
    return now.year + 1 not in years_around(year) or last.facts != said.by(last.calendar_id, year)


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
