"""Totals of random documents in every tax situation, reckoned a second time with fractions.

The second reckoning knows nothing of the engine: whole fractions, its own rounding, its own reading
of who owes which tax.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import DatedTax
from billing.domain.bill import draw_up
from billing.domain.evidence import Buyer, Firm, PartUsed
from billing.domain.totals import Totals
from billing.tests.evidence import evidence, part
from core.periods import Period

APRIL = date(2026, 4, 1)
PLACES = {"EUR": 2, "JPY": 0, "TND": 3}
RATES = {"standard": "20.00", "reduced": "5.50", "special": "2.10", "none": "0.00"}
TAXES = {
    code: [DatedTax(Period.through(date(2000, 1, 1), None), Decimal(rate))]
    for code, rate in RATES.items()
}
# Country of the client and VAT number, whether the firm is exempt: and the category that follows,
# nothing where it is that of the tax code. The firm is French.
SITUATIONS = [
    ("FR", "FR12345678901", False, ""),
    ("FR", "", False, ""),
    ("MC", "", False, ""),
    ("DE", "", False, ""),
    ("DE", "DE123456789", False, "AE"),
    ("GR", "EL123456789", False, "AE"),
    ("CH", "", False, "O"),
    ("GB", "GB123456789", False, "O"),
    ("FR", "", True, "E"),
    ("DE", "DE123456789", True, "E"),
]
Sums = dict[tuple[str, Decimal], tuple[Fraction, Fraction]]


def half_up(exact: Fraction, places: int) -> Fraction:
    """Round a half away from nothing."""
    scaled = abs(exact) * 10**places
    rounded = Fraction(floor(scaled + Fraction(1, 2)), 10**places)
    return rounded if exact >= 0 else -rounded


def reckoned(parts: Sequence[PartUsed], category: str, places: int) -> Sums:
    """Return base and tax of each category and rate."""
    bases: dict[tuple[str, Decimal], Fraction] = defaultdict(Fraction)
    for one in parts:
        rate = Decimal(0) if category or one.tax_code == "zero" else Decimal(RATES[one.tax_code])
        exact = Fraction(one.quantity) * Fraction(one.unit_price)
        bases[category or ("S" if rate else "Z"), rate] += half_up(exact, places)
    return {
        sort: (base, half_up(base * Fraction(sort[1]) / 100, places))
        for sort, base in bases.items()
    }


@st.composite
def parts_of_a_document(draw: st.DrawFn) -> list[PartUsed]:
    count = draw(st.integers(1, 8))
    codes = st.sampled_from([*RATES, "zero"])
    quantities = st.integers(1, 5_000_000).map(lambda n: f"{Decimal(n) / 10_000:f}")
    prices = st.integers(0, 90_000_000).map(lambda n: f"{Decimal(n) / 10_000:f}")
    return [
        part(draw(quantities), draw(prices), id=key, tax_code=draw(codes)) for key in range(count)
    ]


@given(
    parts=parts_of_a_document(),
    situation=st.sampled_from(SITUATIONS),
    currency=st.sampled_from(sorted(PLACES)),
)
def test_totals_are_those_of_a_second_reckoning_in_every_situation(
    parts: list[PartUsed], situation: tuple[str, str, bool, str], currency: str
) -> None:
    country, vat_number, is_small, category = situation
    firm = Firm("FR", currency, is_small_business=is_small)
    buyer = Buyer(1, country, currency, vat_number)
    expected = reckoned(parts, category, PLACES[currency])
    net = sum((base for base, _tax in expected.values()), Fraction(0))
    tax = sum((tax for _base, tax in expected.values()), Fraction(0))

    bills = draw_up(evidence(firm=firm, buyer=buyer, parts=parts, taxes=TAXES), APRIL).bills

    assert len(bills) == 1
    totals = bills[0].totals
    if totals is None:
        assert net == 0
        return
    assert found(totals) == expected
    assert (Fraction(totals.net), Fraction(totals.tax)) == (net, tax)
    assert Fraction(totals.total) == net + tax


def found(totals: Totals) -> Sums:
    """Return what the engine found, in fractions."""
    return {
        (one.category, one.rate): (Fraction(one.base), Fraction(one.tax)) for one in totals.taxes
    }
