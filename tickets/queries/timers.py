"""The timers of a person, as the top bar and their page show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from core.business_hours import Interval
from tickets.domain.stretches import breaks_between, forgotten_since, minutes_of
from tickets.models import Timer
from tickets.queries.working_hours import hours_of


@dataclass(frozen=True, slots=True)
class MeasuredTimer:
    """A timer at one moment; ``forgotten_at`` is when its person most likely stopped."""

    timer: Timer
    worked: tuple[Interval, ...]
    seconds: int
    forgotten_at: datetime | None = None

    @property
    def minutes(self) -> int:
        """The minutes it would log; none where nothing was measured."""
        return minutes_of(self.worked) if self.worked else 0

    @property
    def clock(self) -> str:
        """How long it measured, as a clock shows it: 1:05:09."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"

    @property
    def breaks(self) -> tuple[Interval, ...]:
        """When it was parked in between."""
        return breaks_between(self.worked)


@dataclass(frozen=True, slots=True)
class TimerBoard:
    """All timers of one person: at most one runs."""

    running: MeasuredTimer | None
    parked: tuple[MeasuredTimer, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.parked) + (self.running is not None)


def timers_of(person: User, now: datetime) -> TimerBoard:
    """Return what a person measures; one query, and the calendars' where a timer runs long."""
    rows = Timer.objects.visible_to(person).select_related("ticket__client", "ticket__status")
    measured = [_measured(row, person, now) for row in rows]
    return TimerBoard(
        _running(measured), tuple(one for one in measured if not one.timer.is_running)
    )


def measured_timer(timer: Timer, now: datetime) -> MeasuredTimer:
    """Return one timer at a moment."""
    return MeasuredTimer(timer, timer.measured(now), timer.seconds(now))


def _running(measured: Sequence[MeasuredTimer]) -> MeasuredTimer | None:
    return next((one for one in measured if one.timer.is_running), None)


def _measured(timer: Timer, person: User, now: datetime) -> MeasuredTimer:
    forgotten_at = None
    since = timer.running_since
    # Asking for calendars costs queries, so a timer of this hour is not asked about.
    if since is not None and Interval(min(since, now), now).seconds >= 3600:  # noqa: PLR2004  (an hour)
        hours = hours_of(person, {since.year, now.year})
        forgotten_at = forgotten_since(since, now, hours) if hours else None
    return MeasuredTimer(timer, timer.measured(now), timer.seconds(now), forgotten_at)
