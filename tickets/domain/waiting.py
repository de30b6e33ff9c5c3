"""How long something has waited, turned round: since when must it have, to have waited so long."""

from datetime import UTC, datetime, timedelta

from core.business_hours import BusinessHours

SECONDS_OF_AN_HOUR = 3600
ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=3650)


def latest_start(hours: BusinessHours | None, now: datetime, wanted: int) -> datetime | None:
    """Return the last moment from which so many hours have passed by now.

    Without business hours every hour counts. None where they have not been open for so long.
    """
    now = now.astimezone(UTC)
    if hours is None:
        return now - timedelta(hours=wanted)
    seconds = wanted * SECONDS_OF_AN_HOUR
    span = ONE_DAY
    while hours.elapsed(now - span, now) < seconds:
        if span > LONGEST:
            return None
        span *= 2
    early, late = now - span, now
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle <= early:
            break
        if hours.elapsed(middle, now) >= seconds:
            early = middle
        else:
            late = middle
    return early


def ready_at(hours: BusinessHours | None, start: datetime, wanted: int) -> datetime:
    """Return when so many hours have passed from the start on.

    :raises NeverDue: the business hours do not open for so long
    """
    if hours is None:
        return start.astimezone(UTC) + timedelta(hours=wanted)
    return hours.due(start, wanted * SECONDS_OF_AN_HOUR)
