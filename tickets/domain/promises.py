"""How a promise stands: measured against the clock of a ticket at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.business_hours import BusinessHours, NeverDue
from core.business_hours.instants import second_of
from core.sla_clock import Milestone, SlaClock, Target

LATE = 75  # of a hundred: from here on a countdown is drawn in a colour that warns
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise at one moment: since ``done_at`` it is settled, before that it runs."""

    target: Target
    as_of: datetime
    done_at: datetime | None
    used_seconds: int
    due_at: datetime | None
    milestones: tuple[Milestone, ...]
    late_at: datetime | None

    @property
    def is_missed(self) -> bool:
        """Whether the time was over; what is done in the due second itself is in time."""
        return self.due_at is not None and second_of(self.due_at) < second_of(
            self.done_at or self.as_of
        )

    @property
    def is_met(self) -> bool:
        """Whether it was done in time."""
        return self.done_at is not None and not self.is_missed

    @property
    def is_running(self) -> bool:
        """Whether it still is to be done."""
        return self.done_at is None

    def reached(self) -> list[Milestone]:
        """Return the milestones that have been reached while it was still to be done."""
        return [
            one
            for one in self.milestones
            if self.is_running and one.at and second_of(one.at) <= second_of(self.as_of)
        ]

    def next_moments(self) -> list[datetime]:
        """Return when something will happen to it if nobody does anything."""
        if not self.is_running:
            return []
        moments = [one.at for one in self.milestones if one.at]
        moments += [self.due_at + SECOND] if self.due_at else []
        return [one for one in moments if second_of(one) > second_of(self.as_of)]


def stand(
    clock: SlaClock, target: Target, *, as_of: datetime, done_at: datetime | None
) -> Standing:
    """Measure the time that was used against the target, up to when it was done, or to now."""
    until = done_at or as_of
    used = clock.elapsed(until, is_pausable=target.is_pausable)
    try:
        reading = clock.read(target, until)
        late_at = clock.due(target.share(LATE), is_pausable=target.is_pausable)
    except NeverDue:
        return Standing(target, as_of, done_at, used, None, (), None)
    return Standing(target, as_of, done_at, used, reading.due_at, reading.milestones, late_at)


def next_working_moment(hours: BusinessHours | None, moment: datetime) -> datetime:
    """Return the moment itself, or when the people who are to be told are next at work."""
    if hours is None:
        return moment
    try:
        return hours.next_opening(moment)
    except NeverDue:
        return moment


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of the moments that are known."""
    return min((one for one in moments if one is not None), default=None)
