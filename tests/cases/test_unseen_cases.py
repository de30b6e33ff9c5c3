"""Variations of the numbered cases that nobody had written down: the figures by hand, first."""

from datetime import date
from decimal import Decimal

import pytest

from billing.models import Claim
from catalog.models import RateCard
from catalog.tests.factories import RateFactory
from clients.tests.factories import AssetFactory, ClientFactory
from contracts.domain.price import Tier
from contracts.models import Contract
from contracts.operations._line_terms import LineNotAcceptable
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.correct_version import correct_version
from contracts.operations.end_line import end_line
from contracts.operations.pause_contract import pause_contract
from contracts.operations.transfer_contract import transfer_contract
from contracts.tests.indexing import index_of, with_index
from tests.cases.story import FROM_THE_DAY, Story, billed, change, sell
from tests.scenarios.billing_days import bill, bill_firsts

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = (date(2026, month, 1) for month in (3, 4, 5))


def test_a_half_year_from_the_30th_of_august_that_ends_early(story: Story) -> None:
    """30 August to 27 February are 182 days of 10.00; 93 of them are served: 890.00 back."""
    contract = story.sign(date(2026, 8, 30))
    line = sell(contract, "1820.00", rhythm_months=6, **FROM_THE_DAY)
    assert billed(date(2026, 8, 30)) == ["1820.00"]
    end_line(line_id=line.pk, last_day_on=date(2026, 11, 30))
    sell(contract, "1000.00", starts_on=date(2026, 12, 1))

    assert billed(date(2026, 12, 1)) == ["1000.00", "-890.00"]


def test_a_quantity_that_is_changed_twice_on_one_day_is_the_later_one(contract: Contract) -> None:
    """10 x 30.00 x 15/31 + 15 x 30.00 x 16/31 = 145.16 + 232.26 = 377.42; 12 never counted."""
    line = sell(contract, "30.00", 10, starts_on=MARCH, timing="arrears")
    sixteenth = date(2026, 3, 16)
    change(line, sixteenth, quantity=12)
    with pytest.raises(LineNotAcceptable, match="correct that one"):
        change(line, sixteenth, quantity=15)
    twelve = line.versions.get(starts_on=sixteenth)
    correct_version(version_id=twelve.pk, starts_on=sixteenth, quantity=Decimal(15))

    assert billed(APRIL) == ["377.42"]


def test_a_pause_over_the_end_of_a_period_in_arrears_told_late(contract: Contract) -> None:
    """20 March to 10 April: 12/31 of March's 310.00 come back, 20/30 of April's are owed."""
    sell(contract, "310.00", starts_on=MARCH, timing="arrears")
    assert billed(APRIL) == ["310.00"]
    pause_contract(
        contract_id=contract.pk, starts_on=date(2026, 3, 20), last_day_on=date(2026, 4, 10),
        reason="Moving",
    )  # fmt: skip

    assert billed(MAY) == ["206.67", "-120.00"]


def test_a_pause_over_the_clamped_end_of_a_period_from_the_31st(story: Story) -> None:
    """31 Jan to 24 Feb: 25/28 of 310.00; 6 to 30 March: 25/31, due on the first day served."""
    contract = story.sign(date(2026, 1, 31))
    sell(contract, "310.00", **FROM_THE_DAY)
    pause_contract(
        contract_id=contract.pk, starts_on=date(2026, 2, 25), last_day_on=date(2026, 3, 5),
        reason="Moving",
    )  # fmt: skip

    assert billed(date(2026, 1, 31)) == ["276.79"]
    assert billed(date(2026, 3, 5)) == []
    assert billed(date(2026, 3, 6)) == ["250.00"]
    assert billed(date(2026, 3, 31)) == ["310.00"]


def test_a_transfer_in_mid_month_of_a_line_in_arrears(story: Story, contract: Contract) -> None:
    """620.00 for March: 10/31 here once it has ended, 21/31 there once March is over."""
    sell(contract, "620.00", starts_on=MARCH, timing="arrears")
    transfer_contract(
        contract_id=contract.pk, client_id=ClientFactory.create().pk, number="K2",
        first_day=date(2026, 3, 11),
    )  # fmt: skip

    assert billed(date(2026, 3, 10)) == []
    assert billed(date(2026, 3, 11)) == ["200.00"]
    assert billed(APRIL) == ["420.00"]
    assert billed(MAY) == ["620.00"]


def test_late_work_finds_the_hours_that_a_cap_had_let_expire(
    story: Story, contract: Contract
) -> None:
    """4 h a month, 2 h carried. January uses 1 h, February 5 h: 2 h carried and 3 h of its own.

    1 h of January had expired. 2 h of January that come late take that hour; 1 h is 120.00.
    """
    story.include(contract)
    story.promise(contract, 4, rollover="oldest_first", cap_minutes=120, overage_rate=Decimal(120))
    story.work(date(2026, 1, 10), 60)
    story.work(date(2026, 2, 5), 300)
    bill_firsts(date(2026, 2, 1), MARCH)
    assert Claim.objects.filter(allowance__isnull=False).count() == 3
    story.work(date(2026, 1, 20), 120)

    assert billed(APRIL) == ["0.00", "120.00"]


def test_counted_devices_by_graduated_tiers_day_by_day(contract: Contract) -> None:
    """April: 15 days of 10 x 30.00, 15 days of 2 x 25.00 more: 300.00 + 25.00."""
    tiers = (Tier(Decimal(10), Decimal("30.00")), Tier(None, Decimal("25.00")))
    for since in [date(2026, 1, 1)] * 10 + [date(2026, 4, 16)] * 2:
        AssetFactory.create(client=contract.client, covered_since_on=since)
    sell(
        contract, counts="assets", pricing="graduated", tiers=tiers, starts_on=APRIL,
        timing="arrears",
    )  # fmt: skip

    assert billed(MAY) == ["325.00"]


def test_half_a_unit_beyond_what_a_package_includes_and_one_more_in_mid_period(
    contract: Contract,
) -> None:
    """500.00 for 25 and 15.00 beyond: 25.5 are 507.50; 26.5 from 16 April are 7.50 more."""
    line = sell(
        contract, "500.00", Decimal("25.5"), pricing="package", included_quantity=Decimal(25),
        overage_price=Decimal(15), starts_on=APRIL,
    )  # fmt: skip
    assert billed(APRIL) == ["507.50"]
    change(line, date(2026, 4, 16), quantity=Decimal("26.5"))

    assert billed(MAY) == ["522.50", "7.50"]


def test_an_index_that_falls_to_its_floor_and_then_meets_its_cap(story: Story) -> None:
    """105.65 to 100.00 asks 946.52, at least +0 %: 1,000.00; 114.25 asks 1,081.40, at most 3 %."""
    contract = story.sign(date(2025, 1, 1))
    sell(contract, "1000.00", rhythm_months=12)
    table = index_of({date(2025, 10, 1): "100.00", date(2026, 10, 1): "114.25"})
    clause = with_index(contract, table, cap_percent=Decimal(3), floor_percent=Decimal(0))
    bill(date(2025, 1, 1))

    amounts = []
    for day in (date(2026, 1, 1), date(2027, 1, 1)):
        apply_indexation(clause_id=clause.pk, effective_on=day)
        amounts += billed(day)

    assert amounts == ["1000.00", "1030.00"]


def test_a_year_with_a_leap_day_that_ends_early(story: Story) -> None:
    """1 March 2027 to 29 February 2028 are 366 days of 2.00; 275 are served: 182.00 back."""
    contract = story.sign(date(2027, 3, 1))
    line = sell(contract, "732.00", rhythm_months=12, **FROM_THE_DAY)
    bill(date(2027, 3, 1))
    end_line(line_id=line.pk, last_day_on=date(2027, 11, 30))
    sell(contract, "500.00", starts_on=date(2027, 12, 1))

    assert billed(date(2027, 12, 1)) == ["500.00", "-182.00"]


def test_a_line_that_ends_before_the_period_its_first_days_were_to_join(
    story: Story,
) -> None:
    """20 to 25 March: 6/31 of 1,000.00, due once the line is over, not on 1 April."""
    contract = story.sign(date(2026, 3, 20))
    line = sell(contract, "1000.00", stub_rule="joined")
    assert billed(date(2026, 3, 20)) == []
    end_line(line_id=line.pk, last_day_on=date(2026, 3, 25))

    assert billed(date(2026, 3, 25)) == []
    assert billed(date(2026, 3, 26)) == ["193.55"]
    assert billed(APRIL) == []


def test_first_days_that_cost_a_whole_period_at_two_prices(story: Story) -> None:
    """24 days of March at 1,000.00 and 7 at 2,000.00: 774.19 + 451.61 = 1,225.81 once rounded."""
    contract = story.sign(date(2026, 3, 20))
    line = sell(contract, "1000.00", stub_rule="full")
    change(line, date(2026, 3, 25), "2000.00")

    assert billed(date(2026, 3, 20)) == ["1225.81"]


def test_seats_added_twice_before_the_next_period_count_from_its_first_day(
    contract: Contract,
) -> None:
    line = sell(contract, "30.00", 10, starts_on=MARCH, quantity_rule="next_period")
    assert billed(MARCH) == ["300.00"]
    change(line, date(2026, 3, 20), quantity=13)
    change(line, APRIL, quantity=16)

    assert billed(APRIL) == ["480.00"]


def test_the_highest_number_counts_though_it_lasted_a_day_and_came_after_billing(
    contract: Contract,
) -> None:
    line = sell(contract, "30.00", 10, starts_on=MARCH, quantity_rule="high_water")
    assert billed(MARCH) == ["300.00"]
    change(line, date(2026, 3, 10), quantity=15)
    change(line, date(2026, 3, 11), quantity=10)

    assert billed(APRIL) == ["300.00", "150.00"]


def test_late_time_costs_the_rate_of_its_own_day(story: Story, card: RateCard) -> None:
    remote = card.rates.get(work_type__code="remote")
    card.rates.filter(pk=remote.pk).update(last_day_on=date(2026, 3, 31))
    terms = {"minimum_minutes": None, "step_minutes": None, "starts_on": APRIL}
    RateFactory.create(
        rate_card=card, work_type=remote.work_type, hourly_rate=Decimal(130), **terms
    )
    bill(APRIL)
    story.work(date(2026, 3, 31), 60)
    story.work(APRIL, 60)

    assert billed(MAY) == ["120.00", "130.00"]


def test_the_block_that_began_first_pays_first_though_another_expires_sooner(
    story: Story,
) -> None:
    """An hour since January, an hour from 1 February to 15 March: 60 and 30 of 90 min."""
    first = story.sell_block("60", date(2026, 1, 1))
    second = story.sell_block("60", date(2026, 2, 1), last_day_on=date(2026, 3, 15))
    bill(date(2026, 2, 1))
    story.work(date(2026, 3, 10), 90)

    assert billed(APRIL) == []  # nothing to pay, so no paper
    drawn = Claim.objects.filter(drawn_block__isnull=False).order_by("portion")
    assert list(drawn.values_list("drawn_block", "drawn_quantity")) == [
        (first.pk, Decimal(60)),
        (second.pk, Decimal(30)),
    ]


def test_what_another_system_billed_to_the_middle_of_a_month(contract: Contract) -> None:
    """15 to 31 March: 17/31 of 310.00, due on the 15th."""
    sell(contract, "310.00", billed_through_on=date(2026, 3, 14))

    assert billed(date(2026, 3, 14)) == []
    assert billed(date(2026, 3, 15)) == ["170.00"]


def test_price_and_quantity_change_on_one_day_of_a_quarter_billed_in_advance(
    contract: Contract,
) -> None:
    """61 of 91 days of 910.00 and 30 of 1,201.20: 610.00 + 396.00, so 96.00 more."""
    line = sell(contract, "91.00", 10, rhythm_months=3, starts_on=APRIL)
    assert billed(APRIL) == ["910.00"]
    change(line, date(2026, 6, 1), "100.10", 12)

    assert billed(date(2026, 7, 1)) == ["1201.20", "96.00"]


def test_a_month_of_thirty_days_that_lacks_the_last_of_february(contract: Contract) -> None:
    """Days count back from the month's end: without the 28th 29/30 of 300.00."""
    sell(
        contract, "300.00", proration="thirty_days", starts_on=date(2026, 2, 1),
        last_day_on=date(2026, 2, 27),
    )  # fmt: skip

    assert billed(date(2026, 2, 1)) == ["290.00"]


def test_a_single_day_of_a_period_that_begins_on_a_clamped_day(story: Story) -> None:
    """From 29 January 2027 the second period is 28 February to 28 March: 1/29 of 310.00."""
    contract = story.sign(date(2027, 1, 29), last_day_on=date(2027, 2, 28))
    sell(contract, "310.00", **FROM_THE_DAY)

    assert billed(date(2027, 1, 29)) == ["310.00"]
    assert billed(date(2027, 2, 28)) == ["10.69"]
