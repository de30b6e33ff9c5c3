"""A client's people see their next invoice so far, if the firm shows it, and nothing internal."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from billing.models import ClientHold, Invoice
from billing.operations.park_client import park_client
from billing.tests.firm import bill, busy_client, open_firm
from clients.models import Client, LegalEntity
from clients.operations.grant_portal_access import grant_portal_access
from contracts.tests.factories import ContractFactory, CoverageRuleFactory
from tickets.models import PartUsed, TimeEntry
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)
NEXT = "portal:next-invoice"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 3, 31, 10, tzinfo=UTC), tick=False):
        open_firm()
        LegalEntity.objects.update(shows_next_invoice=True)
        yield


@pytest.fixture
def company(client_contact: User) -> Client:
    """Owes 37 min billed as 45 at 84.00 = 63.00."""
    found: Client = client_contact.contact.client
    ticket = TicketFactory.create(client=found, subject="Printer offline")
    TimeEntryFactory.create(ticket=ticket, minutes=37, note="The owner was rude")
    PartUsed.objects.create(
        ticket=ticket, description="Cable", quantity=1, unit_price=2, unit_cost=Decimal("77.77"),
        used_on=date(2026, 3, 10),
    )  # fmt: skip
    return found


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_shows_what_would_be_billed_on_the_next_billing_day(
    company: Client, client_contact: User, sign_in: Any
) -> None:
    browser = sign_in(client_contact)

    page = text(browser.get(reverse(NEXT)))

    # 63.00 of work and a cable of 2.00; with 20 % of tax 78.00
    assert "What we would invoice on 1 Apr 2026" in page
    assert "Printer offline" in page
    assert "€63.00" in page
    assert "€78.00" in page
    assert not Invoice.objects.exists()


def test_notes_costs_and_names_of_technicians_stay_inside(
    company: Client, client_contact: User, sign_in: Any
) -> None:
    page = text(sign_in(client_contact).get(reverse(NEXT)))

    assert "rude" not in page
    assert "77.77" not in page
    assert str(TimeEntry.objects.get().technician) not in page


def test_work_that_a_person_must_decide_on_is_neither_priced_nor_mentioned(
    company: Client, client_contact: User, sign_in: Any
) -> None:
    entry = TimeEntry.objects.get()
    for name in ("Silver", "Gold"):
        contract = ContractFactory.create(client=company, name=name)
        CoverageRuleFactory.create(contract=contract, work_type=entry.work_type)

    page = text(sign_in(client_contact).get(reverse(NEXT)))

    assert "Silver" not in page
    assert "€63.00" not in page
    assert "€2.40" in page


def test_why_a_client_is_on_hold_is_not_told(
    company: Client, client_contact: User, accountant: User, sign_in: Any
) -> None:
    park_client(client_id=company.pk, reason="They dispute everything", actor=accountant)

    page = text(sign_in(client_contact).get(reverse(NEXT)))

    assert ClientHold.objects.get().reason not in page
    assert "It cannot be worked out right now." in page
    assert "€63.00" not in page


def test_what_is_billed_is_not_listed_again(
    company: Client, client_contact: User, sign_in: Any
) -> None:
    bill(date(2026, 4, 1))

    page = text(sign_in(client_contact).get(reverse(NEXT)))

    assert "Nothing is due" in page


def test_the_first_page_and_the_list_of_invoices_lead_to_it(
    company: Client, client_contact: User, sign_in: Any
) -> None:
    browser = sign_in(client_contact)

    home, invoices = (text(browser.get(reverse(f"portal:{one}"))) for one in ("home", "invoices"))

    assert "€65.00" in home
    assert "without VAT, as of 1 Apr 2026" in home
    assert reverse(NEXT) in home
    assert reverse(NEXT) in invoices


def test_unless_the_firm_shows_it_there_is_no_such_page(
    company: Client, client_contact: User, sign_in: Any
) -> None:
    LegalEntity.objects.update(shows_next_invoice=False)
    browser = sign_in(client_contact)

    assert browser.get(reverse(NEXT)).status_code == 404
    for page in ("home", "invoices"):
        assert reverse(NEXT) not in text(browser.get(reverse(f"portal:{page}")))


def test_a_contact_who_sees_tickets_only_does_not_see_it(
    company: Client, client_contact: User, sign_in: Any
) -> None:
    contact = client_contact.contact
    grant_portal_access(contact_id=contact.pk, scope="tickets", sends_invitation=False)
    browser = sign_in(User.objects.get(pk=client_contact.pk))

    assert browser.get(reverse(NEXT)).status_code == 403
    assert reverse(NEXT) not in text(browser.get(reverse("portal:home")))


def test_another_clients_people_see_their_own(
    company: Client, outsider: User, sign_in: Any
) -> None:
    busy_client()

    page = text(sign_in(outsider).get(reverse(NEXT)))

    assert "Printer offline" not in page
    assert "Nothing is due" in page


def test_a_new_firm_does_not_show_it() -> None:
    assert not LegalEntity().shows_next_invoice
