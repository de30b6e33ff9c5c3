"""Lines whose quantity is counted, priced by tiers, paused: charges and corrections."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.domain.agreements import LineTerm, Tier
from billing.domain.charge import RatedCharge
from billing.domain.terms import (
    ChangeEffect,
    Hold,
    Kind,
    NotBillable,
    Pricing,
    Proration,
    QuantityRule,
    StubRule,
    Timing,
    Unit,
)
from billing.tests.agreed_lines import agreed, carried, device, flat
from billing.tests.evidence import charged, evidence, version
from core.periods import Period

MAR, APR, MAY, JUL = (date(2026, month, 1) for month in (3, 4, 5, 7))
TIERS = (Tier(Decimal(2), Decimal("30.00")), Tier(None, Decimal("20.00")))
FLEET = (
    device(1, date(2026, 1, 5)),
    device(2, date(2026, 1, 5), date(2026, 3, 9)),
    device(3, date(2026, 3, 22)),
    device(4, date(2026, 5, 4)),
)


def bill(line: LineTerm, as_of: date, after: list[RatedCharge] | None = None) -> list[RatedCharge]:
    return charged(evidence(line, billed=carried(after or [], {})), as_of)


def amounts(charges: list[RatedCharge]) -> list[str]:
    return [str(charge.amount) for charge in charges]


def counting(**fields: Any) -> LineTerm:
    """Return 31.00 for each device and month from March on."""
    return agreed(version(MAR, 0, "31.00"), counted=FLEET, **fields)


def names(charge: RatedCharge) -> list[tuple[str, int]]:
    return [(unit["name"], unit["days"]) for unit in charge.basis["counted"]]


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        # two devices for 9 days, one for 12, two for 10: 18 + 12 + 20 device days at 1.00
        ({}, "50.00"),
        ({"quantity_rule": QuantityRule.SNAPSHOT}, "62.00"),
        ({"quantity_rule": QuantityRule.NEXT_PERIOD}, "62.00"),
        ({"quantity_rule": QuantityRule.HIGH_WATER}, "62.00"),
        ({"quantity_rule": QuantityRule.SNAPSHOT, "timing": Timing.ARREARS}, "62.00"),
        # the base of a package without included or further units
        ({"pricing": Pricing.PACKAGE}, "31.00"),
    ],
)
def test_counted_devices_are_billed_by_the_rule_of_the_line(
    fields: dict[str, object], amount: str
) -> None:
    assert amounts(bill(counting(**fields), APR))[0] == amount


def test_the_charge_keeps_what_was_counted_and_for_how_many_days() -> None:
    [march] = bill(counting(), MAR)

    assert names(march) == [("PC-01", 31), ("PC-02", 9), ("PC-03", 10)]
    assert [piece["steps"][0]["quantity"] for piece in march.basis["slices"]] == ["2", "1", "2"]


@pytest.mark.parametrize(
    ("rule", "day", "listed"),
    [
        (QuantityRule.SNAPSHOT, "2026-03-01", [("PC-01", 31), ("PC-02", 9)]),
        (QuantityRule.HIGH_WATER, "2026-03-01", [("PC-01", 31), ("PC-02", 9)]),
    ],
)
def test_where_one_day_decides_the_devices_of_that_day_are_listed(
    rule: QuantityRule, day: str, listed: list[tuple[str, int]]
) -> None:
    [march] = bill(counting(quantity_rule=rule), MAR)

    assert names(march) == listed
    assert march.basis["slices"][0]["decided_on"] == day
    assert (march.quantity, march.unit) == (2, Unit.MONTH)


def test_in_arrears_the_devices_of_the_last_day_are_listed() -> None:
    line = counting(quantity_rule=QuantityRule.SNAPSHOT, timing=Timing.ARREARS)

    assert names(bill(line, APR)[0]) == [("PC-01", 31), ("PC-03", 10)]


def test_a_device_that_left_and_came_back_is_one_device() -> None:
    back = (device(1, MAR, date(2026, 3, 5)), device(1, date(2026, 3, 20)))

    [march] = bill(agreed(version(MAR, 0, "31.00"), counted=back), MAR)

    assert names(march) == [("PC-01", 17)]
    assert str(march.amount) == "17.00"


def test_a_device_added_in_a_billed_month_is_trued_up_by_the_day() -> None:
    one, two = [device(1, MAR)], [device(1, MAR), device(2, date(2026, 3, 22))]
    march = bill(agreed(version(MAR, 0, "31.00"), counted=one), MAR)

    [true_up] = bill(agreed(version(MAR, 0, "31.00"), counted=two), date(2026, 3, 22), march)

    assert (true_up.kind, str(true_up.amount)) == (Kind.ADJUSTMENT, "10.00")
    assert names(true_up) == [("PC-01", 31), ("PC-02", 10)]


def test_no_device_costs_nothing_and_is_on_record() -> None:
    [march] = bill(agreed(version(MAR, 0, "31.00"), counted=()), MAR)

    assert (march.quantity, str(march.amount), march.basis["counted"]) == (0, "0.00", [])


@pytest.mark.parametrize(
    ("pricing", "amount", "shown"),
    [
        (Pricing.VOLUME, "60.00", (3, Unit.MONTH, "20.00")),  # all three at 20
        (Pricing.GRADUATED, "80.00", (1, Unit.PRO_RATA, "80.00")),  # 2 x 30 + 1 x 20
    ],
)
def test_tiers_price_whole_months(
    pricing: Pricing, amount: str, shown: tuple[int, Unit, str]
) -> None:
    [march] = bill(agreed(version(MAR, 3, "0", tiers=TIERS), pricing=pricing), MAR)

    assert str(march.amount) == amount
    assert (march.quantity, march.unit, str(march.unit_price)) == shown


def test_graduated_seats_that_change_are_priced_day_by_day() -> None:
    """2 seats (60.00) for 15 days, 4 seats (100.00) for 16: 2500.00 / 31 = 80.65."""
    line = agreed(
        version(MAR, 2, "0", tiers=TIERS),
        version(date(2026, 3, 16), 4, "0", tiers=TIERS),
        pricing=Pricing.GRADUATED,
    )

    assert amounts(bill(line, MAR)) == ["80.65"]


def test_a_line_by_tiers_without_tiers_holds_the_client_back() -> None:
    with pytest.raises(NotBillable) as refusal:
        bill(agreed(version(MAR, 3, "9.00"), pricing=Pricing.VOLUME), MAR)

    assert refusal.value.hold == Hold.PRICE_MISSING
    assert refusal.value.facts["day"] == "2026-03-01"


@pytest.mark.parametrize(
    ("months", "unit"),
    [
        (0, Unit.PIECE),
        (1, Unit.MONTH),
        (3, Unit.QUARTER),
        (6, Unit.HALF_YEAR),
        (12, Unit.YEAR),
    ],
)
def test_an_unchanged_period_shows_quantity_and_price_of_its_rhythm(
    months: int, unit: Unit
) -> None:
    start = date(2026, 1, 1)

    [charge] = bill(agreed(version(start, 12, "24.90"), months=months), start)

    assert (charge.quantity, charge.unit, str(charge.unit_price)) == (12, unit, "24.90")
    assert str(charge.amount) == "298.80"


def test_a_pause_gives_billed_days_back_and_going_on_charges_them_again() -> None:
    """1,240.00 for March and April; paused from 22 March through 15 April."""
    running = flat(MAR, "1240.00")
    pause = Period(date(2026, 3, 22), date(2026, 4, 16))
    paused = flat(MAR, "1240.00", pauses=[pause])
    both = bill(running, APR)

    credits_ = bill(paused, date(2026, 4, 2), both)
    again = bill(running, date(2026, 4, 3), both + credits_)

    # 10 of 31 days are 400.00, 15 of 30 are 620.00
    assert amounts(credits_) == ["-400.00", "-620.00"]
    assert amounts(again) == ["400.00", "620.00"]
    assert [one.source.revision for one in again] == [2, 2]


def test_a_month_that_is_paused_altogether_is_not_billed() -> None:
    line = flat(MAR, "100.00", pauses=[Period(APR, MAY)])

    assert [one.period.start for one in bill(line, MAY)] == [MAR, MAY]


def test_a_price_set_back_after_a_true_up_gives_the_true_up_back() -> None:
    old, new = flat(MAR, "100.00"), flat(MAR, "150.00")
    first = bill(old, MAR)
    second = bill(new, MAR, first)

    third = bill(old, MAR, first + second)

    assert amounts(first + second + third) == ["100.00", "50.00", "-50.00"]
    assert [one.source.revision for one in first + second + third] == [0, 1, 2]


def test_periods_of_another_rhythm_are_given_back_whole() -> None:
    """Three months billed at 100.00, then agreed by the quarter at 270.00 from the same day on."""
    start = date(2026, 1, 1)
    monthly = bill(flat(start, "100.00"), MAR)
    quarterly = flat(start, "270.00", months=3)

    changes = bill(quarterly, MAR, monthly)

    assert [
        (one.source.period_on.month, str(one.amount)) for one in changes if one.source.period_on
    ] == [
        (1, "170.00"),
        (2, "-100.00"),
        (3, "-100.00"),
    ]
    assert changes[1].period == Period(date(2026, 2, 1), MAR)
    assert bill(quarterly, MAR, monthly + changes) == []


def test_a_full_first_piece_costs_the_whole_price_of_its_quantity_less_a_final_piece() -> None:
    start = date(2026, 3, 20)
    ended = flat(start, "310.00", stub=StubRule.FULL, until=date(2026, 3, 25))

    assert amounts(bill(ended, start)) == ["250.00"]  # as from 1 March: 25 of 31 days


def test_a_piece_of_a_quarter_of_thirty_days_a_month_is_counted_from_its_end() -> None:
    """From 17 May the quarter to 30 June has 45 days left of 31 and 30: 45/90 of 900.00."""
    start = date(2026, 5, 17)
    line = flat(start, "900.00", months=3, proration=Proration.THIRTY_DAYS)

    assert amounts(bill(line, start)) == ["450.00"]


def test_a_device_that_is_exchanged_on_the_same_day_changes_nothing() -> None:
    before, after = (
        [device(1, MAR)],
        [device(1, MAR, date(2026, 3, 9)), device(2, date(2026, 3, 10))],
    )
    line = agreed(version(MAR, 0, "31.00"), counted=before)
    march = bill(line, MAR)

    assert bill(agreed(version(MAR, 0, "31.00"), counted=after), MAR, march) == []


def test_a_version_for_the_next_period_gives_way_to_a_later_one_that_counts_at_once() -> None:
    line = agreed(
        version(MAR, 1, "31.00"),
        version(date(2026, 3, 10), 1, "62.00", effect=ChangeEffect.NEXT_PERIOD),
        version(date(2026, 3, 22), 1, "93.00"),
    )

    # 21 days at 31.00 a month, 10 at 93.00; then 93.00
    assert amounts(bill(line, APR)) == ["51.00", "93.00"]


def test_a_price_that_waits_goes_on_waiting_while_seats_are_added_at_once() -> None:
    """Told on 10 March: 40.00 from April on; on the 22nd two seats more, at the price agreed."""
    line = agreed(
        version(MAR, 10, "31.00"),
        version(date(2026, 3, 10), 10, "40.00", effect=ChangeEffect.NEXT_PERIOD),
        version(date(2026, 3, 22), 12, "40.00"),
    )

    # 10 x 31.00 + 2 x 31.00 x 10/31; then 12 x 40.00
    assert amounts(bill(line, APR)) == ["330.00", "480.00"]
