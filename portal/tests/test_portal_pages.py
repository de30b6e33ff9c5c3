"""What a client's people see, and what they never see."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.firm import bill, open_firm
from clients.models import Client
from contracts.tests.factories import ContractLineFactory
from tickets.models import Note, Ticket
from tickets.tests.factories import NoteFactory, PartUsedFactory, TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def company_of(person: User) -> Client:
    company: Client = person.contact.client
    return company


@pytest.fixture
def ticket(client_contact: User) -> Ticket:
    open_firm()
    found: Ticket = TicketFactory.create(
        client=company_of(client_contact), subject="Printer offline"
    )
    return found


@pytest.fixture
def invoice(ticket: Ticket) -> Invoice:
    """12 x 24.90 for April = 298.80; 37 min become 45 at 84.00 = 63.00; 361.80 net, 434.16."""
    ContractLineFactory.create(
        contract__client=ticket.client,
        contract__notes="They pay late",
        quantity=12,
        unit_price=Decimal("24.90"),
        billed_through_on=date(2026, 3, 31),
    )
    TimeEntryFactory.create(ticket=ticket, minutes=37, note="The owner was rude")
    PartUsedFactory.create(ticket=ticket, quantity=1, unit_price=0, unit_cost=Decimal("77.77"))
    bill()
    [draft] = Invoice.objects.all()
    return issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 4, 1), actor=None).issued[0]


def test_an_invoice_opens_to_its_times_and_days(
    invoice: Invoice, client_contact: User, sign_in: Any
) -> None:
    page = sign_in(client_contact).get(reverse("portal:invoice", args=[invoice.pk]))

    text = page.content.decode()
    assert page.status_code == 200
    assert "€434.16" in text
    assert "37 min" in text
    assert "Printer offline" in text


@pytest.mark.parametrize("secret", ["The owner was rude", "They pay late", "77.77"])
def test_notes_and_costs_of_the_firm_are_on_no_page_of_the_portal(
    invoice: Invoice, client_contact: User, sign_in: Any, secret: str
) -> None:
    NoteFactory.create(ticket=Ticket.objects.get(), body=secret, is_public=False)
    browser = sign_in(client_contact)
    addresses = [
        reverse("portal:home"),
        reverse("portal:invoices"),
        reverse("portal:invoice", args=[invoice.pk]),
        reverse("portal:tickets"),
        reverse("portal:ticket", args=[Ticket.objects.get().pk]),
        reverse("portal:contracts"),
    ]

    pages = [browser.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [200] * len(addresses)
    assert not [page for page in pages if secret in page.content.decode()]


def test_the_first_page_says_what_is_owed_and_what_of_it_is_overdue(
    invoice: Invoice, client_contact: User, sign_in: Any
) -> None:
    record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(received_on=date(2026, 4, 20), amount=Decimal("34.16")),
        allocations={invoice.pk: Decimal("34.16")},
        actor=None,
    )

    text = sign_in(client_contact).get(reverse("portal:home")).content.decode()

    assert "€400.00" in text
    assert "€400.00 of it is overdue" in text


def test_people_of_another_client_find_nothing(
    invoice: Invoice, outsider: User, sign_in: Any
) -> None:
    browser = sign_in(outsider)
    ticket = Ticket.objects.get()

    assert browser.get(reverse("portal:invoice", args=[invoice.pk])).status_code == 404
    assert browser.get(reverse("portal:invoice-pdf", args=[invoice.pk])).status_code == 404
    assert browser.get(reverse("portal:ticket", args=[ticket.pk])).status_code == 404
    reply = reverse("portal:ticket-reply", args=[ticket.pk])
    assert browser.post(reply, {"body": "Let me in"}).status_code == 404
    assert not Note.objects.exists()
    assert "Printer offline" not in browser.get(reverse("portal:tickets")).content.decode()


def test_a_draft_is_not_shown(ticket: Ticket, client_contact: User, sign_in: Any) -> None:
    TimeEntryFactory.create(ticket=ticket, minutes=37)
    bill()
    draft = Invoice.objects.get()

    answer = sign_in(client_contact).get(reverse("portal:invoice", args=[draft.pk]))

    assert answer.status_code == 404


def test_a_contact_asks_for_help_and_answers(
    ticket: Ticket, client_contact: User, sign_in: Any
) -> None:
    browser: Browser = sign_in(client_contact)

    opened = browser.post(
        reverse("portal:ticket-create"), {"subject": "No mail", "priority": "2_high"}
    )
    reply = reverse("portal:ticket-reply", args=[ticket.pk])
    browser.post(reply, {"body": "It works again"})

    asked = Ticket.objects.get(subject="No mail")
    assert opened.headers["Location"] == reverse("portal:ticket", args=[asked.pk])
    assert (asked.client, asked.contact.user) == (ticket.client, client_contact)  # type: ignore[union-attr]  # it has one
    note = Note.objects.get()
    assert (note.ticket, note.body, note.is_public) == (ticket, "It works again", True)


def test_an_empty_call_for_help_is_refused_and_keeps_what_was_typed(
    ticket: Ticket, client_contact: User, sign_in: Any
) -> None:
    form = {"subject": " ", "description": "Since this morning", "priority": "3_normal"}

    answer = sign_in(client_contact).post(reverse("portal:ticket-create"), form)

    assert answer.status_code == 422
    assert "Since this morning" in answer.content.decode()
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("name", ["portal:tickets", "portal:invoices", "portal:home"])
def test_lists_cost_the_same_for_one_row_and_for_twenty(
    invoice: Invoice, client_contact: User, sign_in: Any, name: str
) -> None:
    browser = sign_in(client_contact)
    browser.get(reverse(name))
    one = _queries(browser, reverse(name))
    for _ in range(20):
        TicketFactory.create(client=invoice.client)

    assert _queries(browser, reverse(name)) == one


def _queries(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
