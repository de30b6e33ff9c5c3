"""Somebody looks for a client: in the list, by Ctrl-K, and in the dark."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory
from tests.browser.conftest import PageOf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_list_follows_what_is_typed_and_the_address_keeps_it(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    for name in ("Atelier Nord", "Atelier Sud", "Boulangerie"):
        ClientFactory.create(name=name)
    page = page_of(technician)
    page.goto("/clients/")

    page.keyboard.press("/")
    page.keyboard.type("atelier", delay=20)
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("columnheader").get_by_role("link").first.click()

    expect(page).to_have_url(re.compile(r"q=atelier.*sort="))
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.get_by_role("searchbox").first).to_have_value("atelier")


def test_a_client_is_found_and_opened_by_keyboard(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    ClientFactory.create(name="Zebulon Industries")
    page = page_of(technician)
    page.goto("/tickets/")

    page.keyboard.press("Control+k")
    page.keyboard.type("zebulon", delay=20)
    expect(page.get_by_role("link", name="Zebulon Industries")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Zebulon Industries")


def test_the_dark_stays_dark(firm: LegalEntity, technician: User, page_of: PageOf) -> None:
    page = page_of(technician)
    page.goto("/tickets/")

    page.get_by_label("Your account").click()
    with page.expect_response("**/appearance/"):
        page.get_by_role("button", name="Dark").click()
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/tickets/", "/clients/", "/search/?q=zebulon"])
def test_everybody_can_read_the_frame(
    firm: LegalEntity, technician: User, page_of: PageOf, path: str, theme: str
) -> None:
    ClientFactory.create(name="Zebulon Industries")
    technician.theme = theme
    technician.save(update_fields=["theme"])
    page = page_of(technician)
    page.goto(path)

    found = Axe().run(page).response["violations"]

    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
