"""Late interest by hand, and by chance: claims in pieces come to the same as one claim."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collecting.domain.interest import (
    Change,
    Claimed,
    DatedRate,
    Days,
    Interest,
    Lateness,
    RateMissing,
    Stretch,
    claimable,
)
from collecting.domain.late import LateFacts, LateReason, LateVerdict, judge_late
from collecting.domain.late_rates import Basis, RateKind, Terms, rates_between

DUE = date(2026, 4, 30)
SPRING, SUMMER = date(2026, 1, 1), date(2026, 7, 1)
RATES = [DatedRate(SPRING, Decimal("12.15")), DatedRate(SUMMER, Decimal(12))]
NOTHING = Claimed()


def owing(total: str, *paid: tuple[date, str]) -> Lateness:
    return Lateness(DUE, Decimal(total), [Change(day, Decimal(amount)) for day, amount in paid])


def test_a_month_late_bears_interest_for_each_of_its_days() -> None:
    found = claimable(owing("1200.00"), RATES, date(2026, 5, 31), NOTHING)

    # 1200.00 x 12.15 % x 31 / 365 = 12.3830...
    assert found.amount == Decimal("12.38")
    assert found.stretches == (
        Stretch(date(2026, 5, 1), date(2026, 5, 31), Decimal("1200.00"), Decimal("12.15")),
    )


def verdict(*paid: tuple[date, str], through: date = date(2026, 6, 30)) -> LateVerdict:
    """Judge 100.00 due on 30 April, at a fixed 10 %, of which the fee was never claimed."""
    terms = Terms(Basis.FIXED, Decimal(10), is_french=False)
    return judge_late(LateFacts(owing("100.00", *paid), NOTHING, terms, Decimal(40)), {}, through)


def test_the_fee_is_owed_from_the_first_late_day_on_and_never_by_who_paid_in_time() -> None:
    in_time, a_day_late = verdict((DUE, "100.00")), verdict((DUE + timedelta(1), "100.00"))

    assert (in_time.fee, in_time.reason) == (Decimal(0), LateReason.NOTHING)
    # 100.00 x 10 % x 1 / 365 = 0.027...
    assert (a_day_late.fee, a_day_late.interest) == (Decimal(40), Decimal("0.03"))
    assert verdict(through=DUE).fee == 0


def test_each_half_year_has_its_rate_and_all_is_rounded_once() -> None:
    found = claimable(owing("509.76"), RATES, date(2026, 7, 31), NOTHING)

    # 509.76 x (12.15 % x 61 + 12 % x 31) / 365 = 10.3509... + 5.1953... = 15.5462...
    assert found.amount == Decimal("15.55")
    assert [one.days for one in found.stretches] == [61, 31]


def test_the_day_on_which_money_comes_in_is_late_as_well() -> None:
    late = owing("1000.00", (date(2026, 5, 10), "400.00"), (date(2026, 5, 20), "600.00"))

    found = claimable(late, RATES, date(2026, 6, 30), NOTHING)

    # 1000 x 12.15 % x 10 / 365 = 3.3287..., 600 x 12.15 % x 10 / 365 = 1.9972...
    assert [(one.days, one.open) for one in found.stretches] == [(10, 1000), (10, 600)]
    assert found.amount == Decimal("5.33")


def test_money_that_comes_on_the_due_day_owes_nothing() -> None:
    found = claimable(owing("80.00", (DUE, "80.00")), RATES, date(2026, 6, 30), NOTHING)

    assert (found.amount, found.stretches) == (0, ())


def test_a_payment_booked_late_gives_back_what_was_claimed_too_much() -> None:
    claimed = Claimed([Days(date(2026, 5, 1), date(2026, 5, 31))], Decimal("12.38"))
    late = owing("1200.00", (date(2026, 5, 21), "600.00"))

    found = claimable(late, RATES, date(2026, 6, 30), claimed)

    # owed: 1200 x 12.15 % x 21 / 365 + 600 x 12.15 % x 40 / 365 = 8.3884 + 7.9890 = 16.38
    assert found.amount == Decimal("4.00")
    assert found.of_new_days == Decimal("5.99")  # 600 x 12.15 % x 30 / 365
    assert found.correction == Decimal("-1.99")


def test_days_freed_by_a_cancelled_claim_are_claimed_beside_those_that_stand() -> None:
    june = Claimed([Days(date(2026, 6, 1), date(2026, 6, 30))], Decimal("11.98"))

    found = claimable(owing("1200.00"), RATES, date(2026, 7, 10), june)

    assert [(one.first_on, one.last_on) for one in found.stretches] == [
        (date(2026, 5, 1), date(2026, 5, 31)),
        (date(2026, 7, 1), date(2026, 7, 10)),
    ]


def test_a_half_year_without_its_rate_is_not_taken_for_the_one_before() -> None:
    known = {(RateKind.ECB, SPRING): Decimal("2.15")}
    terms = Terms(Basis.ECB_PLUS, Decimal(10))

    with pytest.raises(RateMissing) as missing:
        rates_between(terms, known, date(2026, 5, 1), date(2026, 7, 1))

    assert (missing.value.kind, missing.value.day) == ("ecb", SUMMER)


@pytest.mark.parametrize(
    ("terms", "percent"),
    [
        (Terms(Basis.ECB_PLUS, Decimal(10)), "12.15"),
        (Terms(Basis.ECB_PLUS, Decimal(5)), "8.28"),  # agreed, and below 3 x 2.76
        (Terms(Basis.FIXED, Decimal(6)), "8.28"),
        (Terms(Basis.FIXED, Decimal(15)), "15"),
        (Terms(Basis.TIMES_LEGAL, Decimal(4)), "11.04"),
        (Terms(Basis.ECB_PLUS, Decimal(8), is_french=False), "10.15"),
        (Terms(Basis.FIXED, Decimal(6), is_french=False), "6"),
    ],
)
def test_what_is_agreed_in_france_is_at_least_three_times_the_legal_rate(
    terms: Terms, percent: str
) -> None:
    known = {(RateKind.ECB, SPRING): Decimal("2.15"), (RateKind.LEGAL, SPRING): Decimal("2.76")}

    [rate] = rates_between(terms, known, SPRING, SPRING)

    assert rate.percent == Decimal(percent)


cents = st.integers(1, 5_000_00).map(lambda amount: Decimal(amount) / 100)
late_days = st.integers(-5, 300).map(lambda days: DUE + timedelta(days=days))
payments = st.lists(st.builds(Change, late_days, cents), max_size=5)


@given(total=cents, paid=payments, through=late_days, cuts=st.lists(late_days, max_size=6))
def test_claims_in_pieces_come_to_the_same_as_one_claim(
    total: Decimal, paid: list[Change], through: date, cuts: list[date]
) -> None:
    late = Lateness(DUE, total, paid)
    claimed = NOTHING
    for cut in [*sorted(day for day in cuts if day < through), through]:
        claimed = _with(claimed, claimable(late, RATES, cut, claimed))

    assert claimed.amount == claimable(late, RATES, through, NOTHING).amount
    assert claimed.amount == _day_by_day(total, paid, through)


def _with(claimed: Claimed, found: Interest) -> Claimed:
    days = [Days(one.first_on, one.last_on) for one in found.stretches]
    return Claimed([*claimed.days, *days], claimed.amount + found.amount)


def _day_by_day(total: Decimal, paid: list[Change], through: date) -> Decimal:
    """Add up the interest of each day as a fraction, and round half up to the cent."""
    whole, day = Fraction(0), DUE + timedelta(days=1)
    while day <= through:
        left = total - sum(one.amount for one in paid if one.day < day)
        percent = Decimal(12) if day >= SUMMER else Decimal("12.15")
        whole += max(Fraction(left), Fraction(0)) * Fraction(percent) / 36500
        day += timedelta(days=1)
    return Decimal(int(whole * 100 + Fraction(1, 2))) / 100
