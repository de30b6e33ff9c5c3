"""Business time, whatever the schedule, near the nights in which clocks change."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.business_hours import BusinessHours
from core.tests.reckoner import open_minutes
from core.tests.strategies import times

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
targets = st.integers(1, 500_000)
Times = tuple[BusinessHours, list[datetime]]


@given(times(2, MINUTE))
def test_elapsed_is_what_a_look_at_the_wall_every_minute_counts(drawn: Times) -> None:
    hours, (start, end) = drawn

    assert hours.elapsed(start, end) == 60 * len(list(open_minutes(hours, start, end)))


@given(times(2, MINUTE), st.data())
def test_due_is_the_end_of_the_last_minute_counted_at_the_wall(
    drawn: Times, data: st.DataObject
) -> None:
    hours, (start, end) = drawn
    minutes = list(open_minutes(hours, start, end))
    count = data.draw(st.integers(0, len(minutes)))

    due = hours.due(start, count * 60)

    assert due == (minutes[count - 1] + MINUTE if count else start)


@given(times(1), targets)
def test_a_target_has_elapsed_when_it_is_due_and_not_a_second_earlier(
    drawn: Times, target: int
) -> None:
    hours, (start,) = drawn

    due = hours.due(start, target)

    assert hours.elapsed(start, due) == target
    assert hours.elapsed(start, due - SECOND) == target - 1


@given(times(3))
def test_elapsed_adds_up_over_a_cut(drawn: Times) -> None:
    hours, (start, cut, end) = drawn

    assert hours.elapsed(start, cut) + hours.elapsed(cut, end) == hours.elapsed(start, end)


@given(times(1), targets, targets)
def test_two_targets_one_after_the_other_are_due_like_one(
    drawn: Times, one: int, other: int
) -> None:
    hours, (start,) = drawn

    assert hours.due(hours.due(start, one), other) == hours.due(start, one + other)


@given(times(2), targets, targets)
def test_later_starts_and_longer_targets_are_never_due_sooner(
    drawn: Times, one: int, other: int
) -> None:
    hours, (early, late) = drawn
    short, long = sorted((one, other))

    assert hours.due(early, short) <= hours.due(late, short) <= hours.due(late, long)


@given(times(2))
def test_the_pieces_of_a_split_are_its_time_without_gap_and_neighbours_differ(
    drawn: Times,
) -> None:
    hours, (start, end) = drawn

    pieces = hours.split(start, end)

    edges = [start, *(piece.end for piece in pieces)]
    assert [(piece.start, piece.end) for piece in pieces] == list(pairwise(edges))
    assert edges[-1] == end
    kinds = [(piece.is_open, piece.is_holiday) for piece in pieces]
    assert all(one != other for one, other in pairwise(kinds))


@given(times(2))
def test_the_open_pieces_of_a_split_are_the_time_elapsed(drawn: Times) -> None:
    hours, (start, end) = drawn

    pieces = hours.split(start, end)

    assert sum(piece.seconds for piece in pieces if piece.is_open) == hours.elapsed(start, end)
    assert [hours.elapsed(piece.start, piece.end) for piece in pieces] == [
        piece.seconds if piece.is_open else 0 for piece in pieces
    ]


@given(times(1))
def test_the_openings_of_the_days_are_the_time_elapsed_over_them(drawn: Times) -> None:
    hours, (start,) = drawn
    days = [start.date() + timedelta(days=n) for n in range(-1, 4)]

    openings = [interval for day in days for interval in hours.opens(day)]

    begin, end = (datetime(d.year, d.month, d.day, tzinfo=hours.zone) for d in _around(days))
    assert sum(interval.seconds for interval in openings) == hours.elapsed(begin, end)


def _around(days: list[date]) -> tuple[date, date]:
    return days[0], days[-1] + timedelta(days=1)


@given(times(1))
def test_the_next_opening_is_the_first_open_instant(drawn: Times) -> None:
    hours, (start,) = drawn

    opening = hours.next_opening(start)

    assert hours.is_open(opening)
    assert hours.elapsed(start, opening) == 0
