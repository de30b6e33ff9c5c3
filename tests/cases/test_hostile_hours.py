"""What a hostile examiner would try on hours and minutes, with figures worked out by hand."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from accounts.tests.factories import UserFactory
from billing.models import Charge, Claim, RunOutcome
from billing.queries.balances import balances_of
from billing.tests.hours import rows
from catalog.models import RateCard, RoleAssignment, WorkRole
from catalog.tests.factories import RateFactory
from clients.models import LegalEntity
from contracts.models import BusinessCalendar, CalendarDay, CalendarWindow, Contract, Surcharge
from contracts.operations.end_contract import end_contract
from contracts.operations.pause_contract import pause_contract
from tests.cases.story import NOW, Story, billed, held, sell
from tests.scenarios.billing_days import bill, bill_firsts
from tickets.operations.choose_contract import choose_contract
from tickets.operations.delete_time import delete_time
from tickets.operations.take_back_time import take_back_time
from tickets.refusals import EvidenceBilled

pytestmark = pytest.mark.django_db
JANUARY, MARCH, APRIL = (date(2026, month, 1) for month in (1, 3, 4))
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
MARCH_10 = date(2026, 3, 10)


def work_settled() -> list[tuple[str, int, str]]:
    """Return treatment, minutes and amount of each charge for work."""
    charges = Charge.objects.filter(kind="time").order_by("pk")
    return [(one.treatment, int(one.quantity), str(one.amount)) for one in charges]


def test_a_block_that_expires_in_mid_month_serves_its_last_day_and_not_the_next(
    story: Story,
) -> None:
    story.sell_block("600", JANUARY, last_day_on=date(2026, 3, 15))
    bill(JANUARY)
    story.work(date(2026, 3, 15), 60)
    story.work(date(2026, 3, 16), 60)

    assert billed(APRIL) == ["0.00", "120.00"]


def test_one_entry_takes_an_allowance_then_a_block_then_money(
    story: Story, contract: Contract
) -> None:
    """5 h: 2 h of the month, 75 min of the block, 105 min beyond it at 100.00 an hour: 175.00."""
    story.include(contract)
    story.promise(contract, 2, overage_rate=Decimal(100))
    story.sell_block("75", JANUARY, contract_id=contract.pk)
    bill(JANUARY)
    story.work(MARCH_10, 300)

    assert billed(APRIL) == ["0.00", "0.00", "175.00"]
    assert work_settled() == [
        ("drawn", 120, "0.00"),
        ("drawn", 75, "0.00"),
        ("billed", 105, "175.00"),
    ]
    claims = Claim.objects.filter(time_entry__isnull=False)
    assert sum(claim.minutes or 0 for claim in claims) == 300


def test_money_pays_for_whole_minutes_and_the_rest_is_billed_to_the_cent(story: Story) -> None:
    """2 h at 70.00: of 100.00 left 85 min take 99.17, since 86 would take 100.33; 40.83 is left."""
    story.sell_block("100", JANUARY, unit="money")
    bill(JANUARY)
    story.work(MARCH_10, 120, hourly_rate=Decimal(70))

    assert billed(APRIL) == ["0.00", "40.83"]
    assert Claim.objects.get(drawn_block__isnull=False).drawn_quantity == Decimal("99.17")
    story.work(MARCH_10, 1, hourly_rate=Decimal(70))
    # 0.83 are left and a minute costs 1.17
    assert billed(MAY) == ["1.17"]


def test_money_does_not_pay_for_work_whose_price_nobody_knows(story: Story, card: RateCard) -> None:
    """Without a rate the hour is not given away: the client is held until there is one."""
    story.sell_block("100", JANUARY, unit="money")
    bill(JANUARY)
    card.rates.update(last_day_on=date(2026, 2, 28))
    story.work(MARCH_10, 30)

    assert billed(APRIL) == []
    assert RunOutcome.objects.latest("pk").outcome == "held"
    card.rates.update(last_day_on=None)
    bill(APRIL)
    assert work_settled() == [("drawn", 30, "0.00")]
    assert Claim.objects.get(drawn_block__isnull=False).drawn_quantity == 60


def test_one_entry_without_a_rate_waits_alone_and_is_counted_as_held(
    story: Story, card: RateCard, contract: Contract
) -> None:
    """On site has no rate in March: the fee and the remote hour are billed, 40 min are held."""
    sell(contract, "100.00", starts_on=APRIL)
    card.rates.filter(work_type__code="onsite").update(last_day_on=date(2026, 2, 28))
    story.work(MARCH_10, 60)
    story.work(MARCH_10, 40, "onsite")

    assert billed(APRIL) == ["100.00", "120.00"]
    assert held() == [("rate_missing", "40")]
    card.rates.update(last_day_on=None)
    assert billed(MAY) == ["100.00", "80.00"]


def test_hours_that_unpriced_work_would_take_are_kept_for_it(
    story: Story, card: RateCard, contract: Contract
) -> None:
    """2 h of March: 150 min of the 10th come first, but their 30 min beyond have no rate yet."""
    story.include(contract)
    story.promise(contract, 2)
    first_day = card.rates.earliest("pk").starts_on
    card.rates.update(starts_on=date(2026, 3, 11))
    story.work(MARCH_10, 150)
    story.work(date(2026, 3, 20), 60)

    assert billed(APRIL) == ["120.00"]
    card.rates.update(starts_on=first_day)
    assert billed(MAY) == ["0.00", "60.00"]


def test_incidents_are_taken_by_ticket(story: Story) -> None:
    """Two incidents: the first ticket's three entries take one; the third ticket is billed."""
    story.sell_block("2", JANUARY, unit="incidents", last_day_on=date(2026, 3, 31))
    bill(JANUARY)
    first, second, third = story.open(), story.open(), story.open()
    story.work(MARCH_10, 60, ticket=first)
    story.work(date(2026, 3, 11), 500, ticket=first)
    story.work(date(2026, 3, 12), 60, ticket=second)
    story.work(date(2026, 3, 13), 60, ticket=third)
    # begun within the block's days, so the incident still covers it
    story.work(date(2026, 4, 2), 60, ticket=first)

    assert sorted(billed(MAY)) == ["0.00", "0.00", "0.00", "0.00", "120.00"]
    drawn = Claim.objects.filter(drawn_block__isnull=False).order_by("pk")
    assert sorted(drawn.values_list("drawn_quantity", flat=True)) == [0, 0, 1, 1]


def test_several_technicians_share_a_tickets_minimum_at_their_own_rates(
    story: Story, card: RateCard
) -> None:
    """7 and 9 min, at least 30 in steps of 15 over the ticket: 13 min at 180.00, 17 at 120.00."""
    card.rates.update(minimum_minutes=30, step_minutes=15)
    RateCard.objects.update(rounding_scope="ticket")
    senior = WorkRole.objects.create(name="Senior")
    terms = {"minimum_minutes": 30, "step_minutes": 15}
    RateFactory.create(rate_card=card, work_role=senior, hourly_rate=Decimal(180), **terms)
    expert = UserFactory.create(role="technician")
    RoleAssignment.objects.create(user=expert, work_role=senior)
    ticket = story.open()
    story.work(MARCH_10, 7, ticket=ticket, by=expert)
    story.work(MARCH_10, 9, ticket=ticket)

    # 30 x 7/16 = 13.125 and 30 x 9/16 = 16.875: the larger remainder is served
    assert billed(APRIL) == ["39.00", "34.00"]


def test_days_are_rounded_apart_and_later_entries_of_a_day_join_it(
    story: Story, card: RateCard
) -> None:
    """Steps of 30, 5 of grace: 34 a day are 30, with 2 later 36 are 60; 10 the next day are 30."""
    card.rates.update(minimum_minutes=0, step_minutes=30)
    RateCard.objects.update(rounding_scope="day", grace_minutes=5)
    ticket = story.open()
    story.work(MARCH_10, 20, ticket=ticket)
    story.work(MARCH_10, 14, ticket=ticket)
    story.work(date(2026, 3, 11), 10, ticket=ticket)
    # 18 and 12 min, and 30
    assert billed(APRIL) == ["36.00", "24.00", "60.00"]
    story.work(MARCH_10, 2, ticket=ticket)

    assert billed(MAY) == ["60.00"]


@pytest.fixture
def nights() -> None:
    """Outside 09:00 to 17:00 on weekdays x1.5, on holidays x2; Easter Monday is one."""
    calendar = BusinessCalendar.objects.create(name="Office", is_default=True)
    for weekday in range(5):
        CalendarWindow.objects.create(
            calendar=calendar, weekday=weekday, opens_at=time(9), closes_at=time(17)
        )
    Surcharge.objects.create(name="After hours", multiplier=Decimal("1.5"), applies="outside")
    Surcharge.objects.create(name="Holiday", multiplier=Decimal(2), applies="holidays")
    CalendarDay.objects.create(calendar=calendar, day=date(2026, 4, 6), is_holiday=True)


@pytest.mark.parametrize(
    ("start", "end", "amounts"),
    [
        # Sunday 22:00 to Monday 02:00: 2 h at 180.00 and 2 h at 240.00
        ("2026-04-05T22:00+02:00", "2026-04-06T02:00+02:00", ["360.00", "480.00"]),
        # Friday 16:30 to 17:30: the day is not a holiday
        ("2026-04-03T16:30+02:00", "2026-04-03T17:30+02:00", ["60.00", "90.00"]),
        # the night in which 03:00 is 02:00 again: 01:30 to 03:30 are 3 h at 180.00
        ("2025-10-26T01:30+02:00", "2025-10-26T03:30+01:00", ["540.00"]),
        # and the one without 02:00: 01:30 to 03:30 are 1 h
        ("2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00", ["180.00"]),
        # exactly until closing
        ("2026-04-03T16:00+02:00", "2026-04-03T17:00+02:00", ["120.00"]),
    ],
)
def test_nights_holidays_and_changed_clocks(
    story: Story, nights: None, start: str, end: str, amounts: list[str]
) -> None:
    story.work_between(datetime.fromisoformat(start), datetime.fromisoformat(end))

    assert billed(MAY) == amounts


def test_late_time_finds_its_own_month_used_up_or_not(story: Story, contract: Contract) -> None:
    """February's 2 h are used up, of March's 2 h one is left; April's stay as they are."""
    story.include(contract)
    story.promise(contract, 2, overage_rate=Decimal(120))
    story.work(date(2026, 2, 10), 120)
    story.work(MARCH_10, 60)
    bill_firsts(MARCH, APRIL)
    story.work(date(2026, 2, 20), 30)
    story.work(date(2026, 3, 20), 90)
    story.work(date(2026, 4, 20), 120)

    assert billed(MAY) == ["60.00", "0.00", "60.00", "0.00"]


def test_a_year_of_carrying_with_a_cap_and_an_age(story: Story, contract: Contract) -> None:
    """5 h a month, 6 h carried at most, for two months; 12 h in April are 1 h too much."""
    story.include(contract)
    story.promise(
        contract, 5, rollover="oldest_first", cap_minutes=360, age_months=2,
        overage_rate=Decimal(120),
    )  # fmt: skip
    for month, hours in ((1, 1), (2, 2), (4, 12)):
        story.work(date(2026, month, 10), 60 * hours)
    bill_firsts(date(2026, 2, 1), APRIL)

    assert billed(MAY) == ["0.00", "0.00", "0.00", "120.00"]
    [balance] = balances_of([story.client], LegalEntity.objects.current(), MAY)
    # granted, carried in, drawn, expired, left
    assert rows(balance.statement)[:4] == [
        "5 0 1 0 4",
        "5 4 2 1 6",  # 2 of January's and 5 are 7: the cap cuts 1 of January's off
        "5 6 0 5 6",  # January's last hour is too old, 4 of February's are cut off
        "5 6 11 0 0",
    ]


def test_time_that_is_billed_or_drafted_cannot_be_deleted(story: Story) -> None:
    entry = story.work(MARCH_10, 60)
    bill(APRIL)
    before = list(Charge.objects.values_list())

    with pytest.raises(EvidenceBilled):
        delete_time(entry_id=entry.pk, actor=story.technician)

    entry.refresh_from_db()
    assert list(Charge.objects.values_list()) == before
    assert billed(MAY) == []


def test_minutes_taken_back_free_the_hours_for_other_work(story: Story, contract: Contract) -> None:
    """90 of 120 min were drawn, 30 billed; 40 less: 30 are credited and 10 are free again."""
    story.include(contract)
    story.sell_block("90", JANUARY, contract_id=contract.pk)
    bill(JANUARY)
    entry = story.work(MARCH_10, 120)
    assert billed(APRIL) == ["0.00", "60.00"]
    take_back_time(
        entry_id=entry.pk,
        minutes=40,
        reason="Wrong ticket",
        found_on=date(2026, 4, 10),
        actor=story.technician,
    )
    sell(contract, "500.00", starts_on=MAY)
    assert sorted(billed(MAY)) == ["-60.00", "0.00", "500.00"]
    story.work(date(2026, 5, 12), 15)

    # 10 min of the block, 5 min at 120.00
    assert billed(JUNE) == ["500.00", "0.00", "10.00"]


def test_work_in_a_pause_and_after_the_end_costs_the_clients_rates(
    story: Story, contract: Contract
) -> None:
    story.include(contract)
    pause_contract(
        contract_id=contract.pk, starts_on=MARCH_10, last_day_on=MARCH_10, reason="Moving"
    )
    end_contract(contract_id=contract.pk, last_day_on=date(2026, 3, 20), reason="They left")
    for day in (9, 10, 20, 21):
        story.work(date(2026, 3, day), 60)

    assert billed(APRIL) == ["0.00", "120.00", "0.00", "120.00"]


def test_two_contracts_that_say_different_things_wait_for_a_choice(
    story: Story, contract: Contract
) -> None:
    """One includes the work, the other prices it at 80.00: nobody is asked to guess."""
    story.include(contract)
    priced = story.sign(JANUARY, "K2")
    story.include(priced, effect="at_rate", hourly_rate=Decimal(80))
    entry = story.work(MARCH_10, 60)
    assert billed(APRIL) == []
    assert held() == [("contract_ambiguous", "60")]
    choose_contract(
        ticket_id=entry.ticket_id,
        entry_id=entry.pk,
        choice="contract",
        contract_id=priced.pk,
        actor=story.technician,
        now=NOW,
    )

    assert billed(MAY) == ["80.00"]


def test_minutes_that_a_person_set_to_nothing_cost_nothing(story: Story, card: RateCard) -> None:
    card.rates.update(minimum_minutes=15, step_minutes=15)
    story.work(MARCH_10, 60, billable_minutes=0)
    story.work(MARCH_10, 60, billable_minutes=1)

    assert billed(APRIL) == ["0.00", "30.00"]
    assert Claim.objects.get(charge__amount=0).minutes == 60


def test_a_night_that_ends_a_year_is_work_of_its_first_day(story: Story) -> None:
    story.work_between(
        datetime(2026, 12, 31, 22, 30, tzinfo=UTC), datetime(2027, 1, 1, 1, 30, tzinfo=UTC)
    )

    assert billed(date(2027, 1, 1)) == ["360.00"]
    assert Charge.objects.get().starts_on == date(2026, 12, 31)
