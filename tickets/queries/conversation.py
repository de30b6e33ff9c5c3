"""What happened on a ticket, in the order in which it happened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.db.models import Model, Prefetch, QuerySet

from accounts.models import User
from tickets.models import (
    Attachment,
    FlatRateItem,
    Note,
    OutboundMail,
    PartUsed,
    RuleRun,
    RunOutcome,
    StatusChange,
    Ticket,
    TicketMerge,
    TimeEntry,
)
from tickets.queries.changes import Change, changes_of
from tickets.queries.rule_words import RuleWords

Kind = Literal["reply", "note", "time", "part", "flat", "step", "change", "merge", "rule"]
NOON = time(12)
Here = dict[int, Ticket]
# What a conversation can hold beside notes, steps and changes.
EVERYTHING: frozenset[type[Model]] = frozenset(
    {Attachment, FlatRateItem, OutboundMail, PartUsed, RuleRun, TimeEntry}
)
# Read along with the notes where there is nothing to read, which costs no query.
NO_ATTACHMENTS = Prefetch("attachments", Attachment.objects.none())
NO_MAILS = Prefetch("outbound_mails", OutboundMail.objects.none())


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; ``moment`` is empty where only the day is known."""

    kind: Kind
    row: Note | TimeEntry | PartUsed | FlatRateItem | StatusChange | Change | TicketMerge | RuleRun
    who: User | None
    sorts_at: datetime
    moment: datetime | None
    said: tuple[str, ...] = ()

    @property
    def ticket(self) -> Ticket | None:
        """The ticket it stands on, None for what has no row of its own."""
        return None if isinstance(self.row, Change) else self.row.ticket

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


def conversation(
    ticket: Ticket,
    user: User,
    zone: ZoneInfo,
    merges: list[TicketMerge] | None = None,
    kinds: Collection[type[Model]] = EVERYTHING,
) -> list[Event]:
    """Return all that happened and this person may see, the latest first.

    With the tickets that were merged into it. Only what is among the kinds is asked for: three
    queries, one for each of them, and a few for the words of what rules did.
    """
    here = {ticket.pk: ticket, **{one.ticket_id: one.ticket for one in merges or ()}}
    steps = [one for one in _steps(here) if not _is_told_by_its_rule(one)]
    events = [*_notes(here, user, kinds), *steps, *_changes(ticket)]
    events += _times(here, zone) if TimeEntry in kinds else []
    events += _runs(here) if RuleRun in kinds else []
    events += _parts(here, zone) if PartUsed in kinds else []
    events += _flat_rates(here) if FlatRateItem in kinds else []
    return latest_first([*events, *map(_merge_event, merges or ())])


def public_conversation(ticket: Ticket, user: User) -> list[Event]:
    """Return what a client's person sees: public notes and steps, the latest first."""
    here = {ticket.pk: ticket}
    return latest_first([*_notes(here, user, EVERYTHING), *_steps(here)])


def latest_first(events: list[Event]) -> list[Event]:
    """Sort by time; what one submit did together reads as answer, work, new status."""
    return sorted(events, key=lambda event: (event.sorts_at, _rank(event)), reverse=True)


def _rank(event: Event) -> int:
    if isinstance(event.row, StatusChange):
        return 3 if event.row.from_status_id else 0
    return 2 if event.is_work else 1


def note_event(note: Note) -> Event:
    """Return a note as something that happened."""
    kind: Kind = "reply" if note.is_public else "note"
    return Event(kind, note, note.author, note.written_at, note.written_at)


def step_event(step: StatusChange) -> Event:
    """Return a change of status as something that happened."""
    return Event("step", step, step.changed_by, step.changed_at, step.changed_at)


def _merge_event(merge: TicketMerge) -> Event:
    return Event("merge", merge, merge.merged_by, merge.merged_at, merge.merged_at)


def _notes(here: Here, user: User, kinds: Collection[type[Model]]) -> list[Event]:
    found = Note.objects.visible_to(user).filter(ticket__in=here)
    notes = found.select_related("author", "contact").prefetch_related(
        "attachments" if Attachment in kinds else NO_ATTACHMENTS,
        "outbound_mails" if OutboundMail in kinds else NO_MAILS,
    )
    return list(map(note_event, _placed(notes, here)))


def _placed(rows: "QuerySet[Any]", here: Here) -> list[Any]:
    """Read rows and say of each on which of the tickets it stands, without reading those again."""
    found = list(rows)
    for row in found:
        row.ticket = here[row.ticket_id]
    return found


def _steps(here: Here) -> list[Event]:
    steps = StatusChange.objects.filter(ticket__in=here)
    with_all = steps.select_related("from_status", "to_status", "changed_by")
    return list(map(step_event, _placed(with_all, here)))


def _times(here: Here, zone: ZoneInfo) -> list[Event]:
    entries = TimeEntry.objects.filter(ticket__in=here)
    return [
        _dated(
            "time",
            entry,
            entry.technician,
            _noon(entry.worked_on, here[entry.ticket_id], zone),
            entry.ended_at or entry.entered_at,
        )
        for entry in _placed(entries.select_related("technician", "work_type"), here)
    ]


def _parts(here: Here, zone: ZoneInfo) -> list[Event]:
    parts = _placed(PartUsed.objects.filter(ticket__in=here).select_related("product"), here)
    return [
        _dated("part", part, None, _noon(part.used_on, here[part.ticket_id], zone), part.entered_at)
        for part in parts
    ]


def _flat_rates(here: Here) -> list[Event]:
    items = FlatRateItem.objects.filter(ticket__in=here).select_related("product")
    return [Event("flat", item, None, _done_at(item), None) for item in _placed(items, here)]


def _done_at(item: FlatRateItem) -> datetime:
    """Return when it was entered, but not after its ticket was closed."""
    return min(item.entered_at, item.ticket.closed_at or item.entered_at)


def _changes(ticket: Ticket) -> list[Event]:
    told = [one for one in changes_of(ticket) if not one.is_by_rule]
    return [Event("change", one, one.who, one.at, one.at) for one in told]


def _is_told_by_its_rule(event: Event) -> bool:
    return isinstance(event.row, StatusChange) and event.row.run_id is not None


def _runs(here: Here) -> list[Event]:
    """Return what rules did here; what they found no reason or no way to do is in their log."""
    runs = RuleRun.objects.filter(ticket__in=here).exclude(outcome__in=RunOutcome.without_effect())
    words = RuleWords()
    return [
        Event("rule", run, None, run.ran_at, run.ran_at, tuple(map(words.action, run.effects())))
        for run in _placed(runs.select_related("rule"), here)
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
