"""Business calendars as values that can be asked when the firm is at work."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from contracts.models import BusinessCalendar, CalendarDay, CalendarWindow
from core.business_hours import BusinessHours, DatedHours, Window
from core.holiday_calendar import HolidayCalendar, is_known

WEEKDAYS = range(7)


@dataclass(frozen=True, slots=True)
class Calendars:
    """The business hours of every calendar, and which one is the firm's own.

    ``unknown`` names the calendars whose country or region nobody knows: they have the hours and
    days that are written down, but no public holidays.
    """

    hours: dict[int, BusinessHours]
    default_id: int | None
    unknown: Mapping[int, str] = field(default_factory=dict)


def business_calendars(years: Collection[int]) -> Calendars:
    """Return all calendars with the holidays of these years; three queries.

    A day that the firm has written down follows what is written there: it is a holiday only where
    that says so, whatever the country keeps.
    """
    windows = _windows()
    days = _days()
    rows = list(BusinessCalendar.objects.all())
    unknown = {row.pk: row.name for row in rows if not is_known(row.country, row.region)}
    hours = {
        row.pk: _hours_of(
            row, windows[row.pk], days[row.pk], years, has_public=row.pk not in unknown
        )
        for row in rows
    }
    return Calendars(hours, next((row.pk for row in rows if row.is_default), None), unknown)


def _windows() -> dict[int, dict[int, list[Window]]]:
    found: dict[int, dict[int, list[Window]]] = defaultdict(lambda: defaultdict(list))
    for row in CalendarWindow.objects.order_by("opens_at"):
        found[row.calendar_id][row.weekday].append(Window(row.opens_at, row.closes_at))
    return found


def _days() -> dict[int, dict[date, list[CalendarDay]]]:
    found: dict[int, dict[date, list[CalendarDay]]] = defaultdict(lambda: defaultdict(list))
    for row in CalendarDay.objects.order_by("day", "opens_at"):
        found[row.calendar_id][row.day].append(row)
    return found


def _hours_of(
    row: BusinessCalendar,
    windows: dict[int, list[Window]],
    days: dict[date, list[CalendarDay]],
    years: Collection[int],
    *,
    has_public: bool,
) -> BusinessHours:
    holidays = HolidayCalendar(
        row.country if has_public else "",
        row.region if has_public else "",
        added=frozenset(day for day, rows in days.items() if any(one.is_holiday for one in rows)),
        removed=frozenset(
            day for day, rows in days.items() if not any(one.is_holiday for one in rows)
        ),
    )
    return BusinessHours(
        zone=ZoneInfo(row.time_zone),
        week=tuple(tuple(windows[weekday]) for weekday in WEEKDAYS),
        dated=tuple(DatedHours(day, _windows_on(rows)) for day, rows in days.items()),
        holidays=holidays.dates(years),
    )


def _windows_on(rows: list[CalendarDay]) -> tuple[Window, ...]:
    return tuple(
        Window(row.opens_at, row.closes_at)
        for row in rows
        if row.opens_at is not None and row.closes_at is not None
    )
