"""Unusual hours from the database to the draft: calendars, holidays, surcharges."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.explain import explain_hold
from billing.models import Charge, Claim, HeldItem
from billing.queries.books import check_books
from billing.queries.evidence import load_evidence
from billing.tests.firm import APRIL, bill, open_firm
from catalog.models import RateCard
from clients.models import Client, LegalEntity
from contracts.models import BusinessCalendar, CalendarDay, CalendarWindow, Surcharge
from contracts.tests.factories import ContractFactory, CoverageRuleFactory
from tickets.models import TimeEntry
from tickets.tests.factories import TimeEntryFactory

pytestmark = pytest.mark.django_db
FOUR = datetime(2026, 3, 10, 15, tzinfo=UTC)  # 16:00 in Paris


@pytest.fixture(autouse=True)
def firm() -> LegalEntity:
    """The firm, whose remote work costs 84.00 an hour, at least 15 minutes in steps of 15."""
    return open_firm()


def lines() -> list[tuple[int, Decimal]]:
    """Return quantity and amount of every charge for work."""
    found = Charge.objects.filter(kind="time").order_by("pk")
    return [(int(charge.quantity), charge.amount) for charge in found]


def office(**fields: Any) -> BusinessCalendar:
    """Make a calendar of 09:00 to 17:00 from Monday to Friday."""
    calendar = BusinessCalendar.objects.create(name=f"Office {fields}", **fields)
    for weekday in range(5):
        CalendarWindow.objects.create(
            calendar=calendar, weekday=weekday, opens_at=time(9), closes_at=time(17)
        )
    return calendar


def after_hours(**fields: Any) -> Surcharge:
    """Make a surcharge of x1.5 outside business hours."""
    given = {"name": "after hours", "multiplier": Decimal("1.5"), "applies": "outside", **fields}
    found: Surcharge = Surcharge.objects.create(**given)
    return found


def three_hours(**fields: Any) -> TimeEntry:
    """Make an entry from 16:00 to 19:00 in Paris on a Tuesday, of which 150 min are billable."""
    entry: TimeEntry = TimeEntryFactory.create(
        started_at=FOUR,
        ended_at=FOUR.replace(hour=18),
        minutes=180,
        billable_minutes=150,
        **fields,
    )
    return entry


def test_case_16_hours_after_closing_cost_half_as_much_again() -> None:
    office(is_default=True)
    after_hours()
    three_hours()

    bill()

    # 150 -> 150 min: a third at 84.00 is 70.00, two thirds at 126.00 are 210.00
    assert lines() == [(50, Decimal("70.00")), (100, Decimal("210.00"))]
    assert list(Claim.objects.order_by("portion").values_list("portion", "minutes")) == [
        (0, 60),
        (1, 120),
    ]
    assert all(check.ok for check in check_books())


def test_a_contract_can_have_business_hours_of_its_own() -> None:
    """Its office closes at 20:00, so nothing is after hours for work that it prices."""
    office(is_default=True)
    late = BusinessCalendar.objects.create(name="Until eight")
    CalendarWindow.objects.create(calendar=late, weekday=1, opens_at=time(9), closes_at=time(20))
    after_hours()
    entry = three_hours()
    contract = ContractFactory.create(client=entry.ticket.client, calendar=late)
    CoverageRuleFactory.create(contract=contract, effect="at_rate", hourly_rate=Decimal(60))

    bill()

    assert lines() == [(150, Decimal("150.00"))]


def test_a_holiday_of_the_calendar_counts_unless_the_firm_says_otherwise() -> None:
    """10 March is written down as a holiday: x2 all the time, which is more than after hours."""
    calendar = office(is_default=True)
    CalendarDay.objects.create(calendar=calendar, day=date(2026, 3, 10), is_holiday=True)
    after_hours()
    after_hours(name="holiday", multiplier=2, applies="holidays")
    three_hours()

    bill()

    assert lines() == [(150, Decimal("420.00"))]  # 2.5 h x 168.00


@pytest.mark.parametrize(
    ("fields", "amounts"),
    [
        ({"weekdays": [1]}, ["70.00", "210.00"]),
        ({"weekdays": [2]}, ["210.00"]),
        ({"starts_on": date(2026, 3, 11)}, ["210.00"]),
        ({"last_day_on": date(2026, 3, 10)}, ["70.00", "210.00"]),
    ],
)
def test_a_surcharge_can_count_on_weekdays_at_times_and_while_it_holds(
    fields: dict[str, Any], amounts: list[str]
) -> None:
    """From 17:00 to 22:00, as the firm's clocks show it, with no calendar at all."""
    after_hours(applies="window", from_at=time(17), until_at=time(22), **fields)
    three_hours()

    bill()

    assert [amount for _, amount in lines()] == [Decimal(amount) for amount in amounts]


def test_a_surcharge_for_another_calendar_does_not_count() -> None:
    office(is_default=True)
    other = BusinessCalendar.objects.create(name="Other")
    after_hours(calendar=other)
    three_hours()

    bill()

    assert lines() == [(150, Decimal("210.00"))]


def test_evidence_costs_as_many_queries_for_twenty_clients_as_for_one(firm: LegalEntity) -> None:
    RateCard.objects.update(rounding_scope="ticket")
    office(is_default=True)
    after_hours()
    for _ in range(20):
        CoverageRuleFactory.create(contract__client=three_hours().ticket.client)
    clients = list(Client.objects.all())

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as found:
            load_evidence(clients[:count], firm, APRIL)
        return len(found)

    assert queries(1) == queries(20)


def test_plain_work_asks_for_no_calendar(firm: LegalEntity) -> None:
    TimeEntryFactory.create()

    with CaptureQueriesContext(connection) as found:
        load_evidence(list(Client.objects.all()), firm, APRIL)

    assert not [one for one in found if "contracts_calendar" in one["sql"]]


def test_hours_wait_for_a_calendar_whose_holidays_nobody_knows_and_all_else_is_billed() -> None:
    office(is_default=True, country="XX")
    after_hours()
    entry = three_hours()
    TimeEntryFactory.create(ticket=entry.ticket, minutes=60)

    bill()

    held: Any = HeldItem.objects.get()
    assert lines() == [(60, Decimal("84.00"))]
    assert (held.time_entry_id, held.hold) == (entry.pk, "calendar_unknown")
    assert "the holidays of the calendar “Office" in explain_hold(held)


def test_only_work_of_the_contract_waits_for_the_contracts_own_calendar() -> None:
    office(is_default=True)
    after_hours()
    abroad = ContractFactory.create(calendar=office(country="FR", region="BY"))
    CoverageRuleFactory.create(contract=abroad, effect="at_rate", hourly_rate=Decimal(90))
    three_hours(ticket__client=abroad.client)
    three_hours()

    bill()

    # 50 min at 84.00 and 100 min at 126.00
    assert lines() == [(50, Decimal("70.00")), (100, Decimal("210.00"))]
    assert HeldItem.objects.get().hold == "calendar_unknown"


def test_without_a_surcharge_no_calendar_is_asked() -> None:
    office(is_default=True, country="XX")
    three_hours()

    bill()

    assert lines() == [(150, Decimal("210.00"))]
