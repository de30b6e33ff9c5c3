"""Indexation as contracts mean it: worked numbers, limits, and properties."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.domain.indexation import (
    Clause,
    Limit,
    index_month,
    raise_price,
    steps_through,
)

FIRST = date(2025, 1, 1)
FIVE_PERCENT = Clause(FIRST, percent=Decimal(5))
CPI = Clause(FIRST, base_value=Decimal("105.65"))
prices = st.decimals(min_value="0.01", max_value="9999", places=2)


def raised(clause: Clause, times: int, price: str = "500") -> list[Decimal]:
    base = current = Decimal(price)
    found = []
    for _ in range(times):
        current = raise_price(clause, base_price=base, price=current).new_price
        found.append(current)
    return found


def test_case_9_a_percentage_compounds_and_rounds_at_each_step() -> None:
    # 500 x 1.05 = 525.00; x 1.05 = 551.25; x 1.05 = 578.8125 -> 578.81
    assert raised(FIVE_PERCENT, 3) == [Decimal("525.00"), Decimal("551.25"), Decimal("578.81")]


def test_case_9_a_simple_percentage_always_adds_the_same() -> None:
    simple = Clause(FIRST, percent=Decimal(5), is_compound=False)

    assert raised(simple, 3) == [Decimal("525.00"), Decimal("550.00"), Decimal("575.00")]


def test_case_9_an_index_compares_with_its_base_at_every_step() -> None:
    # 1,000 x 110.50 / 105.65 = 1,045.906...; 1,000 x 114.25 / 105.65 = 1,081.400...
    base = Decimal(1000)
    first = raise_price(CPI, base_price=base, price=base, value=Decimal("110.50"))
    second = raise_price(CPI, base_price=base, price=first.new_price, value=Decimal("114.25"))

    assert (first.new_price, second.new_price) == (Decimal("1045.91"), Decimal("1081.40"))


@pytest.mark.parametrize(
    ("value", "price", "limit"),
    [
        ("120.00", "1030.00", Limit.CAP),  # 1,135.83 wanted, 3 % at most
        ("107.00", "1012.78", Limit.NONE),  # 1,000 x 107 / 105.65 = 1,012.778
        ("100.00", "1000.00", Limit.FLOOR),  # 946.52 wanted, never less than before
    ],
)
def test_cap_and_floor_limit_one_step(value: str, price: str, limit: Limit) -> None:
    clause = Clause(
        FIRST, base_value=Decimal("105.65"), cap_percent=Decimal(3), floor_percent=Decimal(0)
    )

    step = raise_price(clause, base_price=Decimal(1000), price=Decimal(1000), value=Decimal(value))

    assert (step.new_price, step.limit) == (Decimal(price), limit)


def test_an_index_step_without_its_value_is_refused() -> None:
    with pytest.raises(ValueError, match="value of its month"):
        raise_price(CPI, base_price=Decimal(1000), price=Decimal(1000))


def test_steps_count_from_the_first_and_stop_with_the_clause() -> None:
    monthly = Clause(date(2024, 1, 31), every_months=1, last_day_on=date(2024, 4, 30))
    leap = Clause(date(2024, 2, 29))

    assert steps_through(monthly, date(2025, 1, 1)) == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]
    assert steps_through(leap, date(2028, 3, 1)) == [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_a_step_takes_the_value_that_was_known_then() -> None:
    lagging = Clause(FIRST, base_value=Decimal(100), lag_months=3)

    assert index_month(lagging, FIRST) == date(2024, 10, 1)


@given(price=prices, value=st.decimals(min_value="50", max_value="200", places=2))
def test_an_index_step_is_within_half_a_cent_of_the_exact_price(
    price: Decimal, value: Decimal
) -> None:
    step = raise_price(CPI, base_price=price, price=price, value=value)
    exact = Fraction(price) * Fraction(value) / Fraction("105.65")

    assert abs(Fraction(step.new_price) - exact) <= Fraction(1, 200)


@given(
    price=prices,
    percent=st.decimals(min_value="-20", max_value="20", places=2),
    cap=st.decimals(min_value="0", max_value="10", places=1),
)
def test_no_step_rises_above_its_cap(price: Decimal, percent: Decimal, cap: Decimal) -> None:
    clause = Clause(FIRST, percent=percent, cap_percent=cap)

    step = raise_price(clause, base_price=price, price=price)

    assert Fraction(step.new_price) <= Fraction(price) * (1 + Fraction(cap) / 100) + Fraction(
        1, 200
    )
