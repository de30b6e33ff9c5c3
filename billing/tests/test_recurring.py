"""Contract lines month by month: what is due, what a piece of a month costs, what is corrected."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import LineTerm
from billing.domain.charge import RatedCharge
from billing.domain.terms import Hold, Kind, NotBillable, Timing, Unit
from billing.tests.evidence import billed, charged, evidence, line, version
from core.periods import Period, month_of

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))
MARCH = month_of(MAR)
prices = st.decimals("0", "99999.9999", places=4)
quantities = st.decimals("0", "9999.9999", places=4)
days_of_march = st.dates(MARCH.start, MARCH.last_day)


def amounts(charges: list[RatedCharge]) -> list[Decimal]:
    return [charge.amount for charge in charges]


def march_of(care: LineTerm) -> RatedCharge:
    """Return the charge of the line's March 2026, billed on its last day."""
    [charge] = charged(evidence(care), MARCH.last_day)
    return charge


def slices(charge: RatedCharge) -> list[Decimal]:
    return [Decimal(piece["amount"]) for piece in charge.basis["slices"]]


def test_months_in_advance_are_due_when_their_first_served_day_has_come() -> None:
    charges = charged(evidence(line(version(FEB, 12, "24.90"))), APR)

    # 12 x 24.90 = 298.80 for February, March and April
    assert [(charge.period.start, charge.amount) for charge in charges] == [
        (FEB, Decimal("298.80")),
        (MAR, Decimal("298.80")),
        (APR, Decimal("298.80")),
    ]


def test_months_in_arrears_are_due_when_they_are_over() -> None:
    in_arrears = line(version(FEB, 12, "24.90"), timing=Timing.ARREARS)

    on_the_last_day = charged(evidence(in_arrears), date(2026, 3, 31))
    on_the_day_after = charged(evidence(in_arrears), APR)

    assert [charge.period.start for charge in on_the_last_day] == [FEB]
    assert [charge.period.start for charge in on_the_day_after] == [FEB, MAR]


def test_a_line_that_starts_later_in_the_month_is_due_from_that_day() -> None:
    late = line(version(date(2026, 4, 8), 47, "34.50"))

    assert charged(evidence(late), date(2026, 4, 7)) == []
    # 23 of 30 days: 47 x 34.50 x 23 / 30 = 1243.15
    assert amounts(charged(evidence(late), date(2026, 4, 8))) == [Decimal("1243.15")]


@pytest.mark.parametrize(
    ("first_day", "amount"),
    [
        (date(2026, 6, 16), "500.00"),  # 15 of 30 days
        (date(2026, 2, 15), "500.00"),  # 14 of 28 days
        (date(2026, 3, 17), "483.87"),  # 15 of 31 days
        (date(2026, 3, 20), "387.10"),  # 12 of 31 days
        (date(2028, 2, 15), "517.24"),  # 15 of 29 days
    ],
)
def test_a_stub_is_divided_by_the_days_of_its_own_month(first_day: date, amount: str) -> None:
    charge = charged(evidence(line(version(first_day, 1, "1000.00"))), first_day)[0]

    assert charge.amount == Decimal(amount)
    assert (charge.unit, charge.unit_price) == (Unit.PRO_RATA, charge.amount)
    assert charge.quantity == 1


def test_a_short_contract_is_served_from_its_first_through_its_last_day() -> None:
    short = line(version(date(2026, 3, 5), 1, "450.00"), until=date(2026, 3, 19))

    charges = charged(evidence(short), date(2026, 7, 1))

    # 15 of 31 days: 450.00 x 15 / 31 = 217.741…
    assert [(charge.period.last_day, charge.amount) for charge in charges] == [
        (date(2026, 3, 19), Decimal("217.74"))
    ]


def test_a_whole_month_shows_quantity_and_price() -> None:
    [charge] = charged(evidence(line(version(APR, 12, "24.90"))), APR)

    assert (charge.unit, charge.unit_price) == (Unit.MONTH, Decimal("24.90"))
    assert charge.quantity == 12
    assert charge.kind == Kind.RECURRING


def test_more_seats_within_a_month_are_billed_by_the_day() -> None:
    """10 seats at 30.00, 3 more from 20 March on: 300.00 + 3 x 30 x 12/31 = 334.84."""
    growing = line(version(MAR, 10, "30.00"), version(date(2026, 3, 20), 13, "30.00"))

    [charge] = charged(evidence(growing, billed=billed({APR: "390.00"})), MAR)

    assert charge.amount == Decimal("334.84")
    assert slices(charge) == [Decimal("183.87"), Decimal("150.97")]


@given(price=prices, quantity=quantities, first_day=days_of_march)
def test_one_piece_costs_what_the_formula_says(
    price: Decimal, quantity: Decimal, first_day: date
) -> None:
    """Price x quantity x days served / days of the month, half up, reckoned with fractions."""
    stub = line(version(first_day, str(quantity), str(price)))

    amount = march_of(stub).amount

    exact = Fraction(price) * Fraction(quantity) * ((MARCH.end - first_day).days) / 31
    assert amount == Decimal(floor(exact * 100 + Fraction(1, 2))) / 100


@given(price=prices, quantity=quantities, cuts=st.lists(days_of_march, unique=True, max_size=6))
def test_cutting_a_month_into_pieces_changes_nothing(
    price: Decimal, quantity: Decimal, cuts: list[date]
) -> None:
    starts = sorted({MARCH.start, *cuts})
    whole = line(version(MAR, str(quantity), str(price)))
    pieces = line(*(version(day, str(quantity), str(price)) for day in starts))

    charge = march_of(pieces)

    assert charge.amount == march_of(whole).amount
    assert sum(slices(charge)) == charge.amount


@given(
    versions=st.dictionaries(days_of_march, st.tuples(quantities, prices), min_size=1, max_size=6)
)
def test_pieces_of_different_prices_add_up_to_their_month(
    versions: dict[date, tuple[Decimal, Decimal]],
) -> None:
    """The exact sum is rounded once; the pieces that are shown add up to it to the cent."""
    dated = sorted(versions.items())
    charge = march_of(line(*(version(day, str(q), str(p)) for day, (q, p) in dated)))

    ends = [day for day, _ in dated[1:]] + [MARCH.end]
    exact = sum(
        Fraction(q) * Fraction(p) * (end - day).days / 31
        for (day, (q, p)), end in zip(dated, ends, strict=True)
    )
    assert sum(slices(charge)) == charge.amount
    assert charge.amount == Decimal(floor(exact * 100 + Fraction(1, 2))) / 100


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 900))
def test_however_often_billing_runs_each_month_is_charged_once(first: date, days: int) -> None:
    care = line(version(first, 12, "24.90"))
    last = first + timedelta(days=days)

    at_once = charged(evidence(care), last)
    early = charged(evidence(care), first + timedelta(days=days // 2))
    carried = billed({month_of(one.period.start).start: str(one.amount) for one in early})
    late = charged(evidence(care, billed=carried), last)

    assert amounts(early) + amounts(late) == amounts(at_once)


def test_a_month_billed_as_owed_is_left_alone() -> None:
    care = line(version(MAR, 12, "24.90"))

    assert charged(evidence(care, billed=billed({MAR: "298.80", APR: "298.80"})), APR) == []


def test_a_price_changed_after_billing_is_trued_up_in_the_next_revision() -> None:
    """500.00 billed in advance; from 13 March 2,000.00: 500 x 12/31 + 2000 x 19/31 = 1419.35."""
    dearer = line(version(MAR, 1, "500.00"), version(date(2026, 3, 13), 1, "2000.00"))

    [charge] = charged(evidence(dearer, billed=billed({MAR: "500.00"})), date(2026, 3, 20))

    assert charge.kind == Kind.ADJUSTMENT
    assert charge.amount == Decimal("919.35")
    assert (charge.source.period_on, charge.source.revision) == (MAR, 1)
    assert (charge.basis["owed"], charge.basis["billed"]) == ("1419.35", "500.00")


def test_a_line_that_ends_earlier_gives_back_what_was_billed_too_much() -> None:
    """900.00 billed for March and April in advance, ended on 10 March: 10 of 31 days remain."""
    ended = line(version(MAR, 30, "30.00"), until=date(2026, 3, 10))

    charges = charged(
        evidence(
            ended,
            line(version(APR, 100, "30.00"), key=2),
            billed=billed({MAR: "900.00", APR: "900.00"}),
        ),
        APR,
    )

    corrections = [charge for charge in charges if charge.kind == Kind.ADJUSTMENT]
    assert amounts(corrections) == [Decimal("-609.68"), Decimal("-900.00")]
    assert [charge.quantity for charge in corrections] == [-1, -1]
    assert all(charge.unit_price >= 0 for charge in corrections)


def test_a_month_that_was_billed_but_is_not_due_yet_is_not_corrected() -> None:
    dearer = line(version(MAR, 1, "600.00"))

    charges = charged(evidence(dearer, billed=billed({MAR: "600.00", APR: "500.00"})), MAR)

    assert charges == []


def test_days_without_a_price_hold_the_client_back() -> None:
    unpriced = line(version(date(2026, 3, 5), 1, "10.00"), since=MAR)

    with pytest.raises(NotBillable) as refusal:
        charged(evidence(unpriced), MAR)

    assert refusal.value.hold == Hold.PRICE_MISSING
    assert refusal.value.facts["day"] == "2026-03-01"


def test_a_line_outside_its_contract_owes_nothing() -> None:
    never = line(version(MAR, 1, "10.00"), until=date(2026, 2, 28))

    assert never.owed == Period(MAR, MAR)
    assert charged(evidence(never), APR) == []
