"""A client's people see what is left of their hours, with its basis, and nobody else's."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.drawn import drawn
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from contracts.models import Allowance, PrepaidBlock
from contracts.tests.factories import AllowanceFactory, PrepaidBlockFactory
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 4, 1, 10, tzinfo=UTC)
MARCH_12 = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        open_firm()
        yield


@pytest.fixture
def allowance(client_contact: User) -> Allowance:
    """Ten hours a month since March that are carried on; six of March are on an issued invoice."""
    made: Allowance = AllowanceFactory.create(
        contract__client=client_contact.contact.client, starts_on=date(2026, 3, 1), rolling=True
    )
    draft = DraftFactory.create(client=made.contract.client)
    drawn(made, 360, MARCH_12, invoice=draft)
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 4, 1), actor=None)
    return made


@pytest.fixture
def block(client_contact: User) -> PrepaidBlock:
    """Ten hours of which two are drawn on a draft."""
    made: PrepaidBlock = PrepaidBlockFactory.create(client=client_contact.contact.client)
    drawn(made, 120, MARCH_12, invoice=DraftFactory.create(client=made.client))
    return made


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_first_page_says_what_is_left_and_on_what_basis(
    allowance: Allowance, block: PrepaidBlock, client_contact: User, sign_in: Any
) -> None:
    page = text(sign_in(client_contact).get(reverse("portal:home")))

    # March's four and April's ten; of the block two hours are used, billed or not
    assert "Support hours: left" in page
    assert ">14 h<" in page
    assert ">8 h<" in page
    assert "of issued and open work up to 1 Apr 2026" in page


def test_hours_stand_with_their_contract_and_blocks_apart(
    allowance: Allowance, block: PrepaidBlock, client_contact: User, sign_in: Any
) -> None:
    page = text(sign_in(client_contact).get(reverse("portal:contracts")))

    of_contract, _title, apart = page.partition("Bought in advance")
    assert "<strong>14 h</strong> left" in of_contract
    assert "<strong>8 h</strong> left" in apart


def test_an_allowance_opens_to_months_tickets_and_invoices(
    allowance: Allowance, client_contact: User, sign_in: Any
) -> None:
    page = text(sign_in(client_contact).get(reverse("portal:allowance", args=[allowance.pk])))

    invoice = Invoice.objects.issued().get()
    assert "March 2026" in page
    assert reverse("portal:invoice", args=[invoice.pk]) in page
    drawn_charge = invoice.charges.get(treatment="drawn")
    ticket = Ticket.objects.get(pk=drawn_charge.ticket_id or 0)
    assert reverse("portal:ticket", args=[ticket.pk]) in page
    assert str(ticket.time_entries.get().technician) not in page


def test_a_draft_is_not_shown_to_a_client(
    block: PrepaidBlock, client_contact: User, sign_in: Any
) -> None:
    page = text(sign_in(client_contact).get(reverse("portal:block", args=[block.pk])))

    assert "<strong>8 h</strong> left" in page
    assert "not invoiced yet" in page
    assert "draft" not in page


def test_another_clients_hours_are_not_there(
    allowance: Allowance, block: PrepaidBlock, outsider: User, sign_in: Any
) -> None:
    browser = sign_in(outsider)

    assert browser.get(reverse("portal:allowance", args=[allowance.pk])).status_code == 404
    assert browser.get(reverse("portal:block", args=[block.pk])).status_code == 404
    assert "Support hours" not in text(browser.get(reverse("portal:contracts")))
