"""Holes and overlaps of a day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.business_hours import Interval
from tickets.domain.day_sheet import SMALLEST_GAP_SECONDS, gaps_in, overlapping
from tickets.domain.stretches import seconds_of

MIDNIGHT = datetime(2026, 3, 10, tzinfo=UTC)


def span(start: float, end: float) -> Interval:
    """Return from one hour of the day to another."""
    return Interval(MIDNIGHT + timedelta(hours=start), MIDNIGHT + timedelta(hours=end))


MORNING, AFTERNOON = span(9, 12), span(13, 17)


@pytest.mark.parametrize(
    ("worked", "gaps"),
    [
        ([], [MORNING, AFTERNOON]),
        ([span(9, 12), span(13, 17)], []),
        ([span(10, 11)], [span(9, 10), span(11, 12), AFTERNOON]),
        ([span(11, 14)], [span(9, 11), span(14, 17)]),
        ([span(8, 9), span(12, 13), span(17, 20)], [MORNING, AFTERNOON]),
        ([span(9, 11), span(10, 10.5)], [span(11, 12), AFTERNOON]),
        ([span(9.05, 17)], []),  # three minutes are no hole
    ],
)
def test_holes_are_the_working_hours_in_which_nothing_is_logged(
    worked: list[Interval], gaps: list[Interval]
) -> None:
    assert gaps_in([MORNING, AFTERNOON], worked) == gaps


QUARTERS = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 20)), max_size=12)


@given(QUARTERS)
def test_holes_and_work_fill_the_working_hours(starts: list[tuple[int, int]]) -> None:
    """In steps of a quarter no hole is too small to be shown."""
    worked = [span(start / 4, (start + length) / 4) for start, length in starts]
    gaps = gaps_in([MORNING, AFTERNOON], worked)
    quarters = {n for start, length in starts for n in range(start, start + length)}
    open_quarters = set(range(36, 48)) | set(range(52, 68))

    assert seconds_of(gaps) == len(open_quarters - quarters) * 900
    assert gaps_in([MORNING, AFTERNOON], [*worked, *gaps]) == []
    assert all(gap.seconds >= SMALLEST_GAP_SECONDS for gap in gaps)


def test_what_was_worked_at_the_same_time_overlaps_and_what_follows_does_not() -> None:
    worked = {1: [span(9, 10)], 2: [span(10, 11)], 3: [span(10.5, 12)], 4: []}

    assert overlapping(worked) == {2, 3}


def test_work_in_the_break_of_other_work_does_not_overlap() -> None:
    assert overlapping({1: [span(9, 10), span(11, 12)], 2: [span(10, 11)]}) == set()
