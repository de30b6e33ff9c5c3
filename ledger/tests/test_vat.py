"""Shares of tax by hand, and by chance: payments of a document add up to what it asks for.

The invoice of two rates is 100.00 at 20 % (20.00) and 200.00 at 5.5 % (11.00), 331.00 in all.
"""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.vat import (
    Happening,
    Part,
    Rated,
    Receipts,
    Sort,
    Taxed,
    VatSituation,
    added_up,
    situation_of,
)

FULL, LOW = Decimal("20.00"), Decimal("5.50")


def rated(rate: Decimal, base: str, tax: str, goods: str = "0.00") -> Rated:
    return Rated("S", rate, Decimal(base), Decimal(tax), Decimal(goods))


TWO_RATES = Taxed(
    "domestic", Decimal("331.00"), [rated(FULL, "100.00", "20.00"), rated(LOW, "200.00", "11.00")]
)


def plain(parts: list[Part]) -> dict[str, tuple[str, str]]:
    return {str(one.sort.rate): (str(one.base), str(one.tax)) for one in parts}


def test_a_part_payment_bears_its_part_of_each_rate_and_the_last_one_the_rest() -> None:
    """150 of 331: 9.0634 and 4.9849 of tax, 45.317 and 90.634 of base; a cent is left over."""
    invoice = Receipts(TWO_RATES)

    first = invoice.take(Happening(Decimal("150.00")))
    second = invoice.take(Happening(Decimal("181.00")))

    assert plain(first) == {"20.00": ("45.32", "9.06"), "5.50": ("90.64", "4.98")}
    assert plain(second) == {"20.00": ("54.68", "10.94"), "5.50": ("109.36", "6.02")}


def test_money_that_the_bank_takes_back_takes_back_what_it_counted_for() -> None:
    invoice = Receipts(TWO_RATES)
    invoice.take(Happening(Decimal("150.00")))

    gone = invoice.take(Happening(Decimal("-150.00")))

    assert plain(gone) == {"20.00": ("-45.32", "-9.06"), "5.50": ("-90.64", "-4.98")}


def test_a_credit_note_on_one_rate_leaves_the_money_to_the_other() -> None:
    """211.00 credited at 5.5 %: of the 150.00 paid only 120.00 is still asked for, at 20 %."""
    invoice = Receipts(TWO_RATES)
    invoice.take(Happening(Decimal("150.00")))
    note = Taxed("domestic", Decimal("211.00"), [rated(LOW, "200.00", "11.00")])

    moved = invoice.take(Happening(credited=note))

    assert plain(moved) == {"20.00": ("54.68", "10.94"), "5.50": ("-90.64", "-4.98")}


def test_a_credit_note_on_an_unpaid_invoice_counts_for_nothing() -> None:
    note = Taxed("domestic", Decimal("211.00"), [rated(LOW, "200.00", "11.00")])

    assert Receipts(TWO_RATES).take(Happening(credited=note)) == []


def test_goods_are_kept_apart_from_services_of_the_same_rate() -> None:
    """33.33 of 100.01 are goods: 20.00 x 33.33 / 100.01 = 6.6653 of the tax."""
    mixed = Taxed("domestic", Decimal("120.01"), [rated(FULL, "100.01", "20.00", "33.33")])

    found = [(one.sort.is_goods, str(one.base), str(one.tax)) for one in mixed.parts()]

    assert found == [(True, "33.33", "6.67"), (False, "66.68", "13.33")]


def test_a_payment_of_goods_and_services_bears_the_tax_of_their_rate_rounded_once() -> None:
    """5.00 of 12.00 at 20 %: 0.83 of tax (0.8333); by halves of 0.4167 it would be 0.84."""
    halves = Taxed("domestic", Decimal("12.00"), [rated(FULL, "10.00", "2.00", "5.00")])

    moved = Receipts(halves).take(Happening(Decimal("5.00")))

    assert [(one.sort.is_goods, str(one.base), str(one.tax)) for one in moved] == [
        (False, "2.08", "0.42"), (True, "2.09", "0.41"),
    ]  # fmt: skip


def test_a_document_in_another_currency_is_whole_in_that_of_the_books() -> None:
    """331.00 at 0.8 are 264.80; 80.00 + 16.00 + 160.00 + 8.80."""
    foreign = Taxed("domestic", TWO_RATES.total, TWO_RATES.rates, Decimal("0.8"), "USD")
    odd = Taxed("domestic", TWO_RATES.total, TWO_RATES.rates, Decimal("0.333"), "USD")

    assert plain(foreign.parts()) == {"20.00": ("80.00", "16.00"), "5.50": ("160.00", "8.80")}
    # 110.223 in all; 33.30 + 6.66 + 66.60 + 3.66 (3.663) are 110.22.
    assert plain(odd.parts()) == {"20.00": ("33.30", "6.66"), "5.50": ("66.60", "3.66")}


@pytest.mark.parametrize(
    ("situation", "category", "expected"),
    [
        ("domestic", "S", VatSituation.DOMESTIC),
        ("domestic", "Z", VatSituation.DOMESTIC),
        ("domestic", "E", VatSituation.EXEMPT),
        ("reverse_charge", "AE", VatSituation.REVERSE_CHARGE),
        ("reverse_charge", "K", VatSituation.EU_GOODS),
        ("outside_eu", "G", VatSituation.EXPORT),
        ("outside_eu", "O", VatSituation.OUTSIDE),
        ("small_business", "E", VatSituation.SMALL_BUSINESS),
    ],
)
def test_each_category_is_reported_by_its_situation(
    situation: str, category: str, expected: VatSituation
) -> None:
    assert situation_of(situation, category) == expected


cents = st.integers(1, 500_000).map(lambda n: Decimal(n) / 100)
rates = st.sampled_from([Decimal("20.00"), Decimal("10.00"), Decimal("5.50"), Decimal("0.00")])


@st.composite
def documents(draw: st.DrawFn) -> Taxed:
    lines = []
    for rate in draw(st.lists(rates, min_size=1, max_size=3, unique=True)):
        base = draw(cents)
        goods = min(base, draw(st.one_of(st.just(Decimal("0.00")), cents)))
        exact = Fraction(base) * Fraction(rate) / 100
        tax = Decimal(int(exact * 100 + Fraction(1, 2))) / 100
        lines.append(Rated("S" if rate else "Z", rate, base, tax, goods))
    total = sum((one.base + one.tax for one in lines), Decimal(0))
    return Taxed("domestic", total, lines)


@given(document=documents(), data=st.data())
def test_payments_of_a_whole_document_add_up_to_what_was_invoiced(
    document: Taxed, data: st.DataObject
) -> None:
    whole = int(document.total * 100)
    cuts = sorted(data.draw(st.lists(st.integers(0, whole), max_size=4)))
    edges = [0, *cuts, whole]
    paid = [Decimal(b - a) / 100 for a, b in pairwise(edges)]
    invoice = Receipts(document)

    moved = [invoice.take(Happening(amount)) for amount in paid]

    sums = [sum((one.base + one.tax for one in parts), Decimal(0)) for parts in moved]
    assert sums == paid
    assert added_up(part for parts in moved for part in parts) == added_up(document.parts())


@given(document=documents(), data=st.data())
def test_what_is_credited_in_between_is_never_received(
    document: Taxed, data: st.DataObject
) -> None:
    """One rate is credited in whole after a first payment; the rest is paid or given back."""
    gone = data.draw(st.sampled_from(document.rates))
    note = Taxed("domestic", gone.base + gone.tax, [gone])
    first = data.draw(st.integers(0, int(document.total * 100)).map(lambda n: Decimal(n) / 100))
    invoice = Receipts(document)
    left = document.total - note.total

    moved = [
        *invoice.take(Happening(first)),
        *invoice.take(Happening(credited=note)),
        *invoice.take(Happening(left - first)),
    ]

    asked = [*document.parts(), *(part.times(-1) for part in note.parts())]
    assert [one for one in added_up(moved) if one.base or one.tax] == [
        one for one in added_up(asked) if one.base or one.tax
    ]


def test_a_sort_is_named_in_addresses_by_situation_rate_and_kind() -> None:
    assert Sort(VatSituation.DOMESTIC, FULL, is_goods=True).key == "domestic-20.00-goods"
