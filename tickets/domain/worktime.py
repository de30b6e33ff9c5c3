"""Working time: what was typed or measured, as exact minutes.

Minutes are counted between instants, never between clock faces, so that the nights on which the
clocks change come out right.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
LONGEST_MINUTES = 24 * 60
# Past midnight is plain when the span is a working day; longer than this it is a slip of the pen.
LONGEST_PAST_MIDNIGHT = timedelta(hours=12)

_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)")
_HOURS_AND_MINUTES = re.compile(r"(?P<hours>\d{1,2})h(?P<minutes>[0-5]?\d)(?:m|min)?")
_PAUSE = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s*[-–]\s*(\d{1,2}:\d{2}(?::\d{2})?)")
_HOURS = re.compile(r"(?P<hours>\d{1,2}(?:[.,]\d{1,4})?)h")
_MINUTES = re.compile(r"(?P<minutes>\d{1,4})(?:m|min)?")


def parse_minutes(typed: str) -> int | None:
    """Return the minutes meant by 45, 45 min, 1:30, 1h30 or 0.75h, else None."""
    text = re.sub(r"\s+", "", typed.lower())
    if found := _MINUTES.fullmatch(text):
        return int(found["minutes"])
    if found := _CLOCK.fullmatch(text) or _HOURS_AND_MINUTES.fullmatch(text):
        return int(found["hours"]) * 60 + int(found["minutes"])
    if found := _HOURS.fullmatch(text):
        minutes = Decimal(found["hours"].replace(",", ".")) * 60
        return int(minutes.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return None


def parse_breaks(typed: str) -> list[tuple[time, time]] | None:
    """Return the breaks meant by "12:00-13:00, 15:30–15:45", else None."""
    parts = [part.strip() for part in re.split(r"[,;\n]", typed) if part.strip()]
    found = [_PAUSE.fullmatch(part) for part in parts]
    try:
        return [(_clock(one[1]), _clock(one[2])) for one in found if one] if all(found) else None
    except ValueError:
        return None


def _clock(typed: str) -> time:
    hour, minute, *second = map(int, typed.split(":"))
    return time(hour, minute, second[0] if second else 0)


def minutes_between(started_at: datetime, ended_at: datetime) -> int:
    """Return the minutes that passed between two instants, the last one rounded half up."""
    passed = ended_at.astimezone(UTC) - started_at.astimezone(UTC)
    return (passed + MINUTE / 2) // MINUTE


def instants_of(day: date, clock: time, zone: ZoneInfo) -> list[datetime]:
    """Return the instants at which the zone's clocks show this time of the day.

    There is one, but none in the hour that the clocks skip in spring, and two in autumn.
    """
    wall = datetime.combine(day, clock)
    instants = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(i for i in instants if i.astimezone(zone).replace(tzinfo=None) == wall)


def day_of_end(day: date, begins: time, ends: time) -> date | None:
    """Return the day on which work from ``begins`` to ``ends`` ended: the same or the next.

    None where that would be too long to be meant.
    """
    if ends > begins:
        return day
    past_midnight = datetime.combine(day + timedelta(days=1), ends)
    if past_midnight - datetime.combine(day, begins) > LONGEST_PAST_MIDNIGHT:
        return None
    return day + timedelta(days=1)
