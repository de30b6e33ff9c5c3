"""A dispatcher keeps what the list shows as a view, and opens it again."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from tests.browser.conftest import PageOf
from tickets.models import SavedView
from tickets.tests.factories import TicketFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_filtered_list_is_kept_as_a_view_and_opened_from_the_menu(
    firm: LegalEntity, dispatcher: User, page_of: PageOf
) -> None:
    TicketFactory.create(subject="Server down", priority="1_urgent")
    TicketFactory.create(subject="Slow laptop")
    page = page_of(dispatcher)
    page.goto("/tickets/?scope=open")

    page.get_by_label("Priority").first.select_option("1_urgent")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Keep as a view").click()
    expect(page.get_by_text("Priority: urgent")).to_be_visible()
    page.get_by_label("Name").fill("Burning")
    page.get_by_role("button", name="Save").click()

    expect(page).to_have_url(re.compile("view=.*priority=1_urgent"))
    page.goto("/tickets/?scope=all")
    page.keyboard.press("v")
    page.get_by_role("link", name="Burning").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert SavedView.objects.get().filters == {"scope": "open", "priority": "1_urgent"}
