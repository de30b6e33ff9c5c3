"""A technician measures two tickets in two tabs, of which one is always behind."""

import pytest
from playwright.sync_api import Route, expect

from accounts.models import User
from clients.models import LegalEntity
from tests.browser.conftest import PageOf
from tickets.models import Timer
from tickets.tests.factories import TicketFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_timers_are_switched_and_parked_whatever_tab_is_used(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    first, second = TicketFactory.create_batch(2)
    page = page_of(technician)
    page.goto(first.get_absolute_url())
    page.keyboard.press("s")
    expect(page.locator(".timer-chip")).to_contain_text(first.number)
    other = page.context.new_page()
    other.goto(second.get_absolute_url())

    held: list[Route] = []
    other.route("**/time/timers/start/", lambda route: held.append(route))  # noqa: PLW0108  (a bare append cannot be marked)
    other.get_by_role("button", name="Parked timers").click()
    other.get_by_role("button", name=f"Switch to {second.number}").click()
    expect(other.get_by_role("button", name="Park the timer")).to_be_disabled()
    held[0].continue_()
    expect(other.locator(".timer-chip")).to_contain_text(second.number)
    page.get_by_role("button", name="Park the timer").click()  # of the first, which is parked
    expect(page.locator(".timer-chip")).to_contain_text(second.number)
    page.get_by_role("button", name="Park the timer").click()

    expect(page.get_by_role("button", name="Timer", exact=True)).to_be_visible()
    assert Timer.objects.filter(running_since=None).count() == 2
