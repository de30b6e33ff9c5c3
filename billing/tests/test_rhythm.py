"""Which days of a line are billed together, and from when on they are due."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import LineTerm, Rhythm
from billing.domain.rhythm import (
    Cycle,
    cycles_of,
    due_on,
    period_start_from,
    weight_before,
    weight_of,
    without,
)
from billing.domain.terms import Proration, StubRule, Timing
from billing.tests.agreed_lines import flat
from billing.tests.reckoning import months_later
from core.periods import Period, add_months, month_of

MAR, APR, MAY, JUL = (date(2026, month, 1) for month in (3, 4, 5, 7))
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
rhythms = st.builds(Rhythm, months=st.sampled_from([1, 3, 6, 12]), anchor=days)


def cycles(line: LineTerm, until: date) -> list[Cycle]:
    return list(cycles_of(line, until))


def days_of(line: LineTerm, until: date) -> list[str]:
    return [f"{one.days.start}/{one.days.last_day}" for one in cycles(line, until)]


@pytest.mark.parametrize(
    ("months", "first_days"),
    [
        (1, ["2026-02-10", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01"]),
        (3, ["2026-02-10", "2026-04-01", "2026-07-01"]),
        (6, ["2026-02-10", "2026-07-01"]),
        (12, ["2026-02-10"]),
    ],
)
def test_calendar_periods_start_in_january(months: int, first_days: list[str]) -> None:
    line = flat(date(2026, 2, 10), "100.00", months=months)

    assert [str(one.days.start) for one in cycles(line, JUL)] == first_days


def test_a_line_may_start_before_its_anchor() -> None:
    line = flat(date(2025, 11, 30), "100.00", months=3, anchor=date(2026, 8, 31))

    assert days_of(line, date(2026, 5, 31)) == [
        "2025-11-30/2026-02-27",
        "2026-02-28/2026-05-30",
        "2026-05-31/2026-08-30",
    ]


def test_a_one_time_line_has_one_day_whatever_its_term() -> None:
    fee = flat(date(2026, 3, 20), "250.00", months=0, pauses=[month_of(MAR)])

    assert days_of(fee, date(2027, 1, 1)) == ["2026-03-20/2026-03-20"]
    assert due_on(cycles(fee, MAY)[0], fee) == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("timing", "due"),
    [
        (Timing.ADVANCE, ["2026-03-20", "2026-04-01", "2026-05-01"]),
        (Timing.ARREARS, ["2026-04-01", "2026-05-01", "2026-05-11"]),
    ],
)
def test_a_final_piece_in_arrears_waits_for_the_end_of_the_line_only(
    timing: Timing, due: list[str]
) -> None:
    line = flat(date(2026, 3, 20), "100.00", until=date(2026, 5, 10), timing=timing)

    assert [str(due_on(one, line)) for one in cycles(line, JUL)] == due


@pytest.mark.parametrize(
    ("timing", "until", "due"),
    [
        (Timing.ADVANCE, None, "2026-04-01"),
        (Timing.ARREARS, None, "2026-05-01"),
        (Timing.ADVANCE, date(2026, 3, 27), "2026-03-28"),
        (Timing.ARREARS, date(2026, 3, 27), "2026-03-28"),
        (Timing.ARREARS, date(2026, 4, 10), "2026-04-11"),
    ],
)
def test_a_joined_piece_is_billed_with_the_first_whole_period_or_at_the_end_of_the_line(
    timing: Timing, until: date | None, due: str
) -> None:
    start = date(2026, 3, 20)
    line = flat(start, "100.00", until=until, stub=StubRule.JOINED, timing=timing)

    cycle = cycles(line, APR)[0]

    assert (cycle.starts_on, cycle.days.start) == (APR, start)
    assert str(due_on(cycle, line)) == due


def test_the_period_after_a_joined_one_is_billed_alone() -> None:
    line = flat(date(2026, 3, 20), "100.00", stub=StubRule.JOINED)

    assert days_of(line, MAY) == ["2026-03-20/2026-04-30", "2026-05-01/2026-05-31"]


def test_paused_days_are_not_served_and_a_period_of_them_does_not_exist() -> None:
    pauses = [
        Period(date(2026, 3, 10), date(2026, 5, 5)),
        Period(date(2026, 3, 3), MAR.replace(day=5)),
    ]
    line = flat(MAR, "100.00", pauses=pauses)

    march, may = cycles(line, MAY)

    assert [str(one) for one in march.served] == [
        str(Period(MAR, date(2026, 3, 3))),
        str(Period(date(2026, 3, 5), date(2026, 3, 10))),
    ]
    assert may.days == Period(date(2026, 5, 5), date(2026, 6, 1))
    assert due_on(may, line) == date(2026, 5, 5)


def test_a_pause_elsewhere_leaves_a_period_whole() -> None:
    line = flat(MAR, "100.00", pauses=[Period(date(2026, 6, 1), JUL), Period(MAR, MAR)])

    assert [one.is_whole for one in cycles(line, APR)] == [True, True]


def test_the_next_period_starts_on_the_day_itself_or_after_it() -> None:
    quarterly = Rhythm(3)

    assert period_start_from(APR, quarterly) == APR
    assert period_start_from(date(2026, 4, 2), quarterly) == JUL
    assert period_start_from(date(2026, 4, 2), Rhythm(0)) == date(2026, 4, 2)


@given(rhythm=rhythms, start=days)
def test_cycles_follow_each_other_without_gap_and_start_where_the_anchor_says(
    rhythm: Rhythm, start: date
) -> None:
    line = flat(start, "1.00", months=rhythm.months, anchor=rhythm.anchor)

    found = cycles(line, start + timedelta(days=800))

    assert found[0].days.start == start
    assert all(one.days.end == other.days.start for one, other in pairwise(found))
    starts = {months_later(rhythm.anchor, n * rhythm.months) for n in range(-900, 900)}
    assert {one.starts_on for one in found[1:]} <= starts


@given(
    months=st.sampled_from([1, 3, 6, 12]),
    start=days,
    proration=st.sampled_from(Proration),
    data=st.data(),
)
def test_the_weights_of_the_days_of_a_period_add_up_to_it(
    months: int, start: date, proration: Proration, data: st.DataObject
) -> None:
    period = Period(start, add_months(start, months))
    rhythm = Rhythm(months, start, proration=proration)
    day = data.draw(st.dates(period.start, period.last_day))

    before, after = (weight_before(one, period, rhythm) for one in (day, day + timedelta(days=1)))

    assert 0 <= before <= after <= weight_of(period, rhythm)
    assert weight_before(period.start, period, rhythm) == 0
    assert weight_before(period.end, period, rhythm) == weight_of(period, rhythm)


@given(
    whole=st.tuples(days, st.integers(0, 60)),
    pauses=st.lists(st.tuples(st.integers(-5, 65), st.integers(0, 30)), max_size=4),
)
def test_what_pauses_leave_is_each_day_outside_of_them(
    whole: tuple[date, int], pauses: list[tuple[int, int]]
) -> None:
    start, length = whole
    period = Period(start, start + timedelta(days=length))
    gaps = [
        Period(start + timedelta(days=first), start + timedelta(days=first + long))
        for first, long in pauses
    ]

    left = without(period, gaps)

    every = [start + timedelta(days=n) for n in range(length)]
    outside = [day for day in every if not any(day in gap for gap in gaps)]
    assert [day for day in every if any(day in piece for piece in left)] == outside
    assert sum(piece.days for piece in left) == len(outside)
