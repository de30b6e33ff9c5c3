"""Balances of hours: every hour granted is drawn, expired or left, and shown where it went."""

from datetime import date
from decimal import Decimal

import pytest

from billing.domain.agreements import Drawn
from billing.domain.balances import statement
from billing.tests.hours import (
    APR,
    FEB,
    JAN,
    MAR,
    MAY,
    allowance,
    block,
    rolling,
    rows,
    statement_of,
)
from core.periods import Period

END_OF_MARCH = date(2026, 3, 31)


def drawn(hours: int, on: date, bucket_on: date) -> Drawn:
    return Drawn(on, Decimal(hours * 60), allowance_id=1, bucket_on=bucket_on)


def test_18_oldest_first_carries_ten_hours_into_march() -> None:
    hours = rolling(10)
    used = [drawn(6, date(2026, 1, 20), JAN), drawn(3, date(2026, 2, 20), JAN)]

    balance = statement_of(hours, used, MAR)

    # granted, carried in, drawn, expired, left
    assert rows(balance) == ["10 0 6 0 4", "10 4 3 1 10", "10 10 0 0 20"]
    assert (balance.granted, balance.drawn, balance.expired, balance.left) == (1800, 540, 60, 1200)


def test_hours_that_do_not_roll_over_expire_with_their_month() -> None:
    used = [drawn(6, date(2026, 1, 20), JAN)]

    on_the_last_day = statement_of(allowance(10), used, date(2026, 1, 31))
    on_the_day_after = statement_of(allowance(10), used, FEB)

    assert rows(on_the_last_day) == ["10 0 6 0 4"]
    assert rows(on_the_day_after) == ["10 0 6 4 0", "10 0 0 0 10"]


def test_what_a_cap_cuts_off_expires_at_the_end_of_the_month() -> None:
    balance = statement_of(rolling(10, cap=12, age=2), [], APR)

    # at the end of March 12 + 10 are left and 12 carried: February's last 8 h and January's 2 go
    assert rows(balance) == ["10 0 0 0 10", "10 10 0 8 12", "10 12 0 10 12", "10 12 0 0 22"]


def test_hours_drawn_after_the_day_asked_about_are_still_left_on_it() -> None:
    used = [drawn(2, date(2026, 2, 20), JAN), drawn(2, date(2026, 1, 10), JAN)]

    assert rows(statement_of(rolling(10), used, date(2026, 1, 31))) == ["10 0 2 0 8"]


def test_an_allowance_that_has_ended_is_shown_until_nothing_of_it_is_left() -> None:
    ended = rolling(10, until=date(2026, 1, 31))

    balance = statement_of(ended, [drawn(6, date(2026, 1, 20), JAN)], MAY)

    assert rows(balance) == ["10 0 6 0 4", "0 4 0 4 0"]


def test_an_allowance_that_has_not_begun_has_no_months() -> None:
    balance = statement_of(allowance(10, APR), [], END_OF_MARCH)

    assert (balance.months, balance.left) == ((), 0)


@pytest.mark.parametrize(("through", "expired", "left"), [(END_OF_MARCH, 0, 60), (APR, 60, 0)])
def test_a_block_keeps_the_number_of_the_hours_that_expired(
    through: date, expired: int, left: int
) -> None:
    prepaid = block("240", JAN, END_OF_MARCH)
    used = [Drawn(MAR, Decimal(240), block_id=1), Drawn(MAR, Decimal(-60), block_id=1)]

    balance = statement_of(prepaid, used, through)

    assert (balance.granted, balance.drawn) == (240, 180)
    assert (balance.expired, balance.left) == (expired, left)


def test_what_was_taken_before_a_pause_was_agreed_stays_taken() -> None:
    used = [drawn(6, date(2026, 1, 20), JAN)]

    balance = statement(rolling(10), used, FEB, pauses=[Period(JAN, FEB)])

    assert rows(balance) == ["6 0 6 0 0", "10 0 0 0 10"]
