"""The days that wait to be approved, with what one must know before doing so."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from core.business_hours import BusinessHours
from tickets.domain.day_sheet import overlapping
from tickets.domain.stretches import seconds_of
from tickets.models import TimeEntry, TimesheetDay
from tickets.queries.working_hours import hours_of_people

LONGEST_QUEUE = 300


@dataclass(frozen=True, slots=True)
class WaitingDay:
    """A day that was handed in, with its figures."""

    row: TimesheetDay
    worked_minutes: int
    billable_minutes: int
    target_minutes: int
    count: int
    has_overlaps: bool


def waiting_days(rows: Sequence[TimesheetDay]) -> list[WaitingDay]:
    """Return the figures of days that were handed in; a constant number of queries."""
    hours = hours_of_people({row.person_id for row in rows}, {row.day.year for row in rows})
    entries = _entries({(row.person_id, row.day) for row in rows})
    return [_waiting(row, entries[row.person_id, row.day], hours[row.person_id]) for row in rows]


def _entries(days: Collection[tuple[int, date]]) -> dict[tuple[int, date], list[TimeEntry]]:
    found: dict[tuple[int, date], list[TimeEntry]] = defaultdict(list)
    people = {person for person, _day in days}
    wanted: dict[str, Any] = {
        "technician__in": people,
        "worked_on__in": {day for _person, day in days},
    }
    for entry in TimeEntry.objects.filter(Q(**wanted)):
        found[entry.technician_id, entry.worked_on].append(entry)
    return found


def _waiting(
    row: TimesheetDay, entries: list[TimeEntry], hours: BusinessHours | None
) -> WaitingDay:
    return WaitingDay(
        row=row,
        worked_minutes=sum(entry.minutes for entry in entries),
        billable_minutes=sum(entry.minutes for entry in entries if entry.is_billable),
        target_minutes=seconds_of(hours.opens(row.day)) // 60 if hours else 0,
        count=len(entries),
        has_overlaps=bool(overlapping({entry.pk: entry.stretches for entry in entries})),
    )
