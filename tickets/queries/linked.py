"""Which tickets have to do with a ticket."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from accounts.models import User
from tickets.models import Ticket, TicketLink

Side = Literal["whole", "part", "related"]


@dataclass(frozen=True, slots=True)
class Linked:
    """Another ticket, and what it is to the one that is looked at."""

    link_id: int
    ticket: Ticket
    side: Side


def linked_to(ticket: Ticket, user: User) -> list[Linked]:
    """Return what it is part of, its parts, and what else it has to do with; one query."""
    links = (
        TicketLink.objects.visible_to(user)
        .filter(Q(ticket=ticket) | Q(other=ticket))
        .select_related("ticket__status", "other__status")
    )
    order: dict[Side, int] = {"whole": 0, "part": 1, "related": 2}
    found = [_seen_from(link, ticket) for link in links]
    return sorted(found, key=lambda one: (order[one.side], one.ticket.pk))


def _seen_from(link: TicketLink, ticket: Ticket) -> Linked:
    is_ours = link.ticket_id == ticket.pk
    side: Side = "related"
    if link.is_part:
        side = "whole" if is_ours else "part"
    return Linked(link.pk, link.other if is_ours else link.ticket, side)
