"""What a ticket's clock says to people: how each promise stands, and who made it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.sla_clock import SlaClock
from tickets.models import (
    ClockStretch,
    PromiseKind,
    SLAVerdict,
    SLAWarning,
    Ticket,
    TicketClock,
    VerdictKind,
)
from tickets.queries.clocks import clock_from, hours_of_stretch

VERDICT_OF = {
    PromiseKind.RESPONSE: VerdictKind.RESPONSE,
    PromiseKind.RESOLUTION: VerdictKind.RESOLUTION,
}


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise as it stands."""

    kind: PromiseKind
    target_seconds: int
    used_seconds: int
    due_at: datetime | None
    late_at: datetime | None
    done_at: datetime | None
    is_paused: bool
    is_late: bool
    verdict: SLAVerdict | None

    @property
    def left_seconds(self) -> int:
        """What is left of the promised time, negative once it is overrun."""
        return self.target_seconds - self.used_seconds

    @property
    def used_percent(self) -> int:
        """How much of it is used, in whole percent."""
        return self.used_seconds * 100 // self.target_seconds

    @property
    def is_missed(self) -> bool:
        """Whether it was broken, be it noted already or not."""
        return self.is_late or (self.verdict is not None and self.verdict.is_missed)


@dataclass(frozen=True, slots=True)
class ClockCard:
    """The clock of a ticket as its page shows it."""

    clock: TicketClock | None
    promises: list[PromiseRow]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is promised."""
        return not self.promises


def clock_card(ticket: Ticket, now: datetime) -> ClockCard:
    """Return how the promises of the ticket stand; two queries where its clock came with it."""
    clock: TicketClock | None = getattr(ticket, "clock", None)
    if clock is None:
        return ClockCard(None, [])
    verdicts = {one.kind: one for one in SLAVerdict.objects.filter(ticket=ticket)}
    rows = list(ticket.clock_stretches.select_related("version").order_by("starts_at", "pk"))
    if rows and not ticket.is_closed:
        _read_on(clock, clock_from(rows), now)
    return ClockCard(clock, list(_promises(ticket, clock, verdicts, now)))


def _read_on(clock: TicketClock, stretches: SlaClock, now: datetime) -> None:
    """Let the clock show the time used until now, not until something last happened."""
    is_pausable = clock.policy is not None and clock.policy.pauses_response
    if clock.responded_at is None:
        clock.response_used = stretches.elapsed(now, is_pausable=is_pausable)
    clock.resolution_used = stretches.elapsed(now)


def _promises(
    ticket: Ticket, clock: TicketClock, verdicts: dict[str, SLAVerdict], now: datetime
) -> Iterable[PromiseRow]:
    facts = (
        (
            PromiseKind.RESPONSE,
            clock.response_seconds,
            clock.response_used,
            clock.response_due_at,
            clock.responded_at,
            clock.policy is not None and clock.policy.pauses_response,
        ),
        (
            PromiseKind.RESOLUTION,
            clock.resolution_seconds,
            clock.resolution_used,
            clock.resolution_due_at,
            ticket.closed_at,
            True,
        ),
    )
    for kind, target, used, due_at, done_at, is_pausable in facts:
        if target is not None:
            is_late = due_at is not None and due_at < (done_at or now)
            is_paused = is_pausable and clock.is_paused and done_at is None
            verdict = verdicts.get(VERDICT_OF[kind])
            yield PromiseRow(
                kind, target, used, due_at, clock.warns_at, done_at, is_paused, is_late, verdict
            )


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the clock with the business time in it."""

    stretch: ClockStretch
    seconds: int
    total_seconds: int

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.stretch.ends_at is None


def intervals_of(ticket: Ticket, now: datetime) -> list[Interval]:
    """Return the ticket's stretches, oldest first, each with what it adds to the time used."""
    rows = ticket.clock_stretches.select_related("status", "version__calendar")
    found, total = [], 0
    for row in rows.order_by("starts_at", "pk"):
        end = row.ends_at or max(now, row.starts_at)
        seconds = hours_of_stretch(row).elapsed(row.starts_at, end)
        total += 0 if row.is_paused else seconds
        found.append(Interval(row, seconds, total))
    return found


def verdicts_of(ticket: Ticket) -> list[SLAVerdict]:
    """Return how the promises of the ticket were kept."""
    rows = ticket.verdicts.select_related("policy", "technician", "contract", "board")
    return list(rows.order_by("judged_at", "kind"))


def warnings_of(ticket: Ticket) -> list[SLAWarning]:
    """Return whom was warned of what, and when."""
    return list(ticket.sla_warnings.select_related("person").order_by("reached_at", "pk"))
