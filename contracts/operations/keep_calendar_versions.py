"""Keep what calendars say now."""

from datetime import datetime

from django.db import transaction

from contracts.operations._calendar_versions import keep_versions


@transaction.atomic(durable=True)
def keep_calendar_versions(*, now: datetime, calendar_id: int | None = None) -> int:
    """Keep a new version of each calendar that has changed; return how many there are."""
    return len(keep_versions(now, calendar_id))
