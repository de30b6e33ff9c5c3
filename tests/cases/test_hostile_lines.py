"""What a hostile examiner would try on contract lines, each with its figures worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from billing.models import Charge, HeldItem
from clients.models import Asset
from clients.tests.factories import AssetFactory
from contracts.domain.price import Tier
from contracts.models import Contract, ContractLine
from contracts.operations.correct_version import correct_version
from contracts.operations.end_contract import end_contract
from contracts.operations.end_line import end_line
from contracts.operations.pause_contract import pause_contract
from contracts.operations.withdraw_pause import withdraw_pause
from contracts.operations.withdraw_version import withdraw_version
from tests.cases.story import FROM_THE_DAY, Story, billed, change, held, sell
from tests.scenarios.billing_days import bill

pytestmark = pytest.mark.django_db
TIERS = (Tier(Decimal(10), Decimal("30.00")), Tier(None, Decimal("25.00")))


@pytest.mark.parametrize(
    ("pricing", "quantity", "amount"),
    [
        ("volume", "10", "300.00"),
        ("volume", "10.5", "262.50"),  # all of it at 25.00
        ("volume", "11", "275.00"),
        ("graduated", "10", "300.00"),
        ("graduated", "10.5", "312.50"),  # 10 x 30.00 + 0.5 x 25.00
        ("graduated", "11", "325.00"),
        ("graduated", "0", None),
    ],
)
def test_tiers_at_their_very_edge(
    contract: Contract, pricing: str, quantity: str, amount: str | None
) -> None:
    sell(contract, quantity=Decimal(quantity), pricing=pricing, tiers=TIERS)

    assert billed(date(2026, 1, 1)) == ([amount] if amount else [])


def test_a_volume_price_that_falls_over_the_edge_in_mid_period(contract: Contract) -> None:
    """June: 10 days of 10 at 30.00 and 20 of 11 at 25.00: 100.00 + 183.33; billed were 300.00."""
    line = sell(contract, quantity=10, pricing="volume", tiers=TIERS, starts_on=date(2026, 6, 1))
    sell(contract, "500.00", starts_on=date(2026, 6, 1))
    assert billed(date(2026, 6, 1)) == ["300.00", "500.00"]
    change(line, date(2026, 6, 11), quantity=11)

    assert billed(date(2026, 7, 1)) == ["275.00", "500.00", "-16.67"]


def test_a_package_whose_quantity_rises_and_falls_within_what_it_includes(
    contract: Contract,
) -> None:
    """500.00 for 25, 15.00 beyond: 28 are 545.00; from 16 June 30 are 575.00; in July 20."""
    line = sell(
        contract,
        "500.00",
        28,
        pricing="package",
        included_quantity=Decimal(25),
        overage_price=Decimal(15),
        starts_on=date(2026, 6, 1),
    )
    assert billed(date(2026, 6, 1)) == ["545.00"]
    change(line, date(2026, 6, 16), quantity=30)
    change(line, date(2026, 7, 1), quantity=20)

    assert billed(date(2026, 7, 1)) == ["500.00", "15.00"]  # 30.00 x 15/30


@pytest.mark.parametrize(
    ("stub", "amounts"),
    [("prorated", ["1360.00", "1810.00"]), ("joined", ["3170.00"]), ("full", ["1810.00"] * 2)],
)
def test_half_years_in_arrears_from_the_middle_of_february(
    story: Story, stub: str, amounts: list[str]
) -> None:
    """15 February to 30 June are 136 of 181 days of 1,810.00."""
    contract = story.sign(date(2026, 2, 15))
    sell(contract, "1810.00", rhythm_months=6, timing="arrears", stub_rule=stub)

    assert billed(date(2026, 6, 30)) == []
    assert billed(date(2026, 7, 1)) + billed(date(2027, 1, 1)) == amounts


@pytest.mark.parametrize(
    ("first_day", "months", "amount"),
    [
        ("2026-07-01", 12, "600.00"),  # 6 x 30 of 360
        ("2026-02-01", 3, "800.00"),  # 2 x 30 of 90
        ("2026-07-17", 12, "550.00"),  # 15 + 5 x 30 of 360
        ("2026-02-28", 6, "806.67"),  # one day and 4 x 30: 121 of 180
    ],
)
def test_months_of_thirty_days_weigh_the_same_in_a_longer_period(
    contract: Contract, first_day: str, months: int, amount: str
) -> None:
    day = date.fromisoformat(first_day)
    sell(contract, "1200.00", rhythm_months=months, proration="thirty_days", starts_on=day)

    assert billed(day) == [amount]


@pytest.fixture
def july(contract: Contract) -> ContractLine:
    """310.00 a month, billed for July; to 620.00 on the 11th and to 930.00 on the 21st."""
    line = sell(contract, "310.00", starts_on=date(2026, 7, 1))
    assert billed(date(2026, 7, 1)) == ["310.00"]
    change(line, date(2026, 7, 11), "620.00")
    change(line, date(2026, 7, 21), "930.00")
    return line


def test_several_changes_in_one_period_then_backdated_ones(july: ContractLine) -> None:
    """Each day of July costs a thirty-first: 10, 20 and 30, as the prices have it by then."""
    # 10 x 10 + 10 x 20 + 11 x 30 = 630
    assert billed(date(2026, 8, 1)) == ["930.00", "320.00"]
    change(july, date(2026, 7, 6), "155.00")
    # 5 x 10 + 5 x 5 + 10 x 20 + 11 x 30 = 605
    assert billed(date(2026, 9, 1)) == ["930.00", "-25.00"]
    change(july, date(2026, 7, 16), "1240.00")
    # 5 x 10 + 5 x 5 + 5 x 20 + 5 x 40 + 11 x 30 = 705
    assert billed(date(2026, 10, 1)) == ["930.00", "100.00"]
    first = july.versions.earliest("starts_on")
    correct_version(version_id=first.pk, starts_on=first.starts_on, unit_price=Decimal("341.00"))
    # 5 x 11 instead of 5 x 10
    assert billed(date(2026, 11, 1)) == ["930.00", "5.00"]
    withdraw_version(version_id=july.versions.get(starts_on=date(2026, 7, 21)).pk)
    # 1,240.00 holds on: 5 x 11 + 5 x 5 + 5 x 20 + 16 x 40 = 820, and 310.00 more in four months
    assert billed(date(2026, 12, 1)) == ["1240.00", "110.00", *["310.00"] * 4]
    assert billed(date(2026, 12, 31)) == []


def test_an_early_end_that_is_taken_back(contract: Contract) -> None:
    """300.00 for April, ended on the 10th: 200.00 back; then it runs on after all."""
    line = sell(contract, "300.00", starts_on=date(2026, 4, 1))
    sell(contract, "500.00", starts_on=date(2026, 4, 1))
    bill(date(2026, 4, 1))
    end_line(line_id=line.pk, last_day_on=date(2026, 4, 10))
    assert billed(date(2026, 5, 1)) == ["500.00", "-200.00"]
    end_line(line_id=line.pk, last_day_on=None)

    assert billed(date(2026, 6, 1)) == ["300.00", "300.00", "500.00", "200.00"]
    assert billed(date(2026, 6, 30)) == []


def test_a_contract_that_ends_on_its_first_day_and_runs_on_again(story: Story) -> None:
    contract = story.sign(date(2026, 3, 1))
    sell(contract, "310.00")
    end_contract(contract_id=contract.pk, last_day_on=date(2026, 3, 1), reason="A mistake")
    assert billed(date(2026, 3, 1)) == ["10.00"]
    end_contract(contract_id=contract.pk, last_day_on=None)

    assert billed(date(2026, 3, 31)) == ["300.00"]


def test_a_pause_inside_a_prepaid_year_and_its_withdrawal(story: Story) -> None:
    """3,650.00 a year: the 30 days of April are 300.00."""
    contract = story.sign(date(2026, 1, 1))
    sell(contract, "3650.00", rhythm_months=12)
    support = story.sign(date(2026, 1, 1), "K2")
    sell(support, "1000.00", rhythm_months=6, starts_on=date(2026, 7, 1))
    assert billed(date(2026, 1, 1)) == ["3650.00"]
    pause = pause_contract(
        contract_id=contract.pk,
        starts_on=date(2026, 4, 1),
        last_day_on=date(2026, 4, 30),
        reason="Works in the building",
    )

    assert billed(date(2026, 5, 1)) == []
    assert held() == [("negative_total", "")]
    assert billed(date(2026, 7, 1)) == ["1000.00", "-300.00"]
    withdraw_pause(pause_id=pause.pk)
    assert billed(date(2026, 7, 2)) == ["300.00"]


def test_less_than_nothing_waits_until_more_is_due_and_goes_out_once(contract: Contract) -> None:
    line = sell(contract, "900.00", starts_on=date(2026, 4, 1))
    bill(date(2026, 4, 1))
    end_line(line_id=line.pk, last_day_on=date(2026, 4, 10))

    assert billed(date(2026, 5, 1)) == []
    assert held() == [("negative_total", "")]
    sell(contract, "400.00", starts_on=date(2026, 6, 1))
    assert billed(date(2026, 6, 1)) == []  # 400.00 do not cover 600.00
    assert HeldItem.objects.filter(run__as_of_on=date(2026, 6, 1)).count() == 2
    assert billed(date(2026, 7, 1)) == ["400.00", "400.00", "-600.00"]
    assert billed(date(2026, 8, 1)) == ["400.00"]


def test_a_line_for_nothing_makes_no_invoice_and_stands_on_one(contract: Contract) -> None:
    free = sell(contract, "0.00", starts_on=date(2026, 4, 1))
    assert billed(date(2026, 4, 1)) == []
    assert Charge.objects.get().claims.get().contract_line == free
    sell(contract, "10.00", starts_on=date(2026, 5, 1))

    assert billed(date(2026, 5, 1)) == ["0.00", "10.00"]


@pytest.fixture
def laptops(story: Story) -> Asset:
    """Two laptops of the client's since January 2025; the second one is returned."""
    AssetFactory.create(client=story.client)
    second: Asset = AssetFactory.create(client=story.client)
    return second


@pytest.mark.parametrize(
    ("rule", "timing", "amounts"),
    [
        # 310.00 a device: 2 all the time, a third one on 10 March only: 620.00 + 10.00
        ("daily", "arrears", ["630.00"]),
        ("high_water", "arrears", ["930.00"]),
        ("snapshot", "arrears", ["620.00"]),
        ("next_period", "arrears", ["620.00"]),
        ("snapshot", "advance", ["620.00"]),
    ],
)
def test_a_device_that_comes_and_goes_on_the_same_day(
    contract: Contract, laptops: Asset, rule: str, timing: str, amounts: list[str]
) -> None:
    sell(
        contract, "310.00", starts_on=date(2026, 3, 1), last_day_on=date(2026, 3, 31),
        counts="assets", quantity_rule=rule, timing=timing,
    )  # fmt: skip
    tenth = date(2026, 3, 10)
    AssetFactory.create(client=contract.client, covered_since_on=tenth, covered_until_on=tenth)

    assert billed(date(2026, 4, 1)) == amounts


@pytest.mark.parametrize("rule", ["daily", "high_water", "snapshot"])
def test_a_device_exchanged_between_two_days_is_one_device(
    contract: Contract, laptops: Asset, rule: str
) -> None:
    sell(
        contract, "310.00", starts_on=date(2026, 3, 1), last_day_on=date(2026, 3, 31),
        counts="assets", quantity_rule=rule, timing="arrears",
    )  # fmt: skip
    Asset.objects.filter(pk=laptops.pk).update(covered_until_on=date(2026, 3, 9))
    AssetFactory.create(client=contract.client, covered_since_on=date(2026, 3, 10))

    assert billed(date(2026, 4, 1)) == ["620.00"]


def test_a_device_told_about_late_is_trued_up_month_by_month(
    contract: Contract, laptops: Asset
) -> None:
    """It was there from 22 January: 10/31 of 310.00, then whole months."""
    sell(contract, "310.00", counts="assets")
    for month in (1, 2, 3):
        assert billed(date(2026, month, 1)) == ["620.00"]
    AssetFactory.create(client=contract.client, covered_since_on=date(2026, 1, 22))

    assert billed(date(2026, 4, 1)) == ["930.00", "100.00", "310.00", "310.00"]


def test_yearly_from_leap_day_with_a_change_in_a_common_year(story: Story) -> None:
    """From 28 Feb 2025 365 days of 730.00: 2.00 a day; dearer by 1.00 a day from 1 Feb 2026 on."""
    contract = story.sign(date(2024, 2, 29))
    line = sell(contract, "730.00", rhythm_months=12, **FROM_THE_DAY)
    assert billed(date(2024, 2, 29)) == ["730.00"]
    assert billed(date(2025, 2, 28)) == ["730.00"]
    change(line, date(2026, 2, 1), "1095.00")

    # 1 to 27 February: 27 days
    assert billed(date(2026, 2, 27)) == ["27.00"]
    assert billed(date(2026, 2, 28)) == ["1095.00"]


def test_never_may_be_typed_as_the_last_day_of_the_calendar(story: Story) -> None:
    """The run of all clients must not fall over one date; what another system bills is no due."""
    never = date(9999, 12, 31)
    contract = story.sign(date(2026, 3, 1), last_day_on=never)
    sell(contract, "100.00", last_day_on=never)
    sell(contract, "70.00", billed_through_on=never)

    assert billed(date(2026, 4, 1)) == ["100.00", "100.00"]
