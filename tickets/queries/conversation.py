"""What happened on a ticket, in the order in which it happened."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from accounts.models import User
from tickets.models import Attachment, FlatRateItem, Note, PartUsed, StatusChange, Ticket, TimeEntry

Kind = Literal["reply", "note", "time", "part", "flat", "step"]
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; ``moment`` is empty where only the day is known."""

    kind: Kind
    row: Note | TimeEntry | PartUsed | FlatRateItem | StatusChange
    who: User | None
    sorts_at: datetime
    moment: datetime | None

    @property
    def files(self) -> list[Attachment]:
        """The files that came with it."""
        return list(self.row.attachments.all()) if isinstance(self.row, Note) else []

    @property
    def is_work(self) -> bool:
        """Whether it is evidence that becomes money."""
        return self.kind in {"time", "part", "flat"}

    @property
    def is_from_client(self) -> bool:
        """Whether a person of the client's did it."""
        if isinstance(self.row, Note):
            return self.row.is_from_client
        return self.who is not None and not self.who.is_firm_staff


def conversation(ticket: Ticket, user: User, zone: ZoneInfo) -> list[Event]:
    """Return all that happened and this person may see, the latest first; five queries."""
    events = [*_notes(ticket, user), *_steps(ticket), *_times(ticket, zone)]
    return _latest_first([*events, *_parts(ticket, zone), *_flat_rates(ticket)])


def public_conversation(ticket: Ticket, user: User) -> list[Event]:
    """Return what a client's person sees: public notes and steps, the latest first."""
    return _latest_first([*_notes(ticket, user), *_steps(ticket)])


def _latest_first(events: list[Event]) -> list[Event]:
    """Sort by time; what one submit did together reads as answer, work, new status."""
    return sorted(events, key=lambda event: (event.sorts_at, _rank(event)), reverse=True)


def _rank(event: Event) -> int:
    if isinstance(event.row, StatusChange):
        return 3 if event.row.from_status_id else 0
    return 2 if event.is_work else 1


def _notes(ticket: Ticket, user: User) -> list[Event]:
    found = Note.objects.visible_to(user).filter(ticket=ticket)
    notes = found.select_related("author", "contact").prefetch_related(
        "attachments", "outbound_mails"
    )
    return [
        Event(
            "reply" if note.is_public else "note",
            note,
            note.author,
            note.written_at,
            note.written_at,
        )
        for note in notes
    ]


def _steps(ticket: Ticket) -> list[Event]:
    steps = ticket.status_changes.select_related("from_status", "to_status", "changed_by")
    return [
        Event("step", step, step.changed_by, step.changed_at, step.changed_at) for step in steps
    ]


def _times(ticket: Ticket, zone: ZoneInfo) -> list[Event]:
    entries = ticket.time_entries.select_related("technician", "work_type")
    return [
        _dated(
            "time",
            entry,
            entry.technician,
            _noon(entry.worked_on, ticket, zone),
            entry.ended_at or entry.entered_at,
        )
        for entry in entries
    ]


def _parts(ticket: Ticket, zone: ZoneInfo) -> list[Event]:
    return [
        _dated("part", part, None, _noon(part.used_on, ticket, zone), part.entered_at)
        for part in ticket.parts_used.select_related("product")
    ]


def _flat_rates(ticket: Ticket) -> list[Event]:
    return [
        Event("flat", item, None, min(item.entered_at, ticket.closed_at or item.entered_at), None)
        for item in ticket.flat_rate_items.select_related("product")
    ]


def _noon(day: date, ticket: Ticket, zone: ZoneInfo) -> datetime:
    """Return the middle of the day, but not before the ticket was opened if it was that day."""
    noon, opened_at = datetime.combine(day, NOON, zone), ticket.opened_at.astimezone(zone)
    return max(noon, opened_at) if opened_at.date() == day else noon


def _dated(
    kind: Kind, row: TimeEntry | PartUsed, who: User | None, noon: datetime, moment: datetime
) -> Event:
    """Place work at its moment, or at noon of its day where it was entered on another day."""
    is_same_day = moment.astimezone(noon.tzinfo or UTC).date() == noon.date()
    return Event(kind, row, who, moment if is_same_day else noon, moment if is_same_day else None)
