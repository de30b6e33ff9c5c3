"""Files that somebody brought for an answer that is not sent yet."""

from django.db.models import QuerySet

from accounts.models import User
from tickets.models import Attachment, Ticket


def waiting_files(ticket: Ticket, user: User) -> QuerySet[Attachment]:
    """Return one's own, in the order in which they were brought."""
    waiting = Attachment.objects.visible_to(user).filter(ticket=ticket, note=None, added_by=user)
    return waiting.order_by("pk")
