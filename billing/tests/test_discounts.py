"""What discounts take off, worked out by hand and against fractions."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from billing.domain.discounts import (
    Granted,
    Reducible,
    Reduction,
    reductions_of,
    share_taken_back,
)

S20, S55 = ("S", Decimal("20.00")), ("S", Decimal("5.50"))
CENT = Fraction(1, 100)


def line(key: int, amount: str, rate: tuple[str, Decimal] = S20) -> Reducible:
    return Reducible(key, Decimal(amount), rate)


def off(lines: list[Reducible], *granted: Granted) -> list[tuple[int, int, str]]:
    return [
        (one.discount_id, one.line_id, str(one.amount)) for one in reductions_of(lines, granted)
    ]


def test_a_discount_on_the_document_is_parted_among_the_rates_by_largest_remainder() -> None:
    # 10 % of 100.00 is 10.00: 3.333 and 6.667 by rate, so 3.33 and 6.67.
    lines = [line(1, "33.33"), line(2, "66.67", S55)]

    assert off(lines, Granted(1, percent=Decimal(10))) == [(1, 2, "6.67"), (1, 1, "3.33")]


def test_within_a_rate_the_lines_share_by_largest_remainder() -> None:
    # 0.10 over three equal lines: 0.04, 0.03 and 0.03.
    lines = [line(1, "10.00"), line(2, "10.00"), line(3, "10.00")]

    found = off(lines, Granted(1, amount=Decimal("0.10")))

    assert found == [(1, 1, "0.04"), (1, 2, "0.03"), (1, 3, "0.03")]


def test_each_discount_is_computed_on_what_those_before_it_left() -> None:
    # 10 % off line 1 leaves 90.00; 5 % of 190.00 is 9.50: 4.50 of 90.00 and 5.00 of 100.00.
    lines = [line(1, "100.00"), line(2, "100.00")]
    granted = [Granted(7, percent=Decimal(5)), Granted(8, line_id=1, percent=Decimal(10))]

    assert off(lines, *granted) == [(8, 1, "10.00"), (7, 1, "4.50"), (7, 2, "5.00")]


def test_what_is_taken_back_counts_in_the_sum_and_is_not_reduced() -> None:
    # 10 % of 100.00 - 20.00 is 8.00, all of it off the line of 100.00.
    lines = [line(1, "100.00"), line(2, "-20.00")]

    assert off(lines, Granted(1, percent=Decimal(10))) == [(1, 1, "8.00")]


def test_an_amount_takes_off_no_more_than_there_is() -> None:
    assert off([line(1, "30.00")], Granted(1, amount=Decimal("50.00"))) == [(1, 1, "30.00")]
    assert off([line(1, "-30.00")], Granted(1, amount=Decimal("50.00"))) == []


amounts = st.decimals(Decimal("-500.00"), Decimal("2000.00"), places=2)
rates = st.sampled_from([S20, S55, ("S", Decimal("10.00"))])
percents = st.decimals(Decimal("0.01"), Decimal(100), places=2)


@given(rows=st.lists(st.tuples(amounts, rates), min_size=1, max_size=8), percent=percents)
def test_parts_add_up_in_all_and_lie_within_a_cent_of_the_exact_share_of_their_rate(
    rows: list[tuple[Decimal, tuple[str, Decimal]]], percent: Decimal
) -> None:
    lines = [Reducible(n, *row) for n, row in enumerate(rows)]
    whole = sum((Fraction(one.amount) for one in lines), Fraction(0))

    found = reductions_of(lines, [Granted(1, percent=percent)])

    exact = max(whole * Fraction(percent) / 100, Fraction(0))
    assert abs(_sum(found) - exact) <= CENT / 2
    taken = {one.line_id: one.amount for one in found}
    assert all(0 < taken[key] <= lines[key].amount for key in taken)
    nets = {
        rate: sum(Fraction(one.amount) for one in lines if one.rate == rate) for _, rate in rows
    }
    weighed = sum(max(net, Fraction(0)) for net in nets.values())
    for rate, net in nets.items():
        part = _sum([one for one in found if lines[one.line_id].rate == rate])
        share = _sum(found) * max(net, Fraction(0)) / weighed if weighed else Fraction(0)
        assert abs(part - share) < CENT


def _sum(found: list[Reduction]) -> Fraction:
    return sum((Fraction(one.amount) for one in found), Fraction(0))


def test_a_discount_goes_back_in_the_proportion_of_what_it_reduced() -> None:
    # 51.61 of 100.00 takes 5.161 of 10.00 along; all of it takes all.
    shares = [Decimal("51.61"), Decimal("100.00")]

    found = [share_taken_back(one, Decimal(100), Decimal("10.00"), "EUR") for one in shares]

    assert found == [Decimal("5.16"), Decimal("10.00")]
