"""Bringing the stretches of a ticket's clock up to now; opens no transaction.

What happened is read from where it is kept, the steps from status to status and the versions of
the calendar, in the order in which it happened: so nothing that another way of working leaves
behind is missed, and the moment that counts is the one at which it happened.
"""

from dataclasses import dataclass, field
from datetime import datetime

from contracts.models import CalendarVersion
from contracts.operations._calendar_versions import version_at
from tickets.models import ClockStretch, StatusChange, StretchCause, Ticket, TicketStatus
from tickets.queries.promises import WantedHours


@dataclass
class Stretches:
    """The stretches of one ticket, and which of them are to be written."""

    ticket: Ticket
    rows: list[ClockStretch] = field(default_factory=list)
    touched: list[ClockStretch] = field(default_factory=list)

    @property
    def last(self) -> ClockStretch:
        """The stretch that runs, or the one with which the clock was stopped."""
        return self.rows[-1]

    def begin(self, at: datetime, cause: StretchCause, **how: object) -> None:
        """Begin another stretch like the last one but for what is said."""
        if self.rows:
            at = self.end(at)
            before = self.last
            like = {
                "is_paused": before.is_paused,
                "status_id": before.status_id,
                "version": before.version,
                "time_zone": before.time_zone,
            }
            how = {**like, **how}
        self.rows.append(ClockStretch(ticket=self.ticket, starts_at=at, cause=cause, **how))
        self.touched.append(self.last)

    def end(self, at: datetime) -> datetime:
        """End the stretch that runs; return the moment, never before it began."""
        if self.last.ends_at is not None:
            return max(at, self.last.ends_at)
        self.last.ends_at = max(at, self.last.starts_at)
        self.touched.append(self.last)
        return self.last.ends_at

    def count_by(self, at: datetime, version: CalendarVersion | None, time_zone: str) -> None:
        """Count by other hours from the moment on; what has passed stays judged."""
        if self.last.starts_at >= at:
            self.last.version, self.last.time_zone = version, time_zone
            self.touched.append(self.last)
        else:
            self.begin(at, StretchCause.HOURS, version=version, time_zone=time_zone)

    def save(self) -> None:
        """Write what has changed: what ended first, since only one stretch may be open."""
        unique = {id(row): row for row in self.touched}.values()
        for row in sorted(unique, key=lambda row: row.ends_at is None):
            row.save()
        self.touched.clear()


def bring_up(ticket: Ticket, wanted: WantedHours, followed: int, now: datetime) -> Stretches:
    """Return the ticket's stretches with all that happened since the step last followed."""
    rows = ticket.clock_stretches.select_related("version").order_by("starts_at", "pk")
    found = Stretches(ticket, list(rows))
    if not found.rows:
        _begin(found, wanted, now)
    versions = _versions(found.last, now)
    for at, status in _steps(ticket, followed):
        _follow_calendar(found, versions, at)
        _step(found, versions, at, status)
    _follow_calendar(found, versions, now)
    _follow_promise(found, wanted, now)
    found.save()
    return found


def _begin(found: Stretches, wanted: WantedHours, now: datetime) -> None:
    """Start the clock when the ticket was opened, by the hours that were valid then."""
    at, version = found.ticket.opened_at, None
    if wanted.calendar_id is not None:
        last = version_at(wanted.calendar_id, now)
        known = list(CalendarVersion.objects.filter(calendar=last.calendar_id).order_by("number"))
        version = _valid(known, at) or known[0]
    found.begin(at, StretchCause.OPENED, version=version, time_zone=wanted.time_zone)


def _versions(last: ClockStretch, now: datetime) -> list[CalendarVersion]:
    """Return the versions of the calendar that are newer than the one it counts by."""
    if last.version is None:
        return []
    return list(
        CalendarVersion.objects.filter(
            calendar=last.version.calendar_id,
            number__gt=last.version.number,
            valid_from__lte=now,
        ).order_by("number")
    )


def _valid(versions: list[CalendarVersion], at: datetime) -> CalendarVersion | None:
    return next((one for one in reversed(versions) if one.valid_from <= at), None)


def _steps(ticket: Ticket, followed: int) -> list[tuple[datetime, TicketStatus]]:
    """Return the steps not followed yet; a ticket brought from elsewhere may lack its first."""
    changes = StatusChange.objects.filter(ticket=ticket, pk__gt=followed)
    found = list(changes.select_related("from_status", "to_status").order_by("changed_at", "pk"))
    steps = [(one.changed_at, one.to_status) for one in found]
    if followed:
        return steps
    if not found:
        return [(ticket.closed_at or ticket.opened_at, ticket.status)]
    first = found[0].from_status
    return steps if first is None else [(ticket.opened_at, first), *steps]


def _step(
    found: Stretches, versions: list[CalendarVersion], at: datetime, status: TicketStatus
) -> None:
    last, is_paused = found.last, status.pauses_clock
    if status.is_closed:
        found.end(at)
    elif last.ends_at is not None:
        version = _valid(versions, at) or last.version
        found.begin(
            at, StretchCause.REOPENED, is_paused=is_paused, status_id=status.pk, version=version
        )
    elif last.status_id is None:
        last.status_id, last.is_paused = status.pk, is_paused
        found.touched.append(last)
    elif last.is_paused != is_paused:
        found.begin(at, StretchCause.STATUS, is_paused=is_paused, status_id=status.pk)


def _follow_calendar(found: Stretches, versions: list[CalendarVersion], until: datetime) -> None:
    """Count by each version of the calendar from the moment on from which it was valid."""
    for version in versions:
        current = found.last.version
        is_newer = current is None or version.number > current.number
        if found.last.ends_at is None and is_newer and version.valid_from <= until:
            found.count_by(version.valid_from, version, found.last.time_zone)


def _follow_promise(found: Stretches, wanted: WantedHours, now: datetime) -> None:
    """Count by the calendar of what is promised now; a clock that stands still waits for that."""
    last = found.last
    calendar_id = last.version.calendar_id if last.version else None
    is_same = (calendar_id, last.time_zone) == (wanted.calendar_id, wanted.time_zone)
    if is_same or last.ends_at is not None:
        return
    version = version_at(wanted.calendar_id, now) if wanted.calendar_id else None
    found.count_by(now, version, wanted.time_zone)
