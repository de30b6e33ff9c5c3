"""The worked cases 1 to 10 of billing what recurs, each under its number."""

from datetime import date
from decimal import Decimal

import pytest

from billing.domain.agreements import LineTerm
from billing.domain.charge import RatedCharge
from billing.domain.terms import (
    ChangeEffect,
    Kind,
    Proration,
    QuantityRule,
    StubRule,
    Timing,
    Treatment,
    Unit,
)
from billing.tests.agreed_lines import agreed, carried, flat
from billing.tests.evidence import charged, evidence, version, worked
from core.periods import Period

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


def bill(line: LineTerm, as_of: date, after: list[RatedCharge] | None = None) -> list[RatedCharge]:
    """Return what is due of the line once the charges of ``after`` are on live documents."""
    return charged(evidence(line, billed=carried(after or [], {})), as_of)


def amounts(charges: list[RatedCharge]) -> list[str]:
    return [str(charge.amount) for charge in charges]


def starts(charges: list[RatedCharge]) -> list[str]:
    return [charge.period.start.isoformat() for charge in charges]


def test_case_1_adjoining_lines_share_no_day_and_leave_none_out() -> None:
    """1,000.00 through 14 March, 2,000.00 from the 15th: 14/31 and 17/31 of March."""
    old = bill(flat(MAR, "1000.00", until=date(2026, 3, 14)), date(2026, 3, 31))
    new = bill(flat(date(2026, 3, 15), "2000.00"), date(2026, 3, 31))

    # 1000 x 14/31 = 451.612…, 2000 x 17/31 = 1096.774…
    assert amounts(old) + amounts(new) == ["451.61", "1096.77"]
    assert old[0].period.end == new[0].period.start == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("anchor", "months", "first_days"),
    [
        ("2026-01-31", 1, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2026-01-30", 1, ["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30", "2026-05-30"]),
        ("2026-01-29", 1, ["2026-01-29", "2026-02-28", "2026-03-29", "2026-04-29", "2026-05-29"]),
        ("2027-11-30", 3, ["2027-11-30", "2028-02-29", "2028-05-30", "2028-08-30", "2028-11-30"]),
        ("2026-08-31", 6, ["2026-08-31", "2027-02-28", "2027-08-31", "2028-02-29", "2028-08-31"]),
        ("2024-02-29", 12, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
    ],
)
def test_case_2_the_end_of_the_month_is_never_lost(
    anchor: str, months: int, first_days: list[str]
) -> None:
    start, last = date.fromisoformat(anchor), date.fromisoformat(first_days[-1])
    line = flat(start, "100.00", months=months, anchor=start)

    charges = bill(line, last)

    assert starts(charges) == first_days
    assert set(amounts(charges)) == {"100.00"}
    assert [one.period.end for one in charges[:-1]] == [one.period.start for one in charges[1:]]


def test_case_3_a_missed_run_bills_the_month_it_missed_and_the_next_is_due_on_time() -> None:
    line = flat(FEB, "100.00")
    february = bill(line, FEB)

    late = bill(line, date(2026, 3, 4), february)
    before_april = bill(line, date(2026, 3, 31), february + late)
    april = bill(line, APR, february + late)

    assert [(one.period.start, one.period.last_day) for one in late] == [(MAR, date(2026, 3, 31))]
    assert before_april == []
    assert starts(april) == ["2026-04-01"]


def test_case_3_two_missed_months_are_two_charges() -> None:
    assert starts(bill(flat(FEB, "100.00"), date(2026, 3, 4))) == ["2026-02-01", "2026-03-01"]


@pytest.mark.parametrize(
    ("first_day", "proration", "amount"),
    [
        ("2026-06-16", Proration.ACTUAL_DAYS, "500.00"),  # 15 of 30
        ("2026-02-15", Proration.ACTUAL_DAYS, "500.00"),  # 14 of 28
        ("2026-03-17", Proration.ACTUAL_DAYS, "483.87"),  # 15 of 31
        ("2026-03-17", Proration.THIRTY_DAYS, "500.00"),  # 15 of 30
        ("2026-02-15", Proration.THIRTY_DAYS, "466.67"),  # 14 of 30
        ("2026-03-02", Proration.THIRTY_DAYS, "1000.00"),  # 30 of 30
    ],
)
def test_case_4_a_piece_is_divided_by_the_whole_period_that_holds_it(
    first_day: str, proration: Proration, amount: str
) -> None:
    start = date.fromisoformat(first_day)

    [charge] = bill(flat(start, "1000.00", proration=proration), start)

    assert str(charge.amount) == amount


def test_case_4_three_thirds_of_a_period_add_up_to_the_cent() -> None:
    """100.00 for June in three times ten days: accrued are 33.33, 66.67 and 100.00."""
    days = (date(2026, 6, 1), date(2026, 6, 11), date(2026, 6, 21))
    cut = agreed(*(version(day, n, f"{100 / n:.4f}") for n, day in enumerate(days, 1)))

    [charge] = bill(cut, days[0])

    assert [piece["amount"] for piece in charge.basis["slices"]] == ["33.33", "33.34", "33.33"]
    assert str(charge.amount) == "100.00"


@pytest.mark.parametrize(
    ("stub", "at_once", "in_april"),
    [
        (StubRule.PRORATED, ["387.10"], ["1000.00"]),  # 12 of 31 days
        (StubRule.JOINED, [], ["1387.10"]),
        (StubRule.FULL, ["1000.00"], ["1000.00"]),
        (StubRule.FREE, ["0.00"], ["1000.00"]),
    ],
)
def test_case_5_the_contract_says_what_the_first_piece_costs(
    stub: StubRule, at_once: list[str], in_april: list[str]
) -> None:
    line = flat(date(2026, 3, 20), "1000.00", stub=stub)

    first = bill(line, date(2026, 3, 20))
    then = bill(line, APR, first)

    assert (amounts(first), amounts(then)) == (at_once, in_april)
    assert [*first, *then][0].period.start == date(2026, 3, 20)
    assert then[-1].period.last_day == date(2026, 4, 30)


def test_case_5_free_days_are_on_record_as_waived_at_their_value() -> None:
    [charge] = bill(flat(date(2026, 3, 20), "1000.00", stub=StubRule.FREE), date(2026, 3, 20))

    assert charge.treatment == Treatment.WAIVED
    assert charge.list_amount == Decimal("387.10")
    assert charge.period == Period(date(2026, 3, 20), APR)
    assert not charge.is_printed


def test_case_6_one_bill_holds_april_in_advance_and_march_in_arrears() -> None:
    fee = flat(MAR, "1000.00", id=1)
    backup = agreed(version(MAR, 200, "0.15"), id=2, timing=Timing.ARREARS)
    march = carried(charged(evidence(fee), MAR), {})
    found = evidence(fee, backup, billed=march, time=[worked(60, on=date(2026, 3, 10))])

    charges = charged(found, APR)

    assert [(one.kind, one.period.start, str(one.amount)) for one in charges] == [
        (Kind.RECURRING, APR, "1000.00"),
        (Kind.RECURRING, MAR, "30.00"),  # 200 x 0.15
        (Kind.TIME, date(2026, 3, 10), "84.00"),
    ]


@pytest.mark.parametrize(
    ("rule", "extra"),
    [
        (QuantityRule.DAILY, ["23.23"]),  # 3 x 30 x 8/31
        (QuantityRule.SNAPSHOT, []),
        (QuantityRule.HIGH_WATER, ["90.00"]),
        (QuantityRule.NEXT_PERIOD, []),
    ],
)
def test_case_7_four_rules_for_three_seats_that_come_and_go(
    rule: QuantityRule, extra: list[str]
) -> None:
    ten, thirteen = version(MAR, 10, "30.00"), version(date(2026, 3, 20), 13, "30.00")
    before = agreed(ten, quantity_rule=rule)
    after = agreed(ten, thirteen, version(date(2026, 3, 28), 10, "30.00"), quantity_rule=rule)
    march = bill(before, MAR)

    trued_up = bill(after, date(2026, 3, 31), march)

    assert amounts(march) == ["300.00"]
    assert amounts(trued_up) == extra
    assert amounts(bill(after, APR, march + trued_up)) == ["300.00"]


def test_case_7_seats_that_stay_are_billed_for_twelve_days() -> None:
    """3 x 30 x 12/31 = 34.84, and 13 seats from April on."""
    ten, thirteen = version(MAR, 10, "30.00"), version(date(2026, 3, 20), 13, "30.00")
    march = bill(agreed(ten), MAR)

    charges = bill(agreed(ten, thirteen), APR, march)

    assert [(one.kind, str(one.amount)) for one in charges] == [
        (Kind.RECURRING, "390.00"),
        (Kind.ADJUSTMENT, "34.84"),
    ]


def test_case_7_in_arrears_a_snapshot_is_taken_on_the_last_day() -> None:
    ten, thirteen = version(MAR, 10, "30.00"), version(date(2026, 3, 20), 13, "30.00")
    line = agreed(ten, thirteen, timing=Timing.ARREARS, quantity_rule=QuantityRule.SNAPSHOT)

    assert amounts(bill(line, APR)) == ["390.00"]


def dearer(effect: ChangeEffect, *more: tuple[int, str]) -> LineTerm:
    """500.00 from 6 November, by the month from the 6th; 2,000.00 from 13 December."""
    start = date(2026, 11, 6)
    changes = [(13, "2000.00"), *more]
    return agreed(
        version(start, 1, "500.00"),
        *(version(date(2026, 12, day), 1, price, effect=effect) for day, price in changes),
        anchor=start,
    )


def billed_before_the_change() -> list[RatedCharge]:
    start = date(2026, 11, 6)
    return bill(flat(start, "500.00", anchor=start), date(2026, 12, 6))


def test_case_8_a_price_change_at_once_is_trued_up_with_the_next_period() -> None:
    charges = bill(dearer(ChangeEffect.IMMEDIATE), date(2027, 1, 6), billed_before_the_change())

    fee, true_up = charges
    assert amounts(charges) == ["2000.00", "1161.29"]  # 1500 x 24/31
    assert sum(one.amount for one in charges) == Decimal("3161.29")
    assert true_up.period == Period(date(2026, 12, 6), date(2027, 1, 6))
    assert (true_up.source.period_on, true_up.source.revision) == (date(2026, 12, 6), 1)
    assert fee.unit == Unit.MONTH


def test_case_8_a_price_change_from_the_next_period_leaves_the_billed_one_alone() -> None:
    line = dearer(ChangeEffect.NEXT_PERIOD)

    assert amounts(bill(line, date(2027, 1, 6), billed_before_the_change())) == ["2000.00"]


def test_case_8_two_changes_in_one_period_both_apply_in_order() -> None:
    """To 2,000.00 on 13 December and to 1,000.00 on the 27th: 7 + 14 + 10 of 31 days."""
    line = dearer(ChangeEffect.IMMEDIATE, (27, "1000.00"))

    charges = bill(line, date(2027, 1, 6), billed_before_the_change())

    # 500 x 7/31 + 2000 x 14/31 + 1000 x 10/31 = 41500/31 = 1338.709…, less 500.00
    assert amounts(charges) == ["1000.00", "838.71"]


def test_case_9_each_year_is_billed_at_its_own_price_and_stays_so() -> None:
    """5 % a year on 500.00: 525.00, 551.25, 578.81; earlier years are not rated anew."""
    prices = {2023: "500.00", 2024: "525.00", 2025: "551.25", 2026: "578.81"}
    versions = [version(date(year, 1, 1), 1, price) for year, price in prices.items()]
    until_2025 = agreed(*versions[:-1], months=12)
    first_years = bill(until_2025, date(2025, 12, 31))

    fourth = bill(agreed(*versions, months=12), JAN, first_years)

    assert amounts(first_years) == ["500.00", "525.00", "551.25"]
    assert [(str(one.amount), one.unit) for one in fourth] == [("578.81", Unit.YEAR)]


def test_case_10_an_early_end_gives_back_what_was_billed_in_advance() -> None:
    """1,200.00 for 1 April to 30 June, ended on 20 May: 41 of 91 days, 540.66, come back."""
    quarter = bill(flat(APR, "1200.00", months=3), APR)
    ended = flat(APR, "1200.00", months=3, until=date(2026, 5, 20))

    [credit] = bill(ended, date(2026, 5, 21), quarter)

    assert str(credit.amount) == "-540.66"
    assert (credit.quantity, str(credit.unit_price)) == (-1, "540.66")
    assert (credit.basis["owed"], credit.basis["billed"]) == ("659.34", "1200.00")
    # all days that were billed, so that the tax is given back at the rate it was taken at
    assert credit.period == Period(APR, date(2026, 7, 1))
