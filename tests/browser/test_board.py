"""A dispatcher looks at the board and moves cards: with the mouse, by keyboard, and in vain."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from tests.browser.conftest import PageOf
from tickets.models import Ticket, TicketStatus
from tickets.tests.factories import TicketFactory

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def lane(page: "Page", name: str) -> "Locator":
    return page.get_by_role("region", name=re.compile(f"^{name}"))


def test_a_card_is_dragged_to_another_status_and_the_place_is_kept(
    firm: LegalEntity, dispatcher: User, page_of: PageOf
) -> None:
    ticket = TicketFactory.create(subject="Printer jams")
    TicketFactory.create(subject="Slow laptop")
    page = page_of(dispatcher)
    page.goto("/tickets/?scope=open")

    page.get_by_role("group", name="Show as").get_by_text("Board").click()
    expect(page).to_have_url(re.compile("layout=board"))
    with page.expect_response("**/move/"):
        page.locator(f"#card-{ticket.pk}").drag_to(lane(page, "Waiting"))

    expect(lane(page, "Waiting").locator("[data-card]")).to_contain_text("Printer jams")
    expect(lane(page, "New").locator("[data-count]")).to_have_text("1")
    expect(lane(page, "Waiting").locator("[data-count]")).to_have_text("1")
    ticket.refresh_from_db()
    assert ticket.status.code == "waiting"


def test_a_card_is_moved_by_keyboard_and_keeps_the_focus(
    firm: LegalEntity, dispatcher: User, page_of: PageOf
) -> None:
    ticket = TicketFactory.create(subject="Printer jams")
    page = page_of(dispatcher)
    page.goto("/tickets/?scope=open&layout=board")

    page.get_by_role("link", name="Printer jams").focus()
    with page.expect_response("**/move/"):
        page.keyboard.press("Shift+ArrowRight")

    expect(lane(page, "In progress").get_by_role("link", name="Printer jams")).to_be_focused()
    expect(page.locator("[data-board-says]")).to_contain_text("moved to In progress")
    ticket.refresh_from_db()
    assert ticket.status.code == "in-progress"


def test_a_card_that_may_not_move_springs_back_and_the_reason_is_told(
    firm: LegalEntity, dispatcher: User, page_of: PageOf
) -> None:
    ticket = TicketFactory.create(subject="Printer jams")
    page = page_of(dispatcher)
    page.goto("/tickets/?scope=open&layout=board")
    Ticket.objects.update(status=TicketStatus.objects.get(code="in-progress"))

    with page.expect_response("**/move/"):
        page.locator(f"#card-{ticket.pk}").drag_to(lane(page, "Waiting"))

    expect(page.get_by_text("It was moved to “In progress” meanwhile")).to_be_visible()
    expect(lane(page, "New").locator("[data-card]")).to_contain_text("Printer jams")
    expect(lane(page, "Waiting").locator("[data-count]")).to_have_text("0")


def test_the_menu_of_a_card_moves_it(firm: LegalEntity, dispatcher: User, page_of: PageOf) -> None:
    ticket = TicketFactory.create(subject="Printer jams")
    page = page_of(dispatcher)
    page.goto("/tickets/?scope=open&layout=board")

    page.get_by_role("button", name=f"Move {ticket.number}").click()
    with page.expect_response("**/move/"):
        page.locator(f"#card-{ticket.pk}").get_by_role("button", name="Waiting").click()

    expect(lane(page, "Waiting").locator("[data-card]")).to_contain_text("Printer jams")
