"""The sentence before saving: what contracts and hours pay, what is left, who must decide."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.forecast import Forecast, WorkAsked, forecast_time
from billing.models import Charge
from billing.tests.firm import bill, open_firm
from catalog.models import RateCard, RoleAssignment, TravelZone, WorkRole, WorkType
from catalog.tests.factories import RateFactory
from contracts.models import Allowance, BusinessCalendar, CalendarWindow, PrepaidBlock, Surcharge
from contracts.tests.factories import CoverageRuleFactory
from tickets.models import Ticket, TimeEntry
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
MAR_10, APR = date(2026, 3, 10), date(2026, 4, 1)


@pytest.fixture
def ticket() -> Ticket:
    """A ticket of a client without a contract."""
    open_firm()
    found: Ticket = TicketFactory.create()
    return found


@pytest.fixture
def silver(ticket: Ticket) -> Allowance:
    """Ten hours of remote work a month for the client, 120.00 an hour beyond them."""
    rule = CoverageRuleFactory.create(contract__client=ticket.client, contract__number="K001")
    found: Allowance = Allowance.objects.create(
        contract=rule.contract,
        name="Silver hours",
        minutes=600,
        overage_rate=120,
        starts_on=date(2026, 1, 1),
    )
    return found


def asked(ticket: Ticket, minutes: int, **fields: Any) -> Forecast:
    remote = WorkType.objects.get(code="remote").pk
    given = {"work_type_id": remote, "worked_on": MAR_10, **fields}
    return forecast_time(WorkAsked(ticket_id=ticket.pk, minutes=minutes, **given))


def ask(browser: Browser, ticket: Ticket, minutes: int, **fields: Any) -> str:
    remote = WorkType.objects.get(code="remote").pk
    question = {
        "ticket": ticket.pk,
        "work_type": remote,
        "minutes": minutes,
        "worked_on": "2026-03-10",
        "is_billable": 1,
        **fields,
    }
    response = browser.get(reverse("billing:forecast-time"), question)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_hours_pay_and_the_rest_of_them_is_told(
    as_technician: Browser, ticket: Ticket, silver: Allowance
) -> None:
    """10 h, of which 7 h 30 are worked but not billed yet, and an hour now: 1 h 30 left."""
    TimeEntryFactory.create(ticket=ticket, minutes=450, worked_on=date(2026, 3, 5))

    answer = ask(as_technician, ticket, 60)

    assert "Covered by contract K001" in answer
    assert "1 h 30 left after this" in answer
    assert "1 h worked, from “Silver hours”, March 2026" in answer
    assert "next invoice" not in answer


def test_work_beyond_the_hours_is_split(
    as_technician: Browser, ticket: Ticket, silver: Allowance
) -> None:
    """30 min are left; an hour is 30 min of them and 30 min at 120.00 = 60.00."""
    TimeEntryFactory.create(ticket=ticket, minutes=570, worked_on=date(2026, 3, 5))

    answer = ask(as_technician, ticket, 60)

    assert "Covered by contract K001" in answer
    assert "0 min left after this" in answer
    assert "<strong>€60.00</strong> on the client's next invoice" in answer
    assert "of which 30 min: beyond the hours of contract K001, €120.00/h" in answer


def test_what_is_not_approved_yet_takes_its_hours_all_the_same(
    ticket: Ticket, silver: Allowance
) -> None:
    TimeEntryFactory.create(ticket=ticket, minutes=600, is_approved=False)

    assert asked(ticket, 60).amount == Decimal("120.00")


def test_a_block_of_the_client_pays(as_technician: Browser, ticket: Ticket) -> None:
    PrepaidBlock.objects.create(
        client=ticket.client,
        name="Ten hours",
        quantity=600,
        price=Decimal("800.00"),
        sold_on=date(2026, 1, 1),
        starts_on=date(2026, 1, 1),
    )

    answer = ask(as_technician, ticket, 90)

    assert "Paid in advance" in answer
    assert "8 h 30 left after this" in answer


def test_two_contracts_that_could_pay_are_for_a_person(
    as_technician: Browser, ticket: Ticket, silver: Allowance
) -> None:
    CoverageRuleFactory.create(contract__client=ticket.client, contract__number="K002")

    answer = ask(as_technician, ticket, 60)

    assert "A person decides" in answer
    assert "several contracts could cover this work (K001, K002)" in answer
    assert "K002 Managed workstations" in answer


def test_a_condition_that_is_not_known_is_named(ticket: Ticket) -> None:
    rule = CoverageRuleFactory.create(contract__client=ticket.client, asset_group="servers")

    forecast = asked(ticket, 60)

    [candidate] = forecast.candidates
    assert candidate.startswith(f"{rule.contract.number} Managed workstations: ")
    assert candidate.endswith("depends on the device, and the ticket names none")


def test_the_choice_that_is_being_made_counts(ticket: Ticket, silver: Allowance) -> None:
    by_nobody = asked(ticket, 60, contract_choice="none")

    assert (by_nobody.amount, by_nobody.is_covered) == (Decimal("84.00"), False)


def test_minimum_and_steps_are_shared_with_what_is_open(ticket: Ticket) -> None:
    """10 min are 15 billed; 5 more make 15, which are paid for."""
    RateCard.objects.update(rounding_scope="ticket")
    TimeEntryFactory.create(ticket=ticket, minutes=10, worked_on=date(2026, 3, 9))

    assert asked(ticket, 5).amount == Decimal("0.00")


def test_the_role_of_whoever_asks_counts(
    as_technician: Browser, technician: Any, ticket: Ticket
) -> None:
    senior = WorkRole.objects.create(name="Senior")
    RateFactory.create(rate_card=RateCard.objects.get(), work_role=senior, hourly_rate=120)
    RoleAssignment.objects.create(user=technician, work_role=senior)

    assert "€120.00" in ask(as_technician, ticket, 60)


def test_a_surcharge_is_told_before_saving(as_technician: Browser, ticket: Ticket) -> None:
    calendar = BusinessCalendar.objects.create(name="Office", is_default=True)
    CalendarWindow.objects.create(
        calendar=calendar, weekday=1, opens_at=time(9), closes_at=time(17)
    )
    Surcharge.objects.create(name="after hours", multiplier=Decimal("1.5"), applies="outside")
    hours = {"started_at": "2026-03-10T18:00:00+01:00", "ended_at": "2026-03-10T19:00:00+01:00"}

    answer = ask(as_technician, ticket, 60, **hours)

    assert "<strong>€126.00</strong>" in answer
    assert "×1.5 after hours" in answer


def test_a_zone_and_a_waiver_are_told_before_saving(ticket: Ticket) -> None:
    zone = TravelZone.objects.create(name="Zone 2")
    zone.prices.create(price=Decimal(35), starts_on=date(2026, 1, 1))

    journey = asked(ticket, 40, travel_zone_id=zone.pk)
    warranty = asked(ticket, 40, is_billable=False, waiver="warranty")

    assert (journey.amount, journey.sentence) == (Decimal("35.00"), "journey to Zone 2, €35.00")
    assert warranty.sentence == "40 min worked, waived: warranty"


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(st.integers(5, 400), max_size=3),
    minutes=st.integers(1, 400),
    scope=st.sampled_from(["", "ticket", "day"]),
)
def test_the_invoice_says_what_the_forecast_said(
    ticket: Ticket, silver: Allowance, before: list[int], minutes: int, scope: str
) -> None:
    Charge.objects.all().delete()
    TimeEntry.objects.all().delete()
    RateCard.objects.update(rounding_scope=scope)
    for each in before:
        TimeEntryFactory.create(ticket=ticket, minutes=each)

    forecast = asked(ticket, minutes)
    entry = TimeEntryFactory.create(ticket=ticket, minutes=minutes)
    bill(APR)

    pieces = Charge.objects.filter(claims__time_entry=entry)
    assert sum(piece.amount for piece in pieces) == forecast.amount
    assert sum(piece.list_amount for piece in pieces) == forecast.list_amount
