"""Business hours written down and read again, so that what a clock ran under can be kept."""

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from core.business_hours import BusinessHours, DatedHours, Window

YEARS_AHEAD = 11
Written = tuple[tuple[str, str], ...]


def years_around(year: int) -> range:
    """Return the years whose holidays a version knows that is made in this one."""
    return range(year - 1, year + YEARS_AHEAD)


def facts_of(hours: BusinessHours) -> dict[str, Any]:
    """Write hours down; equal hours are written alike."""
    return {
        "zone": hours.zone.key,
        "week": [_written(windows) for windows in hours.week],
        "dated": [
            [one.day.isoformat(), _written(one.windows)]
            for one in sorted(hours.dated, key=lambda one: one.day)
        ],
        "holidays": [day.isoformat() for day in sorted(hours.holidays)],
    }


def hours_of(facts: Mapping[str, Any], zone: str = "") -> BusinessHours:
    """Read hours again, on the clock of another place where one is given."""
    return _hours(
        zone or facts["zone"],
        tuple(_pairs(windows) for windows in facts["week"]),
        tuple((day, _pairs(windows)) for day, windows in facts["dated"]),
        tuple(facts["holidays"]),
    )


@lru_cache(maxsize=256)
def around_the_clock(zone: str) -> BusinessHours:
    """Return hours that never close."""
    return BusinessHours.around_the_clock(ZoneInfo(zone))


@lru_cache(maxsize=256)
def _hours(
    zone: str,
    week: tuple[Written, ...],
    dated: tuple[tuple[str, Written], ...],
    holidays: tuple[str, ...],
) -> BusinessHours:
    """Make the hours once: they remember the days that they have worked out."""
    return BusinessHours(
        zone=ZoneInfo(zone),
        week=tuple(_windows(windows) for windows in week),
        dated=tuple(DatedHours(date.fromisoformat(day), _windows(own)) for day, own in dated),
        holidays=frozenset(date.fromisoformat(day) for day in holidays),
    )


def _written(windows: tuple[Window, ...]) -> list[list[str]]:
    return [[one.opens.isoformat(), one.closes.isoformat()] for one in sorted(windows)]


def _pairs(windows: list[list[str]]) -> Written:
    return tuple((opens, closes) for opens, closes in windows)


def _windows(written: Written) -> tuple[Window, ...]:
    return tuple(
        Window(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in written
    )
