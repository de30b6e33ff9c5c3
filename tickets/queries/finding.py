"""The tickets that somebody may mean: their own ones first offered, then by what is typed."""

from django.db.models import Q, QuerySet

from accounts.models import User
from tickets.models import Ticket

OFFERED = 50
SUGGESTED = 12
MOST_WORDS = 8


def offered_tickets(user: User) -> QuerySet[Ticket]:
    """Return the open tickets that the person most likely means."""
    own = Q(assignee=user) | Q(timers__person=user) | Q(time_entries__technician=user)
    mine = Ticket.objects.open().filter(own).values("pk")
    found = Ticket.objects.visible_to(user).filter(pk__in=mine).select_related("client")
    return found.order_by("-opened_at")[:OFFERED]


def suggested_tickets(user: User, typed: str) -> QuerySet[Ticket]:
    """Return the latest open tickets that hold every word in number, subject or client."""
    rows = Ticket.objects.visible_to(user).open().select_related("client")
    for word in typed.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(subject__icontains=word)
            | Q(client__name__icontains=word)
            | Q(client__code__iexact=word)
        )
    return rows.order_by("-opened_at", "-pk")[:SUGGESTED]


def meant_tickets(user: User, typed: str) -> list[Ticket]:
    """Return the one ticket that was meant, none, or the several open ones that could be.

    Its number decides, whatever stands behind it; without one the words do.
    """
    number = typed.strip().partition(" ")[0]
    rows = Ticket.objects.visible_to(user).select_related("client")
    exact = rows.filter(number__iexact=number).first() if number else None
    if exact is not None:
        return [exact]
    return list(suggested_tickets(user, typed)) if typed.strip() else []


def named(ticket: Ticket) -> str:
    """Write a ticket so that it can be found again without doubt: its number comes first."""
    return f"{ticket.number} {ticket.subject} · {ticket.client}"
