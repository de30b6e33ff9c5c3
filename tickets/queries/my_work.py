"""The desk home: what is mine, what came back, and what nobody has yet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.models.user import UserKind
from tickets.models import Note, NoteSource, StatusKind, Ticket
from tickets.queries.burning import burning_first
from tickets.queries.lean import lean
from tickets.queries.unread import with_unread

MOST = 100
NEXT = 5


@dataclass(frozen=True, slots=True)
class MyWork:
    """One person's open tickets, in the groups in which they are worked on."""

    answered: list[Ticket]
    active: list[Ticket]
    waiting: list[Ticket]
    free: list[Ticket]
    free_count: int

    @property
    def open_count(self) -> int:
        """How many open tickets are mine."""
        return len(self.answered) + len(self.active) + len(self.waiting)

    @property
    def is_full(self) -> bool:
        """Whether there may be more than the page shows."""
        return self.open_count >= MOST


def my_work(user: User, start: int = 0) -> MyWork:
    """Return what is on this person's desk; four queries however much it is.

    ``start`` is the news up to which they have read everything that bears no mark of theirs.
    """
    rows = with_unread(_rows(user).filter(assignee=user), user, start)
    mine = list(rows.annotate(**_last_word())[:MOST])
    free = free_tickets(user)
    answered = [one for one in mine if _is_answered(one)]
    rest = [one for one in mine if not _is_answered(one)]
    return MyWork(
        answered=answered,
        active=[one for one in rest if not one.status.is_waiting],
        waiting=[one for one in rest if one.status.is_waiting],
        free=list(with_unread(_first(free, NEXT), user, start)),
        free_count=free.aggregate(n=Count("pk"))["n"],
    )


def free_tickets(user: User) -> QuerySet[Ticket]:
    """Return the open tickets that nobody works on, in the order in which they are taken."""
    return _rows(user).filter(assignee=None, status__kind=StatusKind.ACTIVE)


def _first(rows: QuerySet[Ticket], count: int) -> QuerySet[Ticket]:
    """Return the first few of very many: their keys are sorted without what stands around them."""
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:count]))


def _rows(user: User) -> QuerySet[Ticket]:
    tickets = lean(Ticket.objects.visible_to(user).open()).select_related("contact")
    return burning_first(tickets)


def _last_word() -> dict[str, Any]:
    """Return who spoke last in public, and when; a mail from outside has no author."""
    said = Note.objects.filter(ticket=OuterRef("pk"), is_public=True)
    last = said.exclude(source=NoteSource.RULE).order_by("-written_at", "-pk")
    kind = Coalesce("author__kind", Value(UserKind.PORTAL.value))
    return {
        "last_word": Subquery(last.annotate(by=kind).values("by")[:1]),
        "last_word_at": Subquery(last.values("written_at")[:1]),
    }


def _is_answered(ticket: Any) -> bool:  # noqa: ANN401  (a ticket with its last word)
    return bool(ticket.last_word == UserKind.PORTAL)
