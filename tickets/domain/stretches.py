"""Time measured by the server: the stretches that a timer ran, and what lies between them.

Only moments are kept, never a count that goes on in a browser, so a computer may sleep or restart.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from core.business_hours import BusinessHours, Interval

SECONDS_PER_MINUTE = 60
ONE_DAY = timedelta(days=1)
# People finish what they are at; an hour after closing they have gone home.
FINISHING = timedelta(hours=1)
# Work that began outside of working hours is an emergency; few of them last longer.
LONG_EMERGENCY = timedelta(hours=4)


def seconds_of(stretches: Iterable[Interval]) -> int:
    """Return how long the stretches last together."""
    return sum(stretch.seconds for stretch in stretches)


def minutes_of(stretches: Iterable[Interval]) -> int:
    """Return the minutes of the stretches, the last one rounded half up and never none."""
    half = SECONDS_PER_MINUTE // 2
    return max(1, (seconds_of(stretches) + half) // SECONDS_PER_MINUTE)


def breaks_between(stretches: Sequence[Interval]) -> tuple[Interval, ...]:
    """Return what lies between stretches that follow one another."""
    gaps = (Interval(first.end, second.start) for first, second in pairwise(stretches))
    return tuple(gap for gap in gaps if gap.seconds)


def without_breaks(whole: Interval, breaks: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the stretches of work that the breaks leave.

    :raises ValueError: a break is empty, outside of the work, or overlaps another
    """
    found, start, end = [], whole.start.astimezone(UTC), whole.end.astimezone(UTC)
    for pause in sorted(map(_in_utc, breaks), key=lambda one: one.start):
        if pause.start < start or pause.end > end or not pause.seconds:
            raise ValueError(f"no break between {start} and {end}: {pause}")
        found.append(Interval(start, pause.start))
        start = pause.end
    found.append(Interval(start, end))
    return tuple(stretch for stretch in found if stretch.seconds)


def forgotten_since(since: datetime, now: datetime, hours: BusinessHours) -> datetime | None:
    """Return when somebody whose timer still runs most likely stopped; None while all is well.

    That is the closing of the working day in which it was started. A timer that was started
    outside of working hours has no closing; after some hours it is the moment of its start.
    """
    if not hours.is_open(since):
        return since if _passed(since, now) >= LONG_EMERGENCY else None
    closing = _closing(since, hours)
    return closing if _passed(closing, now) >= FINISHING else None


def _in_utc(one: Interval) -> Interval:
    """Return it so that its edges compare as moments, in the nights of summer time too."""
    return Interval(one.start.astimezone(UTC), one.end.astimezone(UTC))


def _closing(since: datetime, hours: BusinessHours) -> datetime:
    """Return the end of the working day, which for a night shift is the next morning."""
    day = since.astimezone(hours.zone).date()
    closing = hours.opens(day)[-1].end
    following = hours.opens(day + ONE_DAY)
    is_night_shift = bool(following) and following[0].start == closing
    return following[0].end if is_night_shift else closing


def _passed(start: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - start.astimezone(UTC)
