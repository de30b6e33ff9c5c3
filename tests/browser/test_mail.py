"""A stranger's mail becomes a ticket, its answer is shown, and its client says how it was."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import User
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory
from tests.browser.conftest import PageOf
from tickets.mail_tokens import rating_token
from tickets.models import Rating, Ticket
from tickets.tests.factories import InboundMailFactory, MailboxFactory, TicketFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LETTER = b"""From: Sam Stranger <sam@stranger.example>
To: support@firm.example
Subject: The till does not print
Message-ID: <till@stranger.example>
Content-Type: text/html; charset=utf-8

<p>Hello,</p><p>our till prints <b>nothing</b>.</p><script>alert(1)</script>
<img src="https://evil.example/seen.gif">
"""


def test_a_strangers_mail_becomes_a_ticket(
    firm: LegalEntity, technician: User, page_of: PageOf
) -> None:
    MailboxFactory.create()
    ClientFactory.create(name="Boulangerie Mercier", code="BM")
    mail = InboundMailFactory.create(raw=LETTER, subject="The till does not print")
    page = page_of(technician)
    page.goto("/tickets/mails/")

    page.get_by_role("link", name="The till does not print").click()
    page.get_by_text("As it was formatted").click()
    frame = page.frame_locator("iframe.mail-frame")
    expect(frame.locator("b")).to_have_text("nothing")
    page.get_by_role("combobox", name="Client").fill("Boulangerie Mercier")
    page.get_by_role("button", name="Make a ticket").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("The till does not print")
    expect(page.get_by_label("What happened")).to_contain_text("our till prints nothing.")
    mail.refresh_from_db()
    assert mail.ticket == Ticket.objects.get()


def test_a_client_says_how_it_was_by_a_link_and_a_button(firm: LegalEntity, page: "Page") -> None:
    ticket = TicketFactory.create(closed=True, client__language="en")
    page.goto(f"/tickets/rate/{rating_token(ticket.pk, None)}/?score=3")

    expect(page.get_by_label("good")).to_be_checked()
    assert not Rating.objects.exists()
    page.get_by_label("What should we know?").fill("Very quick.")
    page.get_by_role("button", name="Send my answer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you.")
    assert Rating.objects.get().comment == "Very quick."
