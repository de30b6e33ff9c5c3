"""The clock of a promise: how much of it is used, what is left, when it is due.

A clock is a list of stretches, each under the business hours that were valid then. Nothing that is
due is ever stored and shifted: what is due follows from the stretches. While a clock is *paused* it
waits for the client, and only targets that cannot be paused go on. While it is *stopped*, because
the work is done, nothing goes on; when it runs again it continues where it stopped::

    clock = SlaClock.started(created_at, hours).pause(at).run(at).stop(resolved_at)
    clock.read(Target(8 * 3600), as_of=now).due_at

Another target is measured against the time already used, because the stretches know no target.
Other hours count from their moment on: stretches before keep the hours that they ran under.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from core.business_hours import BusinessHours, Interval
from core.business_hours.instants import instant_of, second_of
from core.business_hours.local_day import clipped, joined

PERCENTAGES = (50, 75, 100)
WHOLE = 100


class ClockTurnedBack(Exception):
    """Something is said to have happened before what the clock already knows."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised: seconds of business time; a first response usually cannot be paused."""

    seconds: int
    is_pausable: bool = True
    percentages: tuple[int, ...] = PERCENTAGES

    def __post_init__(self) -> None:
        if self.seconds < 0:
            raise ValueError("a target cannot be negative")

    def share(self, percent: int) -> int:
        """Return the seconds at which so many percent are used, rounded up to a whole one."""
        return -(-self.seconds * percent // WHOLE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time during which the clock ran or was paused, under one schedule; open without an end."""

    start: datetime
    hours: BusinessHours
    end: datetime | None = None
    is_paused: bool = False

    def elapsed(self, as_of: datetime) -> int:
        """Return the business seconds of it that had passed at the moment."""
        end = as_of if self.end is None else min(self.end, as_of, key=second_of)
        return 0 if _is_before(end, self.start) else self.hours.elapsed(self.start, end)


@dataclass(frozen=True, slots=True)
class Milestone:
    """When a share of the target is used up; unknown while the clock stands still before it."""

    percent: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock shows for one target at one moment."""

    target: Target
    as_of: datetime
    elapsed_seconds: int
    due_at: datetime | None
    milestones: tuple[Milestone, ...]

    @property
    def remaining_seconds(self) -> int:
        """The business seconds that are left, negative once the target is overrun."""
        return self.target.seconds - self.elapsed_seconds

    @property
    def is_missed(self) -> bool:
        """Whether the due time had passed; what is done in the due second itself is in time."""
        return self.due_at is not None and _is_before(self.due_at, self.as_of)


@dataclass(frozen=True, slots=True)
class SlaClock:
    """The stretches of a ticket's clock, oldest first; between two of them it was stopped."""

    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        if not self.stretches:
            raise ValueError("a clock begins with a stretch")
        edges = [*_edges(self.stretches[:-1]), self.stretches[-1].start, self.stretches[-1].end]
        seconds = [second_of(edge) for edge in edges if edge is not None]
        if None in edges[:-1] or seconds != sorted(seconds):
            raise ClockTurnedBack("the stretches of a clock follow one another")

    @classmethod
    def started(
        cls, at: datetime, hours: BusinessHours, pauses: Iterable[Interval] = ()
    ) -> "SlaClock":
        """Return a clock that runs from the moment on, but for the pauses, given in any order."""
        clock = cls((Stretch(at, hours),))
        for start, end in _from(at, pauses):
            clock = clock.pause(instant_of(start)).run(instant_of(end))
        return clock

    @property
    def is_running(self) -> bool:
        """Whether the clock ticks, as far as it knows."""
        return self._last.end is None and not self._last.is_paused

    @property
    def is_paused(self) -> bool:
        """Whether the clock waits for the client."""
        return self._last.end is None and self._last.is_paused

    def run(self, at: datetime) -> "SlaClock":
        """Go on from the moment: after a pause, or because the work is taken up again."""
        return self if self.is_running else self._then(Stretch(at, self._last.hours))

    def pause(self, at: datetime) -> "SlaClock":
        """Wait from the moment on."""
        if self.is_paused:
            return self
        return self._then(Stretch(at, self._last.hours, is_paused=True))

    def stop(self, at: datetime) -> "SlaClock":
        """Stand still from the moment on, for every target: the work is done."""
        if self._last.end is not None:
            return self
        return SlaClock(self._ended(at))

    def change_hours(self, at: datetime, hours: BusinessHours) -> "SlaClock":
        """Count by other business hours from the moment on; what has passed stays judged."""
        end = None if self._last.end is None else at
        return self._then(Stretch(at, hours, end, is_paused=self.is_paused))

    def elapsed(self, as_of: datetime, *, is_pausable: bool = True) -> int:
        """Return the business seconds that were used at the moment."""
        return sum(stretch.elapsed(as_of) for stretch in self._counted(is_pausable=is_pausable))

    def due(self, seconds: int, *, is_pausable: bool = True) -> datetime | None:
        """Return when so many business seconds are used, or nothing while the clock stands still.

        :raises NeverDue: the business hours do not open for so long
        """
        left = seconds
        for stretch in self._counted(is_pausable=is_pausable):
            available = None if stretch.end is None else stretch.elapsed(stretch.end)
            if available is None or left <= available:
                return stretch.hours.due(stretch.start, left)
            left -= available
        return None

    def read(self, target: Target, as_of: datetime) -> Reading:
        """Return what the clock shows for the target at the moment.

        :raises NeverDue: the business hours do not open for so long
        """
        milestones = [
            Milestone(percent, self.due(target.share(percent), is_pausable=target.is_pausable))
            for percent in target.percentages
        ]
        return Reading(
            target,
            as_of,
            self.elapsed(as_of, is_pausable=target.is_pausable),
            self.due(target.seconds, is_pausable=target.is_pausable),
            tuple(milestones),
        )

    @property
    def _last(self) -> Stretch:
        return self.stretches[-1]

    def _counted(self, *, is_pausable: bool) -> Iterator[Stretch]:
        for stretch in self.stretches:
            if not (is_pausable and stretch.is_paused):
                yield stretch

    def _then(self, stretch: Stretch) -> "SlaClock":
        return SlaClock((*self._ended(stretch.start), stretch))

    def _ended(self, at: datetime) -> tuple[Stretch, ...]:
        if self._last.end is not None:
            return self.stretches
        return (*self.stretches[:-1], replace(self._last, end=at))


def _is_before(one: datetime, other: datetime) -> bool:
    return second_of(one) < second_of(other)


def _edges(stretches: Iterable[Stretch]) -> Iterator[datetime | None]:
    for stretch in stretches:
        yield from (stretch.start, stretch.end)


def _from(at: datetime, pauses: Iterable[Interval]) -> Iterator[tuple[int, int]]:
    """Yield the pauses as seconds from the moment on, those that touch or overlap as one."""
    spans = joined((second_of(pause.start), second_of(pause.end)) for pause in pauses)
    if spans:
        yield from clipped(spans, second_of(at), spans[-1][1])
