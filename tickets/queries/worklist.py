"""The list of tickets, and how many there are of each sort."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from tickets.models import StatusKind, Ticket, TicketFollower


class Scope(StrEnum):
    """Which tickets the desk looks at."""

    DESK = "desk"
    OPEN = "open"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    FOLLOWED = "followed"
    CLOSED = "closed"
    ALL = "all"


COUNTED = (Scope.DESK, Scope.OPEN, Scope.UNASSIGNED, Scope.WAITING, Scope.FOLLOWED)


@dataclass(frozen=True, slots=True)
class ScopeCounts:
    """How many open tickets each scope holds."""

    desk: int
    open: int
    unassigned: int
    waiting: int
    followed: int


def worklist(user: User, scope: Scope) -> QuerySet[Ticket]:
    """Return the tickets of a scope, with what a row shows, in one query."""
    return (
        Ticket.objects.visible_to(user)
        .filter(_condition(scope, user))
        .select_related("client", "status", "assignee", "board", "clock")
    )


def scope_counts(user: User) -> ScopeCounts:
    """Count the open tickets, in one query."""
    counts = (
        Ticket.objects.visible_to(user)
        .open()
        .aggregate(
            **{scope.value: Count("pk", filter=_condition(scope, user)) for scope in COUNTED}
        )
    )
    return ScopeCounts(**counts)


def _condition(scope: Scope, user: User) -> Q:
    is_open = Q(closed_at__isnull=True)
    followed = TicketFollower.objects.filter(person=user)
    return {
        Scope.DESK: is_open & (Q(assignee=user) | Q(assignee__isnull=True)),
        Scope.OPEN: is_open,
        Scope.UNASSIGNED: is_open & Q(assignee__isnull=True),
        Scope.WAITING: is_open & Q(status__kind=StatusKind.WAITING),
        Scope.FOLLOWED: is_open & Q(pk__in=followed.values("ticket")),
        Scope.CLOSED: ~is_open,
        Scope.ALL: Q(),
    }[scope]
