"""Terms and notice windows, by the day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.domain.renewal import (
    Standing,
    Term,
    decide_from,
    first_term_end,
    last_notice_day,
    next_term_end,
    standing_on,
    term_end_on,
    uplifted,
)

YEAR = Term(date(2025, 1, 1), 12, date(2025, 12, 31), notice_days=90)


def test_a_year_from_january_ends_with_december_and_so_does_the_next() -> None:
    assert first_term_end(date(2025, 1, 1), 12) == date(2025, 12, 31)
    assert next_term_end(YEAR) == date(2026, 12, 31)


def test_a_leap_day_contract_comes_back_to_its_day() -> None:
    # From 29 Feb 2024: the year ends on 27 Feb 2025, ..., the fourth on 28 Feb 2028.
    term = Term(date(2024, 2, 29), 12, first_term_end(date(2024, 2, 29), 36))

    assert term.ends_on == date(2027, 2, 27)
    assert next_term_end(term) == date(2028, 2, 28)


def test_short_months_do_not_shorten_the_terms_after_them() -> None:
    start = date(2025, 8, 31)
    ends = []
    term = Term(start, 1, first_term_end(start, 1))
    for _ in range(4):
        ends.append(term.ends_on)
        term = Term(start, 1, next_term_end(term))

    assert ends == [
        date(2025, 9, 29),
        date(2025, 10, 30),
        date(2025, 11, 29),
        date(2025, 12, 30),
    ]


def test_notice_leaves_its_whole_days_before_the_end() -> None:
    # 90 days of notice: 3 Oct is day 1, 31 Dec is day 90.
    assert last_notice_day(YEAR) == date(2025, 10, 2)
    assert decide_from(YEAR, 30) == date(2025, 9, 2)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2025, 9, 1), Standing.RUNNING),
        (date(2025, 9, 2), Standing.DECISION_DUE),
        (date(2025, 10, 2), Standing.DECISION_DUE),
        (date(2025, 10, 3), Standing.NOTICE_OVER),
        (date(2025, 12, 31), Standing.NOTICE_OVER),
        (date(2026, 1, 1), Standing.TERM_OVER),
    ],
)
def test_where_a_contract_stands(day: date, standing: Standing) -> None:
    assert standing_on(day, YEAR, lead_days=30) == standing


def test_an_uplift_rounds_half_up() -> None:
    assert uplifted(Decimal("33.35"), Decimal("3.00")) == Decimal("34.35")  # 34.3505
    assert uplifted(Decimal("10.10"), Decimal("2.50")) == Decimal("10.35")  # 10.3525
    assert uplifted(Decimal("0.50"), Decimal("1.00")) == Decimal("0.51")  # 0.505


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    months=st.integers(1, 60),
    count=st.integers(1, 20),
)
def test_terms_follow_each_other_without_a_gap(start: date, months: int, count: int) -> None:
    term = Term(start, months, first_term_end(start, months * count))

    following = next_term_end(term)

    assert following == first_term_end(start, months * (count + 1))
    assert following - term.ends_on >= timedelta(days=28 * months)


def test_a_term_that_ends_off_its_anniversary_is_followed_by_a_whole_one() -> None:
    """Begun on 15 March 2023, agreed through 31 December 2026: the next one is the year 2027."""
    term = Term(date(2023, 3, 15), 12, date(2026, 12, 31))

    assert next_term_end(term) == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("day", "ends_on"),
    [
        (date(2025, 1, 1), date(2026, 3, 14)),
        (date(2026, 3, 14), date(2026, 3, 14)),
        (date(2026, 3, 15), date(2027, 3, 14)),
    ],
)
def test_the_term_that_runs_on_a_day_is_found(day: date, ends_on: date) -> None:
    assert term_end_on(date(2025, 3, 15), 12, day) == ends_on
