"""A manager writes a rule in the browser, tries it on the past, and it acts on the next ticket."""

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory
from tests.browser.conftest import PageOf
from tickets.models import AutomationRule
from tickets.operations._opening import NewTicket
from tickets.operations.open_ticket import open_ticket
from tickets.rule_tasks import follow_rules
from tickets.tests.factories import TicketFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_rule_is_made_in_the_browser_and_acts_on_the_next_ticket(
    firm: LegalEntity, manager: User, page_of: PageOf
) -> None:
    TicketFactory.create(subject="Printer jammed", opened_at=timezone.now())
    page = page_of(manager)
    page.goto("/automation/")

    _make_rule(page)

    expect(page.get_by_role("heading", level=1)).to_contain_text("Printers burn")
    page.get_by_role("button", name="Try").click()
    expect(page.get_by_role("status")).to_contain_text("It would have acted 1 time")
    new = NewTicket(client_id=ClientFactory.create().pk, subject="Printer on fire")
    ticket = open_ticket(new=new, actor=manager, now=timezone.now())
    follow_rules()
    page.goto(ticket.get_absolute_url())
    happened = page.get_by_label("What happened")
    expect(happened).to_contain_text("Rule “Printers burn”: set the priority: urgent")
    expect(happened).to_contain_text("Fetch the extinguisher.")
    happened.get_by_role("link", name=re.compile("Printers burn")).click()
    expect(page.get_by_role("link", name=re.compile("Printer on fire"))).to_be_visible()


def _make_rule(page: "Page") -> None:
    page.get_by_role("link", name="New rule").click()
    page.get_by_label("Name").fill("Printers burn")
    page.get_by_role("button", name="Add a condition").click()
    asked = page.get_by_role("group", name="Condition 1")
    asked.get_by_label("Words").fill("printer, fire")
    page.get_by_label("What", exact=True).select_option("1_urgent")
    page.get_by_role("button", name="Add an action").click()
    done = page.get_by_role("group", name="Action 2")
    done.get_by_label("Do").select_option("note")
    done.get_by_label("Text").fill("Fetch the extinguisher.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/automation/*/")
    assert AutomationRule.objects.get().is_active
