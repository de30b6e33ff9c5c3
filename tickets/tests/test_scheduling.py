"""What stands against an appointment, and where things are on a day; worked out by hand."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.business_hours import BusinessHours, Interval, Window
from tickets.domain.scheduling import (
    Conflict,
    ConflictKind,
    Taken,
    clashing,
    conflicts_of,
    first_room,
    place_of,
    whole_hours,
)

PARIS = ZoneInfo("Europe/Paris")
NINE_TO_FIVE = (Window(time(9), time(12)), Window(time(13), time(17)))
OFFICE = BusinessHours(PARIS, (NINE_TO_FIVE,) * 5 + ((), ()))
NIGHTS = BusinessHours(PARIS, ((Window(time(22), time(6)),),) * 7)


def at(hour: int, minute: int = 0, day: int = 31) -> datetime:
    """Return a time in Paris in March 2026; summer time begins on the 29th."""
    return datetime(2026, 3, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


def span(start: datetime, end: datetime) -> Interval:
    return Interval(start, end)


def against(slot: Interval, **known: list[Taken]) -> list[tuple[str, Interval]]:
    known = {"booked": [], "leave": [], **known}
    return [(one.key, one.slot) for one in conflicts_of(slot, hours=OFFICE, **known)]


def test_a_free_time_within_working_hours_has_nothing_against_it() -> None:
    assert against(span(at(9), at(12))) == []


def test_what_touches_does_not_overlap() -> None:
    neighbours = [Taken(1, span(at(9), at(10))), Taken(2, span(at(11), at(12)))]

    assert against(span(at(10), at(11)), booked=neighbours) == []


def test_an_overlap_is_told_with_the_time_that_both_have_in_common() -> None:
    other = [Taken(7, span(at(9, 30), at(10, 15)))]

    assert against(span(at(10), at(11)), booked=other) == [("overlap:7", span(at(10), at(10, 15)))]


def test_leave_and_closed_hours_are_both_told() -> None:
    away = [Taken(3, span(at(16), at(18)))]

    assert against(span(at(16, 30), at(17, 30)), leave=away) == [
        ("leave:3", span(at(16, 30), at(17, 30))),
        ("hours", span(at(17), at(17, 30))),
    ]


def test_a_lunch_break_and_the_evening_are_two_pieces_of_one_conflict() -> None:
    assert against(span(at(11), at(18))) == [
        ("hours", span(at(12), at(13))),
        ("hours", span(at(17), at(18))),
    ]


def test_where_no_hours_are_known_none_is_outside_of_them() -> None:
    assert conflicts_of(span(at(3), at(4)), booked=(), leave=(), hours=None) == ()


def test_a_shift_over_the_night_summer_time_begins_is_inside_its_hours() -> None:
    # From 22:00 on the 28th to 06:00 on the 29th are seven hours, not eight.
    night = span(at(22, day=28), at(6, day=29))

    assert night.seconds == 7 * 3600
    assert conflicts_of(night, booked=(), leave=(), hours=NIGHTS) == ()
    later = span(night.start, night.start + timedelta(hours=8))
    assert conflicts_of(later, booked=(), leave=(), hours=NIGHTS) == (
        Conflict(ConflictKind.OUTSIDE_HOURS, span(at(6, day=29), at(7, day=29))),
    )


def test_somebody_in_another_zone_works_by_their_own_clock() -> None:
    # Between the American and the European change New York is five hours behind Paris, not six.
    there = BusinessHours(ZoneInfo("America/New_York"), (NINE_TO_FIVE,) * 5 + ((), ()))
    before, after = at(14, day=20), at(14, day=30)

    assert (
        conflicts_of(span(before, before + timedelta(hours=1)), booked=(), leave=(), hours=there)
        == ()
    )
    [found] = conflicts_of(
        span(after, after + timedelta(minutes=30)), booked=(), leave=(), hours=there
    )
    assert found.kind == ConflictKind.OUTSIDE_HOURS


def test_a_long_appointment_clashes_with_each_that_lies_within_it() -> None:
    taken = [
        Taken(1, span(at(9), at(12))),
        Taken(2, span(at(9, 30), at(10))),
        Taken(3, span(at(11), at(11, 30))),
        Taken(4, span(at(12), at(13))),
    ]

    assert clashing(taken) == {1, 2, 3}


moments = st.integers(min_value=0, max_value=96).map(lambda n: at(0) + timedelta(minutes=15 * n))


@given(edges=st.lists(st.tuples(moments, st.integers(1, 12)), max_size=8))
def test_clashing_finds_what_comparing_each_with_each_finds(
    edges: list[tuple[datetime, int]],
) -> None:
    taken = [
        Taken(pk, span(start, start + timedelta(minutes=15 * length)))
        for pk, (start, length) in enumerate(edges)
    ]

    slow = {
        one.pk
        for one in taken
        for other in taken
        if one.pk != other.pk
        and one.slot.start < other.slot.end
        and other.slot.start < one.slot.end
    }

    assert clashing(taken) == slow


@pytest.mark.parametrize(
    ("taken", "not_before", "expected"),
    [
        ([], at(0), at(9)),
        ([span(at(9), at(10, 5))], at(0), at(10, 15)),
        ([span(at(9), at(11, 30))], at(0), at(13)),
        ([], at(9, 7), at(9, 15)),
        ([span(at(9), at(17))], at(0), None),
        ([span(at(14), at(15)), span(at(9), at(14))], at(0), at(15)),
    ],
)
def test_the_first_room_is_a_free_quarter_within_working_hours(
    taken: list[Interval], not_before: datetime, expected: datetime | None
) -> None:
    windows = [span(at(9), at(12)), span(at(13), at(17))]

    assert first_room(windows, taken, timedelta(hours=1), not_before) == expected


def test_a_day_shows_its_usual_hours_and_all_that_is_in_it() -> None:
    day = span(at(0), at(0) + timedelta(days=1))

    assert whole_hours(day, []) == span(at(8), at(18))
    assert whole_hours(day, [span(at(6, 45), at(7)), span(at(17), at(19, 15))]) == span(
        at(6), at(20)
    )


def test_the_day_of_twenty_three_hours_has_twenty_three() -> None:
    day = span(at(0, day=29), at(0, day=30))

    shown = whole_hours(day, [day])

    assert shown.seconds == 23 * 3600
    # 10:00 by the clock is the tenth hour of the day: nine hours have passed.
    assert place_of(span(at(10, day=29), at(11, day=29)), shown) == (9 * 4 + 1, 4)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(8), at(9), (1, 4)),
        (at(8, 20), at(8, 35), (2, 2)),
        (at(7), at(8, 15), (1, 1)),
        (at(17, 45), at(19), (40, 1)),
        (at(7), at(8), None),
    ],
)
def test_a_begun_quarter_counts_whole_and_what_is_not_shown_is_cut_off(
    start: datetime, end: datetime, expected: tuple[int, int] | None
) -> None:
    assert place_of(span(start, end), span(at(8), at(18))) == expected
