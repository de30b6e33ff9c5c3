"""A technician sees what changed while they were away, without losing their place."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from tests.browser.conftest import PageOf
from tickets.operations.write_note import write_note
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASK = "document.dispatchEvent(new Event('fx:ask'))"


def test_a_colleagues_answer_makes_the_ticket_bold_until_it_is_opened(
    firm: LegalEntity, technician: User, dispatcher: User, page_of: PageOf
) -> None:
    ticket = TicketFactory.create(subject="Printer jams")
    page = page_of(technician)
    page.goto("/tickets/?scope=open")
    page.wait_for_load_state()
    expect(page.locator(".is-unread")).to_have_count(0)

    write_note(ticket_id=ticket.pk, body="Done", is_public=False, actor=dispatcher, now=NOW)
    page.evaluate(ASK)
    expect(page.locator("a.is-unread")).to_contain_text("Printer jams")
    page.locator("a.is-unread").click()
    page.goto("/tickets/?scope=open")

    expect(page.locator(".is-unread")).to_have_count(0)


def test_who_has_selected_rows_is_asked_first_and_keeps_the_selection(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    TicketFactory.create(subject="First")
    page = page_of(technician)
    page.goto("/tickets/?scope=open")
    page.wait_for_load_state()
    page.locator("tbody input[name=selected]").check()

    TicketFactory.create(subject="Second")
    page.evaluate(ASK)
    page.get_by_role("button", name="1 changed – show").click()

    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody tr", has_text="First").locator("input")).to_be_checked()
    expect(page.locator("tbody tr", has_text="Second").locator("input")).not_to_be_checked()
