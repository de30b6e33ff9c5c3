"""Any schedule, and any instant near the nights in which clocks are put forward or back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from core.business_hours import BusinessHours, DatedHours, Interval, Window

ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Paris",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "America/Havana",  # midnight is shown twice
        "America/Santiago",  # midnight is never shown, when summer begins
        "America/St_Johns",  # in 2010 the clock went back over midnight, to the day before
        "Pacific/Apia",  # in 2011 a whole day was left out
    )
]
# Two days before clocks change somewhere, and before a leap day.
EVES = [
    datetime(2010, 11, 5, tzinfo=UTC),
    datetime(2011, 12, 28, tzinfo=UTC),
    datetime(2026, 3, 6, tzinfo=UTC),
    datetime(2026, 3, 27, tzinfo=UTC),
    datetime(2026, 4, 3, tzinfo=UTC),
    datetime(2026, 9, 4, tzinfo=UTC),
    datetime(2026, 10, 2, tzinfo=UTC),
    datetime(2026, 10, 23, tzinfo=UTC),
    datetime(2026, 10, 30, tzinfo=UTC),
    datetime(2028, 2, 27, tzinfo=UTC),
]

quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
windows = st.builds(Window, quarters, quarters)
some_windows = st.lists(windows, max_size=3).map(tuple)


def days_from(eve: datetime) -> st.SearchStrategy[date]:
    return st.integers(-1, 6).map(lambda n: eve.date() + timedelta(days=n))


@st.composite
def schedules(draw: st.DrawFn, eve: datetime) -> BusinessHours:
    """Draw any schedule, with its exceptions around the eve."""
    dated = st.builds(DatedHours, days_from(eve), some_windows)
    return BusinessHours(
        draw(st.sampled_from(ZONES)),
        tuple(draw(st.lists(some_windows, min_size=7, max_size=7).filter(any))),
        tuple(draw(st.lists(dated, max_size=2, unique_by=lambda hours: hours.day))),
        draw(st.frozensets(days_from(eve), max_size=2)),
    )


@st.composite
def times(
    draw: st.DrawFn, count: int, unit: timedelta = timedelta(seconds=1)
) -> tuple[BusinessHours, list[datetime]]:
    """Draw a schedule and so many instants in order, within four days of a change of clocks."""
    eve = draw(st.sampled_from(EVES))
    span = timedelta(days=4) // unit
    offsets = draw(st.lists(st.integers(0, span), min_size=count, max_size=count))
    return draw(schedules(eve)), [eve + unit * offset for offset in sorted(offsets)]


def pauses(instants: list[datetime]) -> list[Interval]:
    """Return an interval for every two instants that follow one another."""
    return [Interval(*pair) for pair in zip(instants[::2], instants[1::2], strict=True)]
