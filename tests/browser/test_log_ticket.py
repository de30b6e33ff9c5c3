"""A client calls: the ticket is opened from the keyboard, worked on, and its price is seen."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory, ContactFactory
from contracts.tests.factories import CoverageRuleFactory
from tests.browser.conftest import PageOf
from tickets.models import Ticket
from tickets.tests.factories import TicketFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_ticket_with_thirty_minutes_is_one_form_and_all_keyboard(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    ContactFactory.create(client__name="Boulangerie Mercier", client__code="BM", last_name="Roy")
    page = page_of(technician)
    page.goto("/tickets/")

    _open_by_keyboard(page)
    page.keyboard.type("mercier")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Contact")).to_contain_text("Camille Roy")
    page.keyboard.type("No mail since this morning")
    page.get_by_label("Time", exact=True).fill("30")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("No mail since this morning")
    expect(page.get_by_label("What happened")).to_contain_text("30 min · Remote")
    assert Ticket.objects.get().client.code == "BM"


def test_the_price_is_seen_before_the_time_is_saved(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    ticket = TicketFactory.create()
    page = page_of(technician)
    page.goto(ticket.get_absolute_url())

    page.keyboard.press("t")
    page.keyboard.type("37")
    expect(page.locator("#composer-time .forecast")).to_contain_text("€63.00")
    page.get_by_label("Text").fill("The disk is replaced.")
    page.keyboard.press("Control+Enter")

    happened = page.get_by_label("What happened")
    expect(happened).to_contain_text("37 min · Remote")
    expect(happened).to_contain_text("The disk is replaced.")
    expect(page.get_by_label("Text")).to_have_value("")
    assert ticket.time_entries.get().minutes == 37


def test_a_covered_ticket_says_so_before_the_time_is_saved(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    rule = CoverageRuleFactory.create(contract__number="K001")
    ticket = TicketFactory.create(client=rule.contract.client)
    page = page_of(technician)
    page.goto(ticket.get_absolute_url())

    page.get_by_label("Time", exact=True).fill("1h15")

    expect(page.locator("#composer-time .forecast")).to_contain_text("K001")


def test_a_refused_time_keeps_the_answer_and_the_properties_change_in_place(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    ticket = TicketFactory.create(client=ClientFactory.create())
    page = page_of(technician)
    page.goto(ticket.get_absolute_url())

    page.get_by_label("Text").fill("A long answer")
    page.get_by_label("Priority").select_option("urgent")
    expect(page.get_by_role("heading", level=1)).to_contain_text("urgent")
    page.get_by_label("Time", exact=True).fill("a while")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("#composer")).to_contain_text("Write it as 45, 1:30, 1h30 or 0.75h.")
    expect(page.get_by_label("Text")).to_have_value("A long answer")
    ticket.refresh_from_db()
    assert ticket.priority == "1_urgent"


def _open_by_keyboard(page: "Page") -> None:
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tickets/new/"))
