"""Keeping a ticket's clock: what is promised, how far it is, what was kept and missed.

Called within the transaction of whatever happens to a ticket, with the ticket locked. It reads all
that has happened, so calling it twice changes nothing, and calling it late loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from accounts.models import UserKind
from core.sla_clock import SlaClock
from tickets.domain.promises import Standing, earliest, stand
from tickets.models import (
    Note,
    PromiseKind,
    StatusChange,
    StatusKind,
    Ticket,
    TicketClock,
    TicketMerge,
)
from tickets.operations._shares import Shares, awaited_shares, note_shares, with_shares
from tickets.operations._stretches import bring_up
from tickets.operations._verdicts import keep_verdicts
from tickets.operations._warnings import keep_warnings
from tickets.queries.clocks import clock_from
from tickets.queries.promises import Promise, promise_of, wanted_hours

LONGEST_SLEEP = timedelta(days=1)  # so that whatever nobody announced is noticed within a day


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock with how each of its promises stands."""

    clock: SlaClock
    promise: Promise
    standings: dict[PromiseKind, Standing]


def keep_clock(ticket: Ticket, now: datetime) -> TicketClock:
    """Bring the clock of a locked ticket up to now; what is closed and judged stays judged."""
    kept = TicketClock.objects.filter(ticket=ticket).first() or TicketClock(ticket=ticket)
    if ticket.closed_at is not None and kept.read_at and kept.read_at > ticket.closed_at:
        return kept
    promise, shares = promise_of(ticket), awaited_shares()
    found = bring_up(ticket, wanted_hours(ticket, promise), kept.followed, now)
    _keep_facts(ticket, kept, promise)
    reading = _read(ticket, kept, promise, shares, clock_from(found.rows), now)
    keep_verdicts(ticket, kept, promise, reading.standings, reading.clock)
    keep_warnings(ticket, promise, reading.standings, now)
    note_shares(ticket, reading.standings, shares)
    _keep_cache(ticket, kept, reading, now)
    return kept


def _keep_facts(ticket: Ticket, kept: TicketClock, promise: Promise) -> None:
    """Note who promises what, when it was first answered and when it was first solved."""
    steps = StatusChange.objects.filter(ticket=ticket).order_by("-pk")
    kept.followed = steps.values_list("pk", flat=True).first() or 0
    kept.policy, kept.source, kept.contract = promise.policy, promise.source, promise.contract
    kept.response_seconds = promise.seconds(PromiseKind.RESPONSE)
    kept.resolution_seconds = promise.seconds(PromiseKind.RESOLUTION)
    if kept.solved_first_at is None:
        kept.solved_first_at = _first_closing(ticket)
    if kept.responded_at is None:
        kept.responded_at = earliest((_first_answer(ticket), kept.solved_first_at))


def _first_answer(ticket: Ticket) -> datetime | None:
    """Return when a person of the firm first answered so that the client sees it."""
    answers = Note.objects.filter(ticket=ticket, is_public=True, author__kind=UserKind.STAFF)
    first: datetime | None = answers.aggregate(first=Min("written_at"))["first"]
    return max(first, ticket.opened_at) if first else None


def _first_closing(ticket: Ticket) -> datetime | None:
    closings = StatusChange.objects.filter(ticket=ticket, to_status__kind=StatusKind.CLOSED)
    undone = TicketMerge.objects.filter(ticket=ticket).exclude(undone_at=None)
    closings = closings.exclude(changed_at__in=undone.values("merged_at"))
    first: datetime | None = closings.aggregate(first=Min("changed_at"))["first"]
    return first or ticket.closed_at


def _read(
    ticket: Ticket,
    kept: TicketClock,
    promise: Promise,
    shares: Shares,
    clock: SlaClock,
    now: datetime,
) -> ClockReading:
    done = {PromiseKind.RESPONSE: kept.responded_at, PromiseKind.RESOLUTION: ticket.closed_at}
    targets = {kind: promise.target(kind) for kind in PromiseKind}
    standings = {
        kind: stand(clock, with_shares(target, kind, shares), as_of=now, done_at=done[kind])
        for kind, target in targets.items()
        if target is not None
    }
    return ClockReading(clock, promise, standings)


def _keep_cache(ticket: Ticket, kept: TicketClock, reading: ClockReading, now: datetime) -> None:
    """Note on the ticket and its clock what lists show, so that they reckon nothing."""
    response = reading.standings.get(PromiseKind.RESPONSE)
    resolution = reading.standings.get(PromiseKind.RESOLUTION)
    kept.is_paused = reading.clock.is_paused
    kept.response_due_at = response.due_at if response else None
    kept.resolution_due_at = resolution.due_at if resolution else None
    kept.response_used = response.used_seconds if response else 0
    kept.resolution_used = resolution.used_seconds if resolution else 0
    burning = min(_burning(reading), key=lambda one: one.due_at or now, default=None)
    kept.warns_at = burning.late_at if burning else None
    kept.read_at = now
    kept.save()
    ticket.due_at = burning.due_at if burning else None
    ticket.clock_next_at = _next_look(ticket, reading, now)
    ticket.save(update_fields=["due_at", "clock_next_at"])


def _burning(reading: ClockReading) -> list[Standing]:
    """Return the promises that end by themselves: still to be done, and not waiting."""
    waits = reading.clock.is_paused
    return [
        one
        for one in reading.standings.values()
        if one.is_running and one.due_at and not (waits and one.target.is_pausable)
    ]


def _next_look(ticket: Ticket, reading: ClockReading, now: datetime) -> datetime | None:
    if ticket.is_closed:
        return None
    moments = [one for standing in reading.standings.values() for one in standing.next_moments()]
    return min([*moments, now + LONGEST_SLEEP])
