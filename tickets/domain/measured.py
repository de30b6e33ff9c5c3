"""What was worked, by what a timer measured."""

from collections.abc import Sequence
from dataclasses import replace

from core.business_hours import Interval
from tickets.domain.stretches import breaks_between
from tickets.domain.work import TimeWorked


def as_measured(work: TimeWorked, measured: Sequence[Interval]) -> TimeWorked:
    """Return the work with the measured times, unless it names others or nothing was measured."""
    if work.minutes is not None or work.started_at is not None or not measured:
        return work
    return replace(
        work,
        started_at=measured[0].start,
        ended_at=measured[-1].end,
        breaks=breaks_between(measured),
    )
