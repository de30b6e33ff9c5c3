"""Somebody answers: the tab closes, a colleague is quicker, a picture is pasted, no JavaScript."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from playwright.sync_api import expect

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory
from tests.browser.conftest import PageOf
from tickets.models import Attachment, Ticket
from tickets.tests.factories import TicketFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTE = """([target, type]) => {
  const bytes = Uint8Array.from(atob(PNG), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], "screen.png", { type: "image/png" }));
  const event = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true });
  document.querySelector(target).dispatchEvent(event);
}""".replace(
    "PNG",
    '"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="',
)


@pytest.fixture
def page_without_scripts(
    page: "Page", live_server: Any, sign_in: Callable[[User], Browser], technician: User
) -> "Iterator[Page]":
    """The technician in a browser that runs no JavaScript."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    session = sign_in(technician).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_what_was_typed_survives_a_closed_tab(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    url = TicketFactory.create().get_absolute_url()
    page = page_of(technician)
    page.goto(url)

    page.get_by_label("Text").fill("Half an answer")
    page.get_by_label("Time", exact=True).fill("25")
    expect(page.locator("#composer-kept")).to_contain_text("Draft kept")
    page.goto("/clients/")
    page.goto(url)

    expect(page.get_by_label("Text")).to_have_value("Half an answer")
    expect(page.get_by_label("Time", exact=True)).to_have_value("25")
    page.get_by_role("button", name="Throw away").click()
    expect(page.get_by_label("Text")).to_have_value("")


def test_the_second_to_answer_is_told_and_loses_nothing(
    firm: LegalEntity, technician: User, page_of: PageOf, sign_in: Callable[[User], Browser]
) -> None:
    ticket: Ticket = TicketFactory.create()
    colleague = UserFactory.create(role="technician", first_name="Ana", last_name="Roy")
    page = page_of(technician)
    page.goto(ticket.get_absolute_url())
    page.get_by_label("Text").fill("Please restart it.")
    address = f"{ticket.get_absolute_url()}respond/"
    sign_in(colleague).post(address, {"note-body": "A new disk is sent.", "note-is_public": "yes"})

    page.keyboard.press("Control+Enter")
    told = page.locator("#composer").get_by_role("alert")
    expect(told).to_contain_text("A new disk is sent.")
    expect(page.get_by_label("Text")).to_have_value("Please restart it.")
    assert ticket.notes.count() == 1
    page.get_by_role("button", name="Save all the same").click()

    happened = page.get_by_label("What happened")
    expect(happened).to_contain_text("Please restart it.")
    expect(happened).to_contain_text("A new disk is sent.")


def test_a_picture_is_pasted_and_shown(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    page = page_of(technician)
    page.goto(TicketFactory.create().get_absolute_url())

    page.get_by_label("Text").fill("This is what I see.")
    page.evaluate(PASTE, ["#composer textarea", "image/png"])
    expect(page.locator(".file-chip")).to_contain_text("screen.png")
    expect(page.get_by_label("Text")).to_have_value("This is what I see.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_label("What happened").locator("img")).to_be_visible()
    assert Attachment.objects.get().note is not None


def test_status_assignment_answer_and_time_never_reload_the_page(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    ticket = TicketFactory.create()
    page = page_of(technician)
    page.goto(ticket.get_absolute_url())
    page.evaluate("window.stillHere = true")

    page.keyboard.press("a")
    expect(page.locator("#ticket-side")).to_contain_text(str(technician))
    page.locator("#property-status").select_option(label="Waiting for the client")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Waiting for the client")
    page.get_by_label("Text").fill("Call us, please.")
    page.get_by_label("Time", exact=True).fill("10")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_label("What happened")).to_contain_text("Call us, please.")
    assert page.evaluate("window.stillHere") is True


def test_all_of_it_works_without_javascript(
    firm: LegalEntity, technician: User, page_without_scripts: "Page"
) -> None:
    ClientFactory.create(name="Boulangerie Mercier", code="BM")
    page = page_without_scripts

    page.goto("/tickets/new/")
    page.get_by_label("Client", exact=True).fill("mercier")
    page.get_by_label("Subject").fill("No mail")
    page.get_by_label("Time", exact=True).fill("30")
    page.get_by_role("button", name="Open ticket").click()
    page.get_by_role("button", name="Take", exact=True).click()
    page.locator("#property-status").select_option(label="In progress")
    of_status = page.locator("form.property", has=page.locator("#property-status"))
    of_status.get_by_role("button").click()
    page.get_by_label("Text").fill("On it.")
    page.get_by_label("Time", exact=True).fill("5")
    page.get_by_role("button", name="Save", exact=True).click()

    ticket = Ticket.objects.get()
    assert (ticket.assignee, ticket.status.code) == (technician, "in-progress")
    assert [entry.minutes for entry in ticket.time_entries.order_by("pk")] == [30, 5]
    assert ticket.notes.get().body == "On it."
