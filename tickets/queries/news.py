"""What happened on a ticket after somebody read it."""

from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from accounts.models import User
from tickets.domain.seen import Seen
from tickets.models import Note, StatusChange, Ticket
from tickets.queries.conversation import Event, latest_first, note_event, step_event


def seen_now(ticket: Ticket) -> Seen:
    """Return how far one has read who reads everything now; one query."""
    latest = Subquery(_latest(Note.objects.all())), Subquery(_latest(StatusChange.objects.all()))
    note_id, step_id = Ticket.objects.values_list(*latest).get(pk=ticket.pk)
    return Seen(note_id or 0, step_id or 0)


def news_since(ticket: Ticket, user: User, seen: Seen) -> list[Event]:
    """Return what others wrote, and where they moved the ticket, the latest first."""
    notes = Note.objects.visible_to(user).filter(ticket=ticket, pk__gt=seen.note_id)
    steps = StatusChange.objects.filter(ticket=ticket, pk__gt=seen.step_id)
    events = [
        *map(note_event, notes.select_related("author", "ticket")),
        *map(step_event, steps.select_related("from_status", "to_status", "changed_by", "ticket")),
    ]
    return latest_first([event for event in events if event.who != user])


def _latest(rows: "QuerySet[Note] | QuerySet[StatusChange]") -> "QuerySet[Any]":
    of_ticket = rows.filter(ticket=OuterRef("pk")).order_by().values("ticket")
    return of_ticket.annotate(last=Max("pk")).values("last")
