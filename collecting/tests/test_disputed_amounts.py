"""How much of an invoice is disputed, to the cent, worked out by hand and by fractions."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from collecting.domain.disputed import LineLeft, disputed_of, with_tax

TWENTY, TEN = ("S", Decimal(20)), ("S", Decimal(10))
CENTS = st.integers(0, 10**7).map(lambda n: Decimal(n) / 100)


def test_each_line_bears_its_share_of_the_tax_of_its_rate() -> None:
    """20 % of 100.01 is 20.002, 20.00 on paper: 10.002 and 10.000 leave a cent to nobody."""
    lines = [
        LineLeft(1, Decimal("50.01"), TWENTY),
        LineLeft(2, Decimal("50.00"), TWENTY),
        LineLeft(3, Decimal("30.00"), TEN),
    ]

    found = with_tax(lines, {TWENTY: Decimal("20.00"), TEN: Decimal("3.00")})

    assert found == {1: Decimal("60.01"), 2: Decimal("60.00"), 3: Decimal("33.00")}


def test_the_cent_that_is_left_goes_to_the_largest_remainder() -> None:
    """A third of 0.50 is 0.16 with 2/3 of a cent left, three times: the first two get one more."""
    lines = [LineLeft(n, Decimal("0.83"), TWENTY) for n in (1, 2, 3)]

    found = with_tax(lines, {TWENTY: Decimal("0.50")})

    assert found == {1: Decimal("1.00"), 2: Decimal("1.00"), 3: Decimal("0.99")}


def test_no_more_is_disputed_than_is_open() -> None:
    gross = {1: Decimal("358.56"), 2: Decimal("151.20")}

    assert disputed_of(gross, [2], Decimal("509.76")) == Decimal("151.20")
    assert disputed_of(gross, [2], Decimal("109.76")) == Decimal("109.76")
    assert disputed_of(gross, [2], Decimal("-5.00")) == Decimal(0)


@given(st.lists(CENTS, min_size=1, max_size=12))
def test_shares_are_within_a_cent_of_the_exact_ones_and_come_to_the_whole_tax(
    nets: list[Decimal],
) -> None:
    whole = sum(Fraction(net) for net in nets)
    cents = round(whole * 20)
    tax = Decimal(cents) / 100
    lines = [LineLeft(n, net, TWENTY) for n, net in enumerate(nets)]

    found = with_tax(lines, {TWENTY: tax})

    shares = [Fraction(found[n] - net) for n, net in enumerate(nets)]
    assert sum(shares) == Fraction(cents, 100)
    owed = [shares[n] * whole - Fraction(cents, 100) * Fraction(net) for n, net in enumerate(nets)]
    assert all(abs(one) <= whole / 100 for one in owed)
