"""A day at the desk without the mouse: every key that is pressed is counted."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from clients.tests.factories import ContactFactory
from tests.browser.conftest import PageOf
from tickets.models import Ticket
from tickets.tests.factories import TicketFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Somebody who types forty-five words a minute presses four keys a second.
KEYS_A_SECOND = 4


class Keys:
    """The keyboard, with a count of what was pressed."""

    def __init__(self, page: "Page") -> None:
        self.page, self.pressed = page, 0

    def press(self, *names: str) -> None:
        """Press keys one after the other."""
        for name in names:
            self.page.keyboard.press(name)
            self.pressed += 1

    def type(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text)
        self.pressed += len(text)

    @property
    def seconds(self) -> float:
        """How long this takes somebody who types neither fast nor slowly."""
        return self.pressed / KEYS_A_SECOND


@pytest.mark.parametrize("start", ["/clients/", "/contracts/", "/tickets/mine/"])
def test_from_any_page_to_a_ticket_with_thirty_minutes_within_fifteen_seconds(
    firm: LegalEntity, technician: User, page_of: PageOf, start: str
) -> None:
    ContactFactory.create(client__name="Boulangerie Mercier", client__code="BM", last_name="Roy")
    page = page_of(technician)
    page.goto(start)
    keys, sent = Keys(page), []
    page.on("request", lambda one: sent.append(one) if one.method == "POST" else None)

    keys.press("c", "Enter")
    page.wait_for_url(re.compile("/tickets/new/"))
    keys.type("mercier")
    keys.press("Tab")
    expect(page.get_by_label("Contact")).to_contain_text("Camille Roy")
    keys.type("No mail since this morning")
    keys.press("Tab", "Tab", "Tab", "Tab", "Tab")
    keys.type("30")
    keys.press("Control+Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("No mail since this morning")
    assert Ticket.objects.get().time_entries.get().minutes == 30
    forms = [one for one in sent if not one.url.endswith("/draft/")]  # drafts keep themselves
    assert len(forms) == 1
    assert keys.pressed == 44
    assert keys.seconds <= 15


def test_one_key_takes_the_next_and_the_answer_needs_no_mouse(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    TicketFactory.create(subject="Printer jams")
    burning = TicketFactory.create(subject="Server down", priority="1_urgent")
    page = page_of(technician)
    page.goto("/")
    keys = Keys(page)

    keys.press("n")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Server down")
    page.wait_for_load_state()  # the keys work once the page's script has run
    keys.press("r")
    keys.type("It is up again.")
    keys.press("Escape", "Tab")
    page.get_by_label("Time", exact=True).focus()
    keys.type("15")
    keys.press("Control+Enter")

    happened = page.get_by_label("What happened")
    expect(happened).to_contain_text("It is up again.")
    expect(happened).to_contain_text("15 min · Remote")
    burning.refresh_from_db()
    assert burning.assignee == technician


def test_j_and_k_walk_through_my_work(firm: LegalEntity, technician: User, page_of: PageOf) -> None:
    for subject in ("First", "Second"):
        TicketFactory.create(subject=subject, assignee=technician)
    page = page_of(technician)
    page.goto("/tickets/mine/")
    keys = Keys(page)

    keys.press("j", "j", "k", "j", "Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Second")


def test_the_help_names_every_key_of_the_page_and_no_other(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    page = page_of(technician)
    page.goto(TicketFactory.create().get_absolute_url())

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of this page")
    expect(dialog).to_be_visible()
    listed = dialog.locator("[data-keys] kbd").all_inner_texts()
    page.keyboard.press("Escape")

    for key, focused in (("r", "note-body"), ("t", "time-minutes"), ("m", "note-status")):
        page.locator("h1").click()
        page.keyboard.press(key)
        expect(page.locator(f"[name={focused}]")).to_be_focused()
        page.locator(":focus").blur()
    assert {"c", "?", "r", "i", "t", "p", "f", "m", "a"} <= set(listed)
    assert len(listed) == len(set(listed))
