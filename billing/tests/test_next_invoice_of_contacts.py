"""A client's people see through the API what the portal shows them of their next invoice."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from billing.models import ClientHold
from billing.tests.firm import open_firm
from catalog.tests.factories import WorkTypeFactory
from clients.models import Client, Contact, LegalEntity
from clients.tests.factories import ClientFactory
from tickets.tests.factories import PartUsedFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 3, 31, 10, tzinfo=UTC), tick=False):
        open_firm()
        LegalEntity.objects.update(shows_next_invoice=True)
        yield


@pytest.fixture
def company(client_contact: User) -> Client:
    """Owes an hour at 84.00; another one has no rate and waits, and April's part is to come."""
    found: Client = client_contact.contact.client
    TimeEntryFactory.create(ticket__client=found, minutes=60)
    climbing = WorkTypeFactory.create(code="climbing", name="Climbing")
    TimeEntryFactory.create(ticket__client=found, minutes=60, work_type=climbing)
    PartUsedFactory.create(ticket__client=found, used_on=date(2026, 4, 10))
    return found


def asked(browser: Browser, client: Client, expect: int = 200, query: str = "") -> Any:
    answer = browser.get(f"/api/v1/next-invoices/{client.pk}/{query}")
    assert answer.status_code == expect, answer.content
    return answer.json()


def test_a_contact_sees_the_next_invoice_without_what_waits(
    as_client_contact: Browser, company: Client
) -> None:
    shown = asked(as_client_contact, company)

    assert (shown["as_of_on"], shown["net"], shown["held"]) == ("2026-04-01", "84.00", [])


def test_no_other_day_can_be_asked_for(as_client_contact: Browser, company: Client) -> None:
    assert asked(as_client_contact, company, query="?as_of_on=2026-05-01")["net"] == "84.00"


def test_why_nothing_can_be_billed_is_the_firms_own_matter(
    as_client_contact: Browser, company: Client
) -> None:
    ClientHold.objects.create(client=company, reason="They dispute everything")

    shown = asked(as_client_contact, company)

    assert (Decimal(shown["net"]), shown["sections"]) == (0, [])
    assert shown["reason"] == "It cannot be worked out right now."


def test_nothing_is_shown_where_the_firm_does_not(
    as_client_contact: Browser, as_accountant: Browser, company: Client
) -> None:
    LegalEntity.objects.update(shows_next_invoice=False)

    asked(as_client_contact, company, 404)

    assert asked(as_accountant, company)["net"] == "84.00"


def test_nothing_is_shown_of_another_client(as_client_contact: Browser, company: Client) -> None:
    asked(as_client_contact, ClientFactory.create(), 404)


def test_nothing_is_shown_to_a_contact_of_tickets_only(
    as_client_contact: Browser, company: Client
) -> None:
    Contact.objects.filter(client=company).update(portal_scope="tickets")

    assert as_client_contact.get(f"/api/v1/next-invoices/{company.pk}/").status_code in {403, 404}
