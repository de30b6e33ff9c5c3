"""Reading a ticket's clock from its stretches."""

from collections.abc import Iterable

from contracts.domain.calendar_facts import around_the_clock, hours_of
from core.business_hours import BusinessHours
from core.sla_clock import SlaClock, Stretch
from tickets.models import ClockStretch

ANYWHERE = "UTC"  # what never closes is the same everywhere


def hours_of_stretch(row: ClockStretch) -> BusinessHours:
    """Return the business hours that the stretch ran under, as they were then."""
    if row.version is None:
        return around_the_clock(ANYWHERE)
    return hours_of(row.version.facts, row.time_zone)


def clock_from(rows: Iterable[ClockStretch]) -> SlaClock:
    """Return the clock that the stretches make, oldest first."""
    return SlaClock(
        tuple(
            Stretch(row.starts_at, hours_of_stretch(row), row.ends_at, row.is_paused)
            for row in rows
        )
    )
