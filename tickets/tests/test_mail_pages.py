"""The queue of mails to be sorted, the mail's page, and what is shown of mails on a ticket."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from clients.models import Contact
from clients.tests.factories import ClientFactory, ContactFactory
from tickets.models import InboundMail, Mailbox, Note, OutboundMail, Ticket
from tickets.operations.add_mail_to_ticket import add_mail_to_ticket
from tickets.operations.discard_mail import discard_mail
from tickets.refusals import MailPlaced
from tickets.tests.conftest import NOW
from tickets.tests.factories import InboundMailFactory, OutboundMailFactory, TicketFactory
from tickets.tests.letters import letter, receive

pytestmark = pytest.mark.usefixtures("firm")


@pytest.fixture
def stranger() -> InboundMail:
    made: InboundMail = InboundMailFactory.create()
    return made


def act(browser: Browser, name: str, mail: InboundMail, **values: str) -> int:
    status = browser.post(reverse(f"tickets:{name}", args=[mail.pk]), values).status_code
    mail.refresh_from_db()
    return status


def test_the_queue_shows_what_waits_and_all_shows_the_rest(
    as_technician: Browser, stranger: InboundMail
) -> None:
    InboundMailFactory.create(subject="Old news", state="discarded")

    queue = as_technician.get(reverse("tickets:mails")).content.decode()
    everything = as_technician.get(reverse("tickets:mails") + "?all=1").content.decode()

    assert "Hello" in queue
    assert "Old news" not in queue
    assert "Old news" in everything


def test_a_ticket_is_made_of_a_mail_and_the_sender_is_known_from_then_on(
    as_technician: Browser, stranger: InboundMail
) -> None:
    client = ClientFactory.create(name="Acme SARL")

    act(as_technician, "mail-make-ticket", stranger, client="Acme SARL", remembers_sender="on")

    ticket = Ticket.objects.get()
    assert (ticket.client, ticket.subject) == (client, "Hello")
    assert (ticket.notes.get().body, stranger.state) == ("Can you help me?", "done")
    contact = Contact.objects.get()
    assert (contact.client, contact.email, ticket.contact) == (
        client,
        "sam@stranger.example",
        contact,
    )
    next_mail = receive(letter(sender="sam@stranger.example"))
    assert next_mail.state == "done"


@pytest.mark.parametrize(("reason", "proposed"), [("unknown_sender", True), ("automatic", False)])
def test_a_machine_is_not_proposed_as_a_contact(
    as_technician: Browser, stranger: InboundMail, reason: str, *, proposed: bool
) -> None:
    InboundMail.objects.update(reason=reason)

    form = as_technician.get(stranger.get_absolute_url()).context["make_form"]

    assert form["remembers_sender"].value() is proposed


def test_without_a_client_no_ticket_is_made_and_the_page_says_so(
    as_technician: Browser, stranger: InboundMail
) -> None:
    assert act(as_technician, "mail-make-ticket", stranger, client="Nobody Ltd") == 422
    assert stranger.state == "triage"
    assert not Ticket.objects.exists()


def test_anothers_contact_is_not_taken_over(as_technician: Browser, stranger: InboundMail) -> None:
    ContactFactory.create(email="sam@stranger.example")
    ClientFactory.create(name="Acme SARL")

    status = act(
        as_technician, "mail-make-ticket", stranger, client="Acme SARL", remembers_sender="on"
    )

    assert (status, stranger.state) == (422, "triage")


def test_a_mail_is_added_to_a_ticket_by_its_number(
    as_technician: Browser, stranger: InboundMail
) -> None:
    ticket = TicketFactory.create()

    act(as_technician, "mail-add", stranger, ticket=ticket.number.lower())

    assert (stranger.ticket, stranger.state) == (ticket, "done")
    assert ticket.notes.get().sender == "Sam <sam@stranger.example>"


def test_a_discarded_mail_can_be_brought_back(
    as_technician: Browser, stranger: InboundMail
) -> None:
    act(as_technician, "mail-discard", stranger)
    assert stranger.state == "discarded"

    act(as_technician, "mail-restore", stranger)
    assert stranger.state == "triage"


def test_two_people_decide_once(stranger: InboundMail, technician: User) -> None:
    ticket = TicketFactory.create()
    add_mail_to_ticket(mail_id=stranger.pk, ticket_id=ticket.pk, actor=technician, now=NOW)

    with pytest.raises(MailPlaced):
        discard_mail(mail_id=stranger.pk, actor=technician, now=NOW)
    with pytest.raises(MailPlaced):
        add_mail_to_ticket(mail_id=stranger.pk, ticket_id=ticket.pk, actor=technician, now=NOW)

    assert Note.objects.count() == 1


def test_the_mail_as_it_came_is_a_download(as_technician: Browser, stranger: InboundMail) -> None:
    response = as_technician.get(reverse("tickets:mail-source", args=[stranger.pk]))

    assert response.content == bytes(stranger.raw)
    assert response["Content-Disposition"].startswith("attachment")


def test_the_formatted_mail_stands_in_a_frame_in_which_nothing_acts(
    as_technician: Browser,
) -> None:
    mail = InboundMailFactory.create(
        raw=b"Content-Type: text/html\n\n<b>Hi</b><script>alert(1)</script>"
    )

    response = as_technician.get(reverse("tickets:mail-formatted", args=[mail.pk]))

    assert "<b>Hi</b>" in response.content.decode()
    assert "script" not in response.content.decode()
    assert response["Content-Security-Policy"].startswith("sandbox allow-popups")
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_ticket_shows_where_its_reply_went_and_offers_to_try_again(
    as_technician: Browser,
) -> None:
    mail = OutboundMailFactory.create(state="failed", last_error="550 no such user")
    page = as_technician.get(mail.ticket.get_absolute_url()).content.decode()
    assert "550 no such user" in page

    as_technician.post(reverse("tickets:outbound-retry"), {"selected": mail.pk})

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 0)


def test_a_ticket_shows_a_mail_with_its_sender_and_folds_what_it_repeats(
    as_technician: Browser,
) -> None:
    client = ClientFactory.create()
    ContactFactory.create(client=client, email="camille@client.example")
    mail = receive(letter(text="Now it smokes.\n\n> Try again."))
    assert mail.ticket

    page = as_technician.get(mail.ticket.get_absolute_url()).content.decode()

    assert "Camille Martin &lt;camille@client.example&gt;" in page
    assert "Quoted text" in page


def test_mails_cost_the_same_queries_however_many_there_are(
    as_technician: Browser,
) -> None:
    ticket = TicketFactory.create()

    def queries_with(mails: int) -> int:
        OutboundMailFactory.create_batch(mails, note__ticket=ticket)
        with CaptureQueriesContext(connection) as context:
            as_technician.get(ticket.get_absolute_url())
        return len(context)

    queries_with(1)  # what a process remembers is asked once
    few = queries_with(1)

    assert queries_with(5) == few


def test_a_board_gets_an_address(as_administrator: Browser) -> None:
    ticket = TicketFactory.create()
    values = {
        "board": ticket.board_id, "address": "Support@Firm.example", "port": 993,
        "security": "tls", "folder": "INBOX", "new_password": "x y",
    }  # fmt: skip

    as_administrator.post(reverse("tickets:mailbox-create"), values)

    box = Mailbox.objects.get()
    assert (box.address, box.board) == ("support@firm.example", ticket.board)
    assert "x y" not in box.password
    assert OutboundMail.objects.count() == 0
