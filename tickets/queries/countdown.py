"""What a countdown shows: read from the ticket and its clock, nothing is reckoned."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from core.display import minutes_text
from tickets.models import Ticket, TicketClock

SECONDS = 60
HOURS_WRITTEN = 48
MINUTES_OF_A_DAY = 1440


class Phase(StrEnum):
    """How much a ticket burns."""

    NONE = "none"
    PAUSED = "paused"
    CALM = "calm"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Countdown:
    """How a ticket's next promise stands."""

    phase: Phase
    due_at: datetime | None = None
    late_at: datetime | None = None
    text: str = ""
    is_answer: bool = False

    @property
    def tone(self) -> str:
        """The colour in which it is drawn."""
        tones = {Phase.CALM: "good", Phase.LATE: "warn", Phase.OVER: "bad"}
        return tones.get(self.phase, "neutral")

    @property
    def is_running(self) -> bool:
        """Whether it counts down."""
        return self.due_at is not None

    @property
    def is_paused(self) -> bool:
        """Whether it waits for the client."""
        return self.phase == Phase.PAUSED


def countdown_of(ticket: Ticket, now: datetime) -> Countdown:
    """Return how the ticket's next promise stands; its clock should come with it."""
    clock: TicketClock | None = getattr(ticket, "clock", None)
    if ticket.is_closed or clock is None:
        return Countdown(Phase.NONE)
    if ticket.due_at is not None:
        return _running(ticket.due_at, clock, now)
    if clock.is_paused and clock.resolution_seconds is not None:
        left = (clock.resolution_seconds - clock.resolution_used) // SECONDS
        return Countdown(Phase.PAUSED, text=minutes_text(left))
    return Countdown(Phase.NONE)


def left_text(due_at: datetime, now: datetime) -> str:
    """Write how long it is until then: 35 min, 2 h 05, 3 d 4 h; with a minus once it is over."""
    minutes = -int((now - due_at).total_seconds() // SECONDS)
    if abs(minutes) < HOURS_WRITTEN * 60:
        return minutes_text(minutes)
    sign = "-" if minutes < 0 else ""
    days, rest = divmod(abs(minutes), MINUTES_OF_A_DAY)
    return _("%(sign)s%(days)d d %(hours)d h") % {"sign": sign, "days": days, "hours": rest // 60}


def _running(due_at: datetime, clock: TicketClock, now: datetime) -> Countdown:
    phase = Phase.CALM
    if due_at < now:
        phase = Phase.OVER
    elif clock.warns_at is not None and clock.warns_at <= now:
        phase = Phase.LATE
    is_answer = clock.responded_at is None and clock.response_due_at == due_at
    return Countdown(phase, due_at, clock.warns_at, left_text(due_at, now), is_answer)
