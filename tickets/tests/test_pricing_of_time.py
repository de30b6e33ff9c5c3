"""What a person says about the price of work: by form, by API, and what is refused."""

from datetime import UTC, datetime

import pytest
from django.test import Client as Browser
from django.urls import reverse

from catalog.tests.factories import WorkTypeFactory
from clients.tests.factories import LegalEntityFactory
from contracts.tests.factories import ContractFactory
from tickets.domain.work import Pricing, TimeWorked
from tickets.models import Ticket, TimeCorrection, TimeEntry
from tickets.operations.log_time import log_time
from tickets.operations.take_back_time import take_back_time
from tickets.refusals import NotBilledYet, NotOfThisClient
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 10, tzinfo=UTC)


@pytest.fixture
def ticket() -> Ticket:
    LegalEntityFactory.create()
    found: Ticket = TicketFactory.create()
    return found


def typed(entry: TimeEntry, **changes: object) -> dict[str, object]:
    return {
        "time-minutes": "30",
        "time-work_type": entry.work_type_id,
        "time-worked_on": "2026-03-10",
        "time-is_billable": "on",
        **{f"time-{name}": value for name, value in changes.items()},
    }


def test_the_price_of_an_entry_is_said_in_its_form(ticket: Ticket, as_technician: Browser) -> None:
    contract = ContractFactory.create(client=ticket.client)
    entry = TimeEntryFactory.create(ticket=ticket)
    said = typed(entry, billable_minutes="20", waiver="rework", hourly_rate="75", payer=contract.pk)

    answer = as_technician.post(reverse("tickets:time-edit", args=[entry.pk]), said)

    assert answer.status_code == 302
    entry.refresh_from_db()
    assert (entry.billable_minutes, entry.waiver, entry.hourly_rate) == (20, "rework", 75)
    assert (entry.contract_choice, entry.contract) == ("contract", contract)


def test_a_contract_of_somebody_else_is_not_offered(ticket: Ticket, as_technician: Browser) -> None:
    entry = TimeEntryFactory.create(ticket=ticket)
    foreign = ContractFactory.create()

    answer = as_technician.post(
        reverse("tickets:time-edit", args=[entry.pk]), typed(entry, payer=foreign.pk)
    )

    assert answer.status_code == 422
    entry.refresh_from_db()
    assert entry.contract_choice == "automatic"


def test_the_operation_refuses_another_clients_contract(ticket: Ticket) -> None:
    entry = TimeEntryFactory.create(ticket=ticket)
    foreign = Pricing(contract_choice="contract", contract_id=ContractFactory.create().pk)
    work = TimeWorked(work_type_id=entry.work_type_id, minutes=30, pricing=foreign)

    with pytest.raises(NotOfThisClient):
        log_time(ticket_id=ticket.pk, work=work, actor=entry.technician, now=NOW)

    assert TimeEntry.objects.count() == 1


def test_what_is_not_billed_yet_is_not_taken_back(ticket: Ticket) -> None:
    entry = TimeEntryFactory.create(ticket=ticket)

    with pytest.raises(NotBilledYet):
        take_back_time(
            entry_id=entry.pk,
            minutes=10,
            reason="twice",
            found_on=NOW.date(),
            actor=entry.technician,
        )

    assert not TimeCorrection.objects.exists()


def test_a_rate_below_nothing_is_refused_at_its_field(
    ticket: Ticket, as_technician: Browser
) -> None:
    entry = TimeEntryFactory.create(ticket=ticket, work_type=WorkTypeFactory.create())

    answer = as_technician.post(
        reverse("tickets:time-edit", args=[entry.pk]), typed(entry, hourly_rate="-1")
    )

    assert answer.status_code == 422
    assert "hourly_rate" in answer.content.decode()
