"""Which tickets go on in which."""

from django.db.models import Q

from tickets.models import Ticket, TicketMerge


def merge_of(ticket: Ticket) -> TicketMerge | None:
    """Return how the ticket was merged into another, None where it stands for itself."""
    merges = TicketMerge.objects.standing().filter(ticket=ticket)
    return merges.select_related("into", "merged_by").first()


def merges_into(ticket: Ticket) -> list[TicketMerge]:
    """Return the tickets that go on in this one."""
    merges = TicketMerge.objects.standing().filter(into=ticket)
    return list(merges.select_related("ticket", "merged_by"))


def merges_around(ticket: Ticket) -> tuple[TicketMerge | None, list[TicketMerge]]:
    """Return how the ticket was merged into another, and what goes on in it; one query."""
    both = TicketMerge.objects.standing().filter(Q(ticket=ticket) | Q(into=ticket))
    found = list(both.select_related("ticket", "into", "merged_by"))
    own = next((one for one in found if one.ticket_id == ticket.pk), None)
    return own, [one for one in found if one.into_id == ticket.pk]
