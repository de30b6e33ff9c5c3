"""The list of tickets, and how many there are of each sort."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from tickets.models import StatusKind, Ticket, TicketFollower
from tickets.queries.lean import lean, with_assignee


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
    rows = Ticket.objects.visible_to(user).filter(_condition(scope, user))
    return with_assignee(lean(rows))


def scope_counts(user: User) -> ScopeCounts:
    """Count the open tickets, in one query that an index answers."""
    counts = (
        Ticket.objects.visible_to(user)
        .open()
        .aggregate(
            **{scope.value: Count("pk", filter=_among_open(scope, user)) for scope in COUNTED}
        )
    )
    return ScopeCounts(**counts)


def _condition(scope: Scope, user: User) -> Q:
    if scope in COUNTED:
        return Q(closed_at__isnull=True) & _among_open(scope, user)
    return Q(closed_at__isnull=False) if scope is Scope.CLOSED else Q()


def _among_open(scope: Scope, user: User) -> Q:
    """Return which of the open tickets are meant."""
    followed = TicketFollower.objects.filter(person=user)
    return {
        Scope.DESK: Q(assignee=user) | Q(assignee__isnull=True),
        Scope.OPEN: Q(),
        Scope.UNASSIGNED: Q(assignee__isnull=True),
        Scope.WAITING: Q(status__kind=StatusKind.WAITING),
        Scope.FOLLOWED: Q(pk__in=followed.values("ticket")),
    }[scope]
