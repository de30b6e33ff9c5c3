"""Counting months from an anchor."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.periods import Period, nth_period, number_holding

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def test_a_month_counted_from_the_31st_ends_with_shorter_months() -> None:
    anchor = date(2026, 1, 31)

    # 31 Jan to 27 Feb, 28 Feb to 30 Mar, 31 Mar to 29 Apr
    assert number_holding(anchor, date(2026, 2, 27)) == 0
    assert number_holding(anchor, date(2026, 2, 28)) == 1
    assert number_holding(anchor, date(2026, 3, 30)) == 1
    assert number_holding(anchor, date(2026, 3, 31)) == 2
    assert number_holding(anchor, date(2026, 1, 30)) == -1


def test_the_last_day_of_the_calendar_is_no_end() -> None:
    start = date(2026, 1, 1)

    assert Period.through(start, date(9999, 12, 31)) == Period.through(start, None)


@given(days, days)
def test_every_day_is_in_the_month_of_its_number(anchor: date, day: date) -> None:
    assert day in nth_period(anchor, number_holding(anchor, day))
