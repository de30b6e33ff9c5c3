"""Minutes are exact, also on the nights on which the clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.domain.worktime import day_of_end, instants_of, minutes_between, parse_minutes

PARIS = ZoneInfo("Europe/Paris")
SPRING_NIGHT = date(2026, 3, 29)
AUTUMN_NIGHT = date(2026, 10, 25)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45", 45),
        ("45 min", 45),
        ("1:30", 90),
        ("1h30", 90),
        ("1 h 05", 65),
        ("2h", 120),
        ("0.75h", 45),
        ("0,75 h", 45),
        ("0.33h", 20),
        ("1H30MIN", 90),
    ],
)
def test_durations_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "soon", "1.5", "1:75", "-5", "1h75", "12345", "1:5"])
def test_what_could_mean_anything_is_not_guessed(typed: str) -> None:
    assert parse_minutes(typed) is None


def test_the_spring_night_from_half_past_one_to_four_has_ninety_minutes() -> None:
    [begin] = instants_of(SPRING_NIGHT, time(1, 30), PARIS)
    [end] = instants_of(SPRING_NIGHT, time(4), PARIS)

    assert minutes_between(begin, end) == 90


def test_the_autumn_night_from_half_past_one_to_four_has_three_hours_and_a_half() -> None:
    [begin] = instants_of(AUTUMN_NIGHT, time(1, 30), PARIS)
    [end] = instants_of(AUTUMN_NIGHT, time(4), PARIS)

    assert minutes_between(begin, end) == 210


def test_a_time_that_the_clocks_skip_is_no_instant() -> None:
    assert instants_of(SPRING_NIGHT, time(2, 30), PARIS) == []


def test_a_time_that_the_clocks_show_twice_is_two_instants() -> None:
    assert instants_of(AUTUMN_NIGHT, time(2, 30), PARIS) == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]


def test_instants_in_one_zone_are_not_subtracted_by_their_clock_faces() -> None:
    begin = datetime(2026, 3, 29, 1, 30, tzinfo=PARIS)
    end = datetime(2026, 3, 29, 4, 0, tzinfo=PARIS)

    assert minutes_between(begin, end) == 90


@pytest.mark.parametrize(
    ("begins", "ends", "day"),
    [
        (time(9), time(9, 30), date(2026, 3, 10)),
        (time(23, 30), time(0, 20), date(2026, 3, 11)),
        (time(9), time(8), None),
        (time(9), time(9), None),
    ],
)
def test_an_earlier_end_means_the_next_day_unless_that_is_absurd(
    begins: time, ends: time, day: date | None
) -> None:
    assert day_of_end(date(2026, 3, 10), begins, ends) == day


@given(
    day=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    clock=st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
)
def test_every_instant_found_is_shown_by_the_clocks_as_typed(day: date, clock: time) -> None:
    shown = [i.astimezone(PARIS) for i in instants_of(day, clock, PARIS)]

    assert all((at.date(), at.time().replace(fold=0)) == (day, clock) for at in shown)
