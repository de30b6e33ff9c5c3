"""What happened on a ticket after somebody read it."""

from django.db.models import Max

from accounts.models import User
from tickets.domain.seen import Seen
from tickets.models import Note, StatusChange, Ticket
from tickets.queries.conversation import Event, latest_first, note_event, step_event


def seen_now(ticket: Ticket) -> Seen:
    """Return how far one has read who reads everything now; two queries."""
    note = Note.objects.filter(ticket=ticket).aggregate(last=Max("pk"))["last"]
    step = StatusChange.objects.filter(ticket=ticket).aggregate(last=Max("pk"))["last"]
    return Seen(note or 0, step or 0)


def news_since(ticket: Ticket, user: User, seen: Seen) -> list[Event]:
    """Return what others wrote, and where they moved the ticket, the latest first."""
    notes = Note.objects.visible_to(user).filter(ticket=ticket, pk__gt=seen.note_id)
    steps = StatusChange.objects.filter(ticket=ticket, pk__gt=seen.step_id)
    events = [
        *map(note_event, notes.select_related("author", "ticket")),
        *map(step_event, steps.select_related("from_status", "to_status", "changed_by", "ticket")),
    ]
    return latest_first([event for event in events if event.who != user])
