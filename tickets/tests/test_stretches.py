"""Stretches that a timer measured, in whole seconds, over nights and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.business_hours import BusinessHours, Interval, Window
from tickets.domain.stretches import (
    breaks_between,
    forgotten_since,
    minutes_of,
    seconds_of,
    without_breaks,
)
from tickets.domain.worktime import parse_breaks

PARIS = ZoneInfo("Europe/Paris")
DAY = (Window(time(9), time(12)), Window(time(13), time(17, 30)))
OFFICE = BusinessHours(PARIS, (*(DAY,) * 5, (), ()), holidays=frozenset({date(2026, 5, 1)}))
NIGHTS = BusinessHours(PARIS, ((Window(time(22), time(6)),),) * 7)


def paris(day: int, hour: int, minute: int = 0, second: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=PARIS)


def between(start: datetime, end: datetime) -> Interval:
    return Interval(start, end)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(1, 1), (89, 1), (90, 2), (149, 2), (150, 3), (2250, 38)]
)
def test_seconds_become_minutes_half_up_and_never_none(seconds: int, minutes: int) -> None:
    start = datetime(2026, 3, 10, 8, tzinfo=UTC)
    end = datetime.fromtimestamp(start.timestamp() + seconds, UTC)

    assert minutes_of([between(start, end)]) == minutes


def test_parked_in_between_is_not_worked() -> None:
    """09:00 to 09:40 and 10:15 to 10:30 are 55 minutes, with a break of 35."""
    worked = [
        between(paris(10, 9), paris(10, 9, 40)),
        between(paris(10, 10, 15), paris(10, 10, 30)),
    ]

    assert minutes_of(worked) == 55
    assert breaks_between(worked) == (between(paris(10, 9, 40), paris(10, 10, 15)),)


def test_a_night_in_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    assert minutes_of([between(paris(29, 1), paris(29, 4))]) == 120


@pytest.mark.parametrize(
    "breaks",
    [
        [between(paris(10, 8), paris(10, 9, 30))],
        [between(paris(10, 11), paris(10, 12, 30))],
        [between(paris(10, 10), paris(10, 10))],
        [between(paris(10, 10), paris(10, 11)), between(paris(10, 10, 30), paris(10, 11, 30))],
    ],
)
def test_breaks_outside_of_the_work_or_over_one_another_are_refused(breaks: list[Interval]) -> None:
    with pytest.raises(ValueError, match="no break"):
        without_breaks(between(paris(10, 9), paris(10, 12)), breaks)


@given(st.lists(st.tuples(st.integers(1, 20_000), st.integers(1, 20_000)), min_size=1, max_size=5))
def test_work_less_its_breaks_is_what_was_measured(lengths: list[tuple[int, int]]) -> None:
    moment, worked = datetime(2026, 3, 28, 20, tzinfo=UTC), []
    for work, pause in lengths:
        end = moment + timedelta(seconds=work)
        worked.append(between(moment, end))
        moment = end + timedelta(seconds=pause)
    whole = between(worked[0].start, worked[-1].end)

    assert without_breaks(whole, breaks_between(worked)) == tuple(worked)
    assert seconds_of(worked) == sum(work for work, _ in lengths)


@pytest.mark.parametrize(
    ("since", "now", "forgotten"),
    [
        (paris(10, 16), paris(10, 18, 29), None),
        (paris(10, 16), paris(10, 18, 30), paris(10, 17, 30)),
        (paris(10, 11), paris(10, 13), None),  # through lunch
        (paris(10, 11), paris(11, 9), paris(10, 17, 30)),
        (paris(10, 20), paris(10, 23, 59), None),  # an emergency in the evening
        (paris(10, 20), paris(11, 0), paris(10, 20)),
        (paris(1, 10, month=5), paris(1, 14, month=5), paris(1, 10, month=5)),  # a holiday
    ],
)
def test_a_timer_is_forgotten_an_hour_after_closing(
    since: datetime, now: datetime, forgotten: datetime | None
) -> None:
    assert forgotten_since(since, now, OFFICE) == forgotten


def test_the_working_day_of_a_night_shift_ends_in_the_morning() -> None:
    assert forgotten_since(paris(10, 23), paris(11, 6, 59), NIGHTS) is None
    assert forgotten_since(paris(10, 23), paris(11, 7), NIGHTS) == paris(11, 6)


@pytest.mark.parametrize(
    ("typed", "breaks"),
    [
        ("12:00-13:00", [(time(12), time(13))]),
        ("12:00 – 12:30, 15:30-15:45", [(time(12), time(12, 30)), (time(15, 30), time(15, 45))]),
        ("", []),
        ("noon", None),
        ("12:00", None),
        ("25:00-26:00", None),
    ],
)
def test_breaks_are_read_as_people_type_them(
    typed: str, breaks: list[tuple[time, time]] | None
) -> None:
    assert parse_breaks(typed) == breaks
