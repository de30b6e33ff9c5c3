"""Appointments beside other things: on a ticket, on My work, in a feed; and what has none yet."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from core.business_hours import Interval
from tickets.models import Appointment, CalendarFeed, Ticket
from tickets.queries.burning import burning_first

NEXT = 5
FEED_BEHIND = timedelta(days=31)
FEED_MOST = 1000
MOST_WORDS = 8


def next_appointments(ticket_ids: Collection[int], now: datetime) -> QuerySet[Appointment]:
    """Return the next appointments of a ticket and of those that went on in it."""
    rows = Appointment.objects.standing().filter(ticket__in=ticket_ids, ends_at__gt=now)
    return rows.select_related("technician", "ticket")[:NEXT]


def appointments_of(user: User, day: Interval) -> QuerySet[Appointment]:
    """Return somebody's own appointments of a day."""
    rows = Appointment.objects.standing().filter(technician=user).within(day.start, day.end)
    return rows.select_related("ticket__client", "ticket__site")


def unscheduled(user: User, now: datetime, search: str = "") -> QuerySet[Ticket]:
    """Return the open tickets for which nothing is booked, what burns first on top."""
    booked = Appointment.objects.standing().filter(ticket=OuterRef("pk"), ends_at__gt=now)
    rows = Ticket.objects.visible_to(user).open().filter(~Exists(booked))
    for word in search.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(number__icontains=word) | Q(subject__icontains=word) | Q(client__name__icontains=word)
        )
    return burning_first(rows.select_related("client", "assignee", "status"))


def feed_of(token_hash: str) -> CalendarFeed | None:
    """Return the feed of this token, while its person may still use the desk."""
    rows = CalendarFeed.objects.filter(token_hash=token_hash, person__in=User.objects.staff())
    return rows.select_related("person").first()


def feed_appointments(person: User, now: datetime) -> QuerySet[Appointment]:
    """Return what somebody's calendar program is told: the last month, and all that comes."""
    rows = Appointment.objects.visible_to(person).filter(
        technician=person, ends_at__gt=now - FEED_BEHIND
    )
    return rows.select_related("ticket__client", "ticket__site", "ticket__contact")[:FEED_MOST]
