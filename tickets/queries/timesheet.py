"""A person's days: what was logged, against the hours in which they work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from core.business_hours import BusinessHours, Interval
from tickets.domain.day_sheet import gaps_in, overlapping
from tickets.domain.stretches import seconds_of
from tickets.models import TimeEntry, TimesheetDay
from tickets.queries.working_hours import hours_of

DAYS_OF_A_WEEK = 7
ONE_DAY = timedelta(days=1)
SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """An entry, or a hole to fill, in the order of the day."""

    entry: TimeEntry | None = None
    gap: Interval | None = None
    overlaps: bool = False


@dataclass(frozen=True, slots=True)
class DaySheet:
    """One day: its entries and holes, and where it stands."""

    day: date
    rows: tuple[Row, ...]
    worked_minutes: int
    billable_minutes: int
    target_minutes: int
    handed_in: TimesheetDay | None
    is_future: bool

    @property
    def entries(self) -> list[TimeEntry]:
        """What was logged."""
        return [row.entry for row in self.rows if row.entry is not None]

    @property
    def gaps(self) -> list[Interval]:
        """The holes in the working hours."""
        return [row.gap for row in self.rows if row.gap is not None]

    @property
    def has_overlaps(self) -> bool:
        """Whether something was worked at the same time as something else."""
        return any(row.overlaps for row in self.rows)

    @property
    def missing_minutes(self) -> int:
        """How much less than the working hours was logged."""
        return max(0, self.target_minutes - self.worked_minutes)

    @property
    def is_locked(self) -> bool:
        """Whether the entries stay as they are."""
        return self.handed_in is not None and self.handed_in.is_locked

    @property
    def can_be_submitted(self) -> bool:
        """Whether there is something to hand in."""
        return bool(self.entries) and not self.is_locked and not self.is_future


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """Seven days from Monday on."""

    person: User
    days: tuple[DaySheet, ...]

    @property
    def worked_minutes(self) -> int:
        """What was logged in the week."""
        return sum(day.worked_minutes for day in self.days)

    @property
    def target_minutes(self) -> int:
        """How long the person works in such a week."""
        return sum(day.target_minutes for day in self.days)

    @property
    def can_be_submitted(self) -> bool:
        """Whether there is something to hand in."""
        return any(day.can_be_submitted for day in self.days)

    def on(self, day: date) -> DaySheet:
        """Return one of its days."""
        return next(one for one in self.days if one.day == day)


def monday_of(day: date) -> date:
    """Return the Monday of the week that the day is in."""
    return day - timedelta(days=day.weekday())


def week_sheet(person: User, day: date, now: datetime, today: date) -> WeekSheet:
    """Return the week of a day; a constant number of queries."""
    monday = monday_of(day)
    days = [monday + n * ONE_DAY for n in range(DAYS_OF_A_WEEK)]
    # Work of a night shift belongs to the day on which it began, and fills the hours of another.
    around = [days[0] - ONE_DAY, *days, days[-1] + ONE_DAY]
    entries = _entries(person, around)
    worked = {entry.pk: entry.stretches for entry in entries}
    handed_in = {one.day: one for one in TimesheetDay.objects.filter(person=person, day__in=days)}
    hours = hours_of(person, {one.year for one in days})
    sheets = (
        _day_sheet(
            one,
            [entry for entry in entries if entry.worked_on == one],
            _open_hours(hours, one),
            worked,
            handed_in.get(one),
            (now, today),
        )
        for one in days
    )
    return WeekSheet(person, tuple(sheets))


def _entries(person: User, days: Sequence[date]) -> list[TimeEntry]:
    found = TimeEntry.objects.filter(technician=person, worked_on__in=days)
    return list(found.select_related("ticket__client", "work_type"))


def _open_hours(hours: BusinessHours | None, day: date) -> tuple[Interval, ...]:
    return hours.opens(day) if hours else ()


def _day_sheet(
    day: date,
    entries: list[TimeEntry],
    open_hours: tuple[Interval, ...],
    worked: Mapping[int, tuple[Interval, ...]],
    handed_in: TimesheetDay | None,
    at: tuple[datetime, date],
) -> DaySheet:
    now, today = at
    both = overlapping(worked)
    past = [Interval(one.start, min(one.end, now)) for one in open_hours if one.start < now]
    is_locked = handed_in is not None and handed_in.is_locked
    times = [stretch for stretches in worked.values() for stretch in stretches]
    gaps = [] if is_locked else gaps_in(past, times)
    return DaySheet(
        day=day,
        rows=tuple(_in_order(entries, gaps, both)),
        worked_minutes=sum(entry.minutes for entry in entries),
        billable_minutes=sum(entry.minutes for entry in entries if entry.is_billable),
        target_minutes=seconds_of(open_hours) // SECONDS_PER_MINUTE,
        handed_in=handed_in,
        is_future=day > today,
    )


def _in_order(entries: list[TimeEntry], gaps: list[Interval], both: set[int]) -> list[Row]:
    """Return what has a time by it, then what has only minutes."""
    timed = [(entry.started_at, Row(entry, overlaps=entry.pk in both)) for entry in entries]
    placed = [(start, row) for start, row in timed if start is not None]
    placed += [(gap.start, Row(gap=gap)) for gap in gaps]
    placed.sort(key=lambda pair: pair[0])
    return [row for _, row in placed] + [row for start, row in timed if start is None]
