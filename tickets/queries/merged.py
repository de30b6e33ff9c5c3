"""Which tickets go on in which."""

from tickets.models import Ticket, TicketMerge


def merge_of(ticket: Ticket) -> TicketMerge | None:
    """Return how the ticket was merged into another, None where it stands for itself."""
    merges = TicketMerge.objects.standing().filter(ticket=ticket)
    return merges.select_related("into", "merged_by").first()


def merges_into(ticket: Ticket) -> list[TicketMerge]:
    """Return the tickets that go on in this one."""
    merges = TicketMerge.objects.standing().filter(into=ticket)
    return list(merges.select_related("ticket", "merged_by"))
