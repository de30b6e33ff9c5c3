"""What a credit note takes back, worked out without database."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.credits import (
    Asked,
    Corrected,
    Credit,
    Creditable,
    CreditRefused,
    Rate,
    Refusal,
    Wish,
    draw_up_credit,
    draw_up_rest,
)
from billing.domain.totals import TaxTotal

CENT = Decimal("0.01")
STANDARD: Rate = ("S", Decimal("20.00"))


def line(key: int, amount: str, rate: Rate = STANDARD, quantity: int = 1) -> Creditable:
    each = Decimal(amount) / quantity
    whole = (Decimal(amount), Decimal(quantity))
    return Creditable(key, Decimal(quantity), "piece", each, 1, whole[0], rate, *whole)


def invoice(*lines: Creditable) -> Corrected:
    """Return an invoice with its tax as an invoice computes it: per rate, half up."""
    bases: dict[Rate, Decimal] = {}
    for one in lines:
        bases[one.rate] = bases.get(one.rate, Decimal(0)) + one.amount
    taxes = [
        TaxTotal(*rate, base, half_up(Fraction(base) * Fraction(rate[1]) / 100))
        for rate, base in bases.items()
    ]
    return Corrected(lines, taxes, {})


def half_up(exact: Fraction) -> Decimal:
    """Round to cents, half away from nothing: written apart from the product's own rounding."""
    cents = abs(exact) * 100
    whole = int(cents) + (cents - int(cents) >= Fraction(1, 2))
    return Decimal(whole if exact >= 0 else -whole) * CENT


def after(corrected: Corrected, credit: Credit) -> Corrected:
    """Return the invoice as the credit note leaves it."""
    taken = {one.line_id: one for one in credit.lines}
    lines = [_left(one, taken[one.id].amount) if one.id in taken else one
             for one in corrected.lines]  # fmt: skip
    credited = dict(corrected.credited)
    for tax in credit.totals.taxes:
        before = credited.get((tax.category, tax.rate))
        base, sum_ = (before.base, before.tax) if before else (Decimal(0), Decimal(0))
        credited[tax.category, tax.rate] = TaxTotal(
            tax.category, tax.rate, base + tax.base, sum_ + tax.tax
        )
    return Corrected(lines, corrected.taxes, credited, corrected.currency)


def _left(one: Creditable, amount: Decimal) -> Creditable:
    rest = one.amount_left - amount
    return Creditable(
        one.id, one.quantity, one.unit, one.unit_price, one.price_base, one.amount, one.rate,
        rest, one.quantity_left if rest == one.amount else Decimal(0),
    )  # fmt: skip


def refusal_of(corrected: Corrected, asked: Asked) -> tuple[Refusal, Decimal]:
    with pytest.raises(CreditRefused) as refused:
        draw_up_credit(corrected, asked)
    return refused.value.refusal, refused.value.left


def test_the_whole_invoice_comes_back_line_by_line_with_its_own_units() -> None:
    """12 x 24.90 = 298.80 and 126.00: 424.80, tax 84.96."""
    credit = draw_up_credit(invoice(line(1, "298.80", quantity=12), line(2, "126.00")), Asked())

    said = [(one.quantity, one.unit_price, one.amount) for one in credit.lines]
    assert said == [
        (Decimal(12), Decimal("24.90"), Decimal("298.80")),
        (Decimal(1), Decimal("126.00"), Decimal("126.00")),
    ]
    assert (credit.totals.net, credit.totals.tax) == (Decimal("424.80"), Decimal("84.96"))


def test_case_26_a_later_credit_is_capped_at_what_is_left() -> None:
    """1,200 + 240, of which 200 + 40 came back: 1,000 + 200 are left."""
    whole = invoice(line(1, "1200.00"))
    first = draw_up_credit(whole, Asked(Decimal(200)))
    left = after(whole, first)

    assert (first.totals.net, first.totals.tax) == (Decimal(200), Decimal(40))
    assert refusal_of(left, Asked(Decimal("1000.01"))) == (Refusal.ABOVE_TOTAL, Decimal(1000))
    rest = draw_up_credit(left, Asked()).totals
    assert (rest.net, rest.tax) == (Decimal(1000), Decimal(200))


def test_case_25_ten_lines_of_3_60_come_back_with_the_tax_of_their_sum() -> None:
    """36.00 at 5.5 % is 1.98, though each line alone would be 0.20: nine at 0.20, then 0.18."""
    reduced = ("S", Decimal("5.50"))
    corrected = invoice(*(line(key, "3.60", reduced) for key in range(10)))
    taxes = []
    for key in range(10):
        credit = draw_up_credit(corrected, Asked(wishes=(Wish(key),)))
        taxes.append(credit.totals.tax)
        corrected = after(corrected, credit)

    assert sum(taxes) == Decimal("1.98")
    assert max(taxes) == Decimal("0.20")
    assert min(taxes) >= Decimal("0.19")


def test_an_amount_is_spread_over_lines_and_rates_by_largest_remainder() -> None:
    """10.00 over 100, 100 and 100 of two rates: 3.34 + 3.33 at 20 %, 3.33 at 5.5 %."""
    corrected = invoice(
        line(1, "100.00"), line(2, "100.00"), line(3, "100.00", ("S", Decimal("5.50")))
    )
    credit = draw_up_credit(corrected, Asked(Decimal(10)))

    assert [one.amount for one in credit.lines] == [
        Decimal("3.34"), Decimal("3.33"), Decimal("3.33")
    ]  # fmt: skip
    said = {tax.rate: (tax.base, tax.tax) for tax in credit.totals.taxes}
    assert said == {
        Decimal("20.00"): (Decimal("6.67"), Decimal("1.33")),
        Decimal("5.50"): (Decimal("3.33"), Decimal("0.18")),
    }


def test_a_quantity_prints_its_arithmetic_and_more_than_is_left_is_refused() -> None:
    corrected = invoice(line(1, "298.80", quantity=12))
    credit = draw_up_credit(corrected, Asked(wishes=(Wish(1, quantity=Decimal(5)),)))

    assert (credit.lines[0].quantity, credit.lines[0].amount) == (Decimal(5), Decimal("124.50"))
    assert refusal_of(corrected, Asked(wishes=(Wish(1, quantity=Decimal("12.5")),))) == (
        Refusal.ABOVE_QUANTITY, Decimal(12)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (Asked(wishes=(Wish(1, amount=Decimal("100.01")),)), Refusal.ABOVE_LINE),
        (Asked(wishes=(Wish(1, amount=Decimal("-1.00")),)), Refusal.WRONG_SIGN),
        (Asked(wishes=(Wish(1, amount=Decimal("1.001")),)), Refusal.TOO_FINE),
        (Asked(wishes=(Wish(9),)), Refusal.UNKNOWN_LINE),
        (Asked(wishes=(Wish(1), Wish(1))), Refusal.LINE_TWICE),
        (Asked(wishes=(Wish(1, Decimal(1), Decimal(1)),)), Refusal.BOTH_GIVEN),
        (Asked(wishes=(Wish(1, amount=Decimal(0)),)), Refusal.NOTHING_ASKED),
        (Asked(Decimal(0)), Refusal.NOTHING_ASKED),
        (Asked(Decimal("0.001")), Refusal.TOO_FINE),
        # 100 and -40 at one rate: the whole line is more than the 60 that the rate asked for.
        (Asked(wishes=(Wish(1),)), Refusal.ABOVE_RATE),
        (Asked(wishes=(Wish(2),)), Refusal.ABOVE_RATE),
    ],
)
def test_what_cannot_be_credited_is_refused(asked: Asked, refusal: Refusal) -> None:
    assert refusal_of(invoice(line(1, "100.00"), line(2, "-40.00")), asked)[0] is refusal


@pytest.mark.parametrize(
    ("lines", "refusal", "left"),
    [
        # 100.00 untaxed less 40.00 at 20 %: 52.00 in all, so that 60.00 net is too much.
        ((("100.00", ("O", Decimal(0))), ("-40.00", STANDARD)), Refusal.ABOVE_GROSS, "52.00"),
        # 100.00 at 20 % less 40.00 untaxed: 80.00 in all, of which 60.00 is net.
        ((("100.00", STANDARD), ("-40.00", ("O", Decimal(0)))), Refusal.ABOVE_TOTAL, "60.00"),
    ],
)
def test_no_more_comes_back_than_the_whole_asks_for(
    lines: tuple[tuple[str, Rate], ...], refusal: Refusal, left: str
) -> None:
    of = invoice(*(line(key, *one) for key, one in enumerate(lines, start=1)))
    amount = Decimal("60.00") if refusal is Refusal.ABOVE_GROSS else Decimal("60.01")

    with pytest.raises(CreditRefused) as refused:
        draw_up_credit(of, Asked(wishes=(Wish(1, amount=amount),)))
    assert (refused.value.refusal, refused.value.left) == (refusal, Decimal(left))


def test_the_rest_may_come_to_nothing_and_is_none_where_no_line_is_left() -> None:
    level = invoice(line(1, "40.00"), line(2, "-40.00"))

    rest = draw_up_rest(level)
    assert rest is not None
    assert [one.amount for one in rest.lines] == [Decimal("40.00"), Decimal("-40.00")]
    assert rest.totals.total == 0
    assert draw_up_rest(after(level, rest)) is None


def test_of_what_is_wholly_credited_nothing_is_left() -> None:
    whole = invoice(line(1, "100.00"))

    assert refusal_of(after(whole, draw_up_credit(whole, Asked())), Asked())[0] is (
        Refusal.NOTHING_LEFT
    )


RATES = st.sampled_from([("S", Decimal(r)) for r in ("20.00", "10.00", "5.50", "2.10")])
AMOUNTS = st.integers(1, 50_000).map(lambda cents: cents * CENT)


@st.composite
def _invoices(draw: st.DrawFn) -> Corrected:
    rows = draw(st.lists(st.tuples(AMOUNTS, RATES), min_size=1, max_size=6))
    return invoice(*(line(key, str(amount), rate) for key, (amount, rate) in enumerate(rows)))


def _pieces(corrected: Corrected, data: st.DataObject) -> list[Credit]:
    """Credit an invoice in drawn pieces, and at last whatever is left."""
    made: list[Credit] = []
    for _ in range(data.draw(st.integers(0, 6))):
        share = data.draw(st.fractions(0, 1, max_denominator=97))
        key = data.draw(st.none() | st.sampled_from([one.id for one in corrected.lines]))
        left = corrected.left if key is None else corrected.lines[key].amount_left
        amount = Decimal(int(left * 100 * share.numerator / share.denominator)) * CENT
        if amount:
            asked = Asked(amount) if key is None else Asked(wishes=(Wish(key, amount=amount),))
            made.append(draw_up_credit(corrected, asked))
            corrected = after(corrected, made[-1])
    if corrected.left:
        made.append(draw_up_credit(corrected, Asked()))
    return made


@given(_invoices(), st.data())
def test_pieces_never_exceed_and_the_sum_of_all_is_the_invoice_to_the_cent(
    corrected: Corrected, data: st.DataObject
) -> None:
    taken: dict[int, Decimal] = {}
    bases: dict[Decimal, Decimal] = {}
    taxes: dict[Decimal, Decimal] = {}
    asked = {tax.rate: tax for tax in corrected.taxes}
    for credit in _pieces(corrected, data):
        for one in credit.lines:
            taken[one.line_id] = taken.get(one.line_id, Decimal(0)) + one.amount
            assert one.amount > 0
            assert one.amount == (one.quantity * one.unit_price).quantize(CENT, ROUND_HALF_UP)
            assert taken[one.line_id] <= corrected.lines[one.line_id].amount
        for tax in credit.totals.taxes:
            bases[tax.rate] = bases.get(tax.rate, Decimal(0)) + tax.base
            taxes[tax.rate] = taxes.get(tax.rate, Decimal(0)) + tax.tax
            exact = half_up(Fraction(tax.base) * Fraction(tax.rate) / 100)
            assert tax.tax >= 0
            assert abs(tax.tax - exact) <= 3 * CENT
            assert bases[tax.rate] <= asked[tax.rate].base
            assert taxes[tax.rate] <= asked[tax.rate].tax
    assert taken == {one.id: one.amount for one in corrected.lines}
    assert bases == {rate: tax.base for rate, tax in asked.items()}
    assert taxes == {
        rate: half_up(Fraction(tax.base) * Fraction(rate) / 100) for rate, tax in asked.items()
    }
