"""What the desk is told before work is saved: the same as the invoice will say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.forecast import WorkAsked, forecast_time
from billing.models import Charge
from billing.tests.firm import bill, open_firm
from catalog.models import Rate, WorkType
from catalog.tests.factories import ProductFactory
from contracts.tests.factories import CoverageRuleFactory
from tickets.models import Ticket
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket() -> Ticket:
    """A ticket of a client of an open firm."""
    open_firm()
    found: Ticket = TicketFactory.create()
    return found


def ask(browser: Browser, kind: str, **question: Any) -> str:
    response = browser.get(reverse(f"billing:forecast-{kind}"), question)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def remote() -> int:
    return WorkType.objects.get(code="remote").pk


def test_time_is_priced_before_it_is_saved(as_technician: Browser, ticket: Ticket) -> None:
    answer = ask(
        as_technician, "time", ticket=ticket.pk, work_type=remote(), minutes=37, is_billable=1
    )

    assert "<strong>€63.00</strong> on the client's next invoice" in answer
    assert "37 min worked, 45 min billed (steps of 15), €84.00/h Remote" in answer


def test_from_and_to_are_counted(as_technician: Browser, ticket: Ticket) -> None:
    hours = {
        "started_at": "2026-03-29T01:30:00+01:00",
        "ended_at": "2026-03-29T04:00:00+02:00",
    }

    answer = ask(
        as_technician, "time", ticket=ticket.pk, work_type=remote(), is_billable=1, **hours
    )

    assert "€126.00" in answer  # the clocks skip an hour: 90 minutes


def test_covered_work_names_the_contract(as_technician: Browser, ticket: Ticket) -> None:
    rule = CoverageRuleFactory.create(contract__client=ticket.client)

    answer = ask(
        as_technician, "time", ticket=ticket.pk, work_type=remote(), minutes=60, is_billable=1
    )

    assert f"Covered by contract {rule.contract.number}" in answer
    assert "<s>€84.00</s>" in answer


def test_what_is_not_billable_costs_nothing(as_technician: Browser, ticket: Ticket) -> None:
    answer = ask(
        as_technician, "time", ticket=ticket.pk, work_type=remote(), minutes=60, is_billable=0
    )

    assert "<strong>€0.00</strong>" in answer
    assert "waived: not billable" in answer


def test_parts_and_flat_rates_take_the_catalogs_price(
    as_technician: Browser, ticket: Ticket
) -> None:
    memory, virus = ProductFactory.create(), ProductFactory.create(flat_rate=True)

    part = ask(
        as_technician, "part", ticket=ticket.pk, product=memory.pk, quantity=2, is_billable=1
    )
    dearer = ask(
        as_technician,
        "part",
        ticket=ticket.pk,
        product=memory.pk,
        quantity=2,
        unit_price=50,
        is_billable=1,
    )
    flat = ask(as_technician, "flat", ticket=ticket.pk, product=virus.pk)

    assert "€96.00" in part
    assert "€100.00" in dearer
    assert "€149.00" in flat


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"ticket": "x"},
        {"ticket": "-1"},
        {"minutes": "abc", "work_type": "1"},
        {"minutes": "99999999999999999999", "work_type": "1"},
        {"work_type": "nine", "minutes": "5"},
        {"quantity": "NaN", "product": "1"},
        {"quantity": "1e400", "unit_price": "1"},
        {"worked_on": "31/02/2026", "minutes": "5"},
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["time", "part", "flat"])
def test_a_question_that_is_not_whole_gets_a_hint(
    as_technician: Browser, ticket: Ticket, kind: str, question: dict[str, str]
) -> None:
    answer = ask(as_technician, kind, **{"ticket": ticket.pk, **question})

    assert "as soon as the entry says enough" in answer


def test_work_without_a_rate_is_told_calmly(as_technician: Browser, ticket: Ticket) -> None:
    Rate.objects.all().delete()

    answer = ask(
        as_technician, "time", ticket=ticket.pk, work_type=remote(), minutes=60, is_billable=1
    )

    assert "No price yet" in answer
    assert "No hourly rate for Remote" in answer


def test_a_ticket_that_does_not_exist_is_not_found(as_technician: Browser, ticket: Ticket) -> None:
    address = reverse("billing:forecast-time")

    assert as_technician.get(address, {"ticket": ticket.pk + 1}).status_code == 404
    assert as_technician.get(address, {"ticket": "9" * 40}).status_code == 404


def test_clients_are_not_told(as_client_contact: Browser, ticket: Ticket) -> None:
    response = as_client_contact.get(reverse("billing:forecast-time"), {"ticket": ticket.pk})

    assert response.status_code == 403


def test_the_invoice_says_what_the_forecast_said(ticket: Ticket) -> None:
    entry = TimeEntryFactory.create(ticket=ticket, minutes=50)

    forecast = forecast_time(
        WorkAsked(
            ticket_id=ticket.pk,
            work_type_id=entry.work_type_id,
            minutes=50,
            worked_on=date(2026, 3, 10),
        )
    )
    bill()

    assert forecast.amount == Charge.objects.get().amount == Decimal("84.00")
