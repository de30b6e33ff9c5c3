"""Whether the dispatch calendar still shows what is so; asked every few seconds, so it is cheap."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from core.business_hours.instants import first_shown, instant_of
from tickets.models import Appointment, Leave, Ticket

APPOINTMENT = ("pk", "revision", "ticket__status_id", "ticket__subject", "ticket__client__name")
LEAVE = ("pk", "starts_at", "ends_at", "reason")


def state_of(days: Sequence[date], zone: ZoneInfo, backlog: Iterable[Ticket]) -> str:
    """Return a word that changes with whatever the calendar of these days shows; two queries."""
    start, end = (_midnight(day, zone) for day in (days[0], days[-1] + timedelta(days=1)))
    booked = Appointment.objects.standing().within(start, end).order_by("pk")
    away = Leave.objects.within(start, end).order_by("pk")
    waiting = [(one.pk, one.subject, one.assignee_id) for one in backlog]
    seen = [
        [str(one.isoformat()) for one in days],
        list(booked.values_list(*APPOINTMENT)),
        list(away.values_list(*LEAVE)),
        waiting,
    ]
    return sha256(repr(seen).encode()).hexdigest()[:20]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return instant_of(first_shown(zone, datetime.combine(day, time(0))))
