"""Business time reckoned the slow way, to check the quick way: look at the wall every minute."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from core.business_hours import BusinessHours, Interval, Window

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def open_minutes(
    hours: BusinessHours, start: datetime, end: datetime, pauses: Iterable[Interval] = ()
) -> Iterator[datetime]:
    """Yield every minute between the two, outside of the pauses, at which somebody is at work.

    The clock on the wall never goes back here: it stands still until the time it shows is new.
    """
    moment = start - 3 * 60 * MINUTE
    shown = _shown(hours, moment)
    while moment < end:
        shown = max(shown, _shown(hours, moment))
        is_paused = any(pause.start <= moment < pause.end for pause in pauses)
        if start <= moment and not is_paused and _is_at_work(hours, shown):
            yield moment
        moment += MINUTE


def _shown(hours: BusinessHours, moment: datetime) -> datetime:
    return moment.astimezone(hours.zone).replace(tzinfo=None)


def _is_at_work(hours: BusinessHours, shown: datetime) -> bool:
    if _is_closed(hours, shown):
        return False
    clock = shown.time()
    for window in _begun(hours, shown):
        lasts_on = window.closes <= window.opens
        if window.opens <= clock and (lasts_on or clock < window.closes):
            return True
    evening_before = _begun(hours, shown - DAY)
    return any(window.closes <= window.opens and clock < window.closes for window in evening_before)


def _is_closed(hours: BusinessHours, shown: datetime) -> bool:
    for dated in hours.dated:
        if dated.day == shown.date():
            return len(dated.windows) == 0
    return shown.date() in hours.holidays


def _begun(hours: BusinessHours, shown: datetime) -> tuple[Window, ...]:
    if _is_closed(hours, shown):
        return ()
    for dated in hours.dated:
        if dated.day == shown.date():
            return dated.windows
    return hours.week[shown.weekday()]
