"""Mails that go out: threaded, in the client's language, once, and back when they return."""

import socket
from contextlib import closing
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail

from accounts.models import User
from clients.models import Contact
from clients.tests.factories import ContactFactory
from tickets.domain.files import FileBrought
from tickets.domain.mail_reading import read_mail
from tickets.domain.work import Response
from tickets.mail_tokens import mark_of
from tickets.models import Mailbox, OutboundMail, Ticket, TicketStatus
from tickets.operations._attachments import attach_files
from tickets.operations.change_status import change_status
from tickets.operations.deliver_mail import deliver_mail
from tickets.operations.respond import respond
from tickets.operations.retry_mails import retry_mails
from tickets.operations.write_note import write_note
from tickets.tests.conftest import NOW
from tickets.tests.factories import MailboxFactory, TicketFactory
from tickets.tests.letters import letter, receive

pytestmark = pytest.mark.usefixtures("firm")


@pytest.fixture
def mailbox() -> Mailbox:
    made: Mailbox = MailboxFactory.create(has_plus_addresses=True)
    return made


@pytest.fixture
def camille(mailbox: Mailbox) -> Contact:
    made: Contact = ContactFactory.create(email="camille@client.example", client__language="en")
    return made


@pytest.fixture
def asked(camille: Contact) -> Ticket:
    made: Ticket = TicketFactory.create(client=camille.client, contact=camille)
    return made


def say(ticket: Ticket, actor: User, body: str = "Try again.", *, is_public: bool = True) -> None:
    write_note(ticket_id=ticket.pk, body=body, is_public=is_public, actor=actor, now=NOW)


def send() -> OutboundMail:
    row = OutboundMail.objects.latest("pk")
    deliver_mail(mail_id=row.pk, now=NOW)
    row.refresh_from_db()
    return row


def close(ticket: Ticket, actor: User) -> None:
    status = TicketStatus.objects.get(code="closed")
    change_status(ticket_id=ticket.pk, status_id=status.pk, actor=actor, now=NOW)


def test_a_reply_goes_to_the_contact_from_the_boards_address(
    asked: Ticket, technician: User
) -> None:
    say(asked, technician)

    row = send()

    [sent] = mail.outbox
    assert sent.to == ["camille@client.example"]
    assert sent.from_email == '"Dépann\'Info Services" <support@firm.example>'
    assert sent.reply_to == [f"support+{mark_of(asked.pk)}@firm.example"]
    assert sent.subject == f"[{asked.number}:{mark_of(asked.pk)}] Laptop does not start"
    assert "Try again." in sent.body
    assert sent.extra_headers["Message-ID"] == f"<{row.message_id}>"
    assert (row.state, row.done_at) == ("done", NOW)


def test_a_reply_refers_to_the_mail_it_answers(camille: Contact, technician: User) -> None:
    receive(letter())
    send()
    say(Ticket.objects.get(), technician)

    send()

    confirmation, reply = (one.extra_headers for one in mail.outbox)
    assert confirmation["In-Reply-To"] == "<first@client.example>"
    assert confirmation["Auto-Submitted"] == "auto-replied"
    assert reply["References"] == f"<first@client.example> {confirmation['Message-ID']}"
    assert "Auto-Submitted" not in reply


def test_what_is_internal_or_a_clients_own_is_never_mailed(
    asked: Ticket, technician: User, client_contact: User
) -> None:
    say(asked, technician, is_public=False)
    own = TicketFactory.create(client=client_contact.contact.client)
    say(own, client_contact)

    assert not OutboundMail.objects.exists()


def test_a_board_without_an_address_sends_nothing(technician: User) -> None:
    contact = ContactFactory.create()

    say(TicketFactory.create(client=contact.client, contact=contact), technician)

    assert not OutboundMail.objects.exists()


def test_the_mail_speaks_the_clients_language(mailbox: Mailbox, technician: User) -> None:
    contact = ContactFactory.create(client__language="fr")
    say(TicketFactory.create(client=contact.client, contact=contact), technician)

    send()

    assert "Merci d’écrire votre réponse au-dessus de cette ligne" in mail.outbox[0].body


def test_a_colleague_who_wrote_by_mail_is_written_to_as_well(
    asked: Ticket, technician: User
) -> None:
    ContactFactory.create(client=asked.client, email="noa@client.example")
    receive(letter(sender="noa@client.example", subject=mark_of(asked.pk)))
    say(asked, technician)

    assert send().recipients == ["camille@client.example", "noa@client.example"]


def test_a_failure_is_kept_and_tried_again_under_the_same_id(
    asked: Ticket, technician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(asked, technician)

    def fail(_: object) -> int:
        raise SMTPServerDisconnected("the mail server hung up")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", fail)
        failed = send()
    assert (failed.state, failed.last_error) == ("waiting", "the mail server hung up")
    assert failed.due_at == NOW + timedelta(minutes=1)

    assert retry_mails(mail_ids=[failed.pk], now=NOW) == 1
    send()
    send()
    assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [f"<{failed.message_id}>"]


def test_a_closed_ticket_asks_how_it_was_once(asked: Ticket, technician: User) -> None:
    close(asked, technician)

    send()

    [sent] = mail.outbox
    assert "/tickets/rate/" in sent.body
    assert sent.body.count("?score=") == 3


def test_a_reply_that_closes_asks_in_the_same_mail(asked: Ticket, technician: User) -> None:
    status = TicketStatus.objects.get(code="closed")
    response = Response(body="Done.", status_id=status.pk)

    respond(ticket_id=asked.pk, response=response, actor=technician, now=NOW)
    send()

    assert OutboundMail.objects.get().kind == "reply"
    assert "?score=3" in mail.outbox[0].body


BOUNCE = """From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: support@firm.example
Subject: Undelivered Mail Returned to Sender
Return-Path: <>
Message-ID: <bounce@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I am sorry.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; camille@client.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--B
Content-Type: text/rfc822-headers

Subject: Laptop
Message-ID: <{message_id}>

--B--
"""


def test_a_mail_that_returns_is_marked_and_shown(asked: Ticket, technician: User) -> None:
    say(asked, technician)
    ours = send()

    came = receive(BOUNCE.format(action="failed", message_id=ours.message_id).encode())

    ours.refresh_from_db()
    assert (came.state, came.ticket) == ("bounce", asked)
    assert ours.bounced_at == NOW
    assert ours.bounce_reason == "camille@client.example: 550 5.1.1 no such user"
    assert asked.notes.count() == 1


def test_a_mail_that_is_only_late_is_not_marked(asked: Ticket, technician: User) -> None:
    say(asked, technician)
    ours = send()

    came = receive(BOUNCE.format(action="delayed", message_id=ours.message_id).encode())

    ours.refresh_from_db()
    assert (came.state, ours.bounced_at) == ("bounce", None)


def test_a_forged_return_marks_nothing(asked: Ticket, technician: User) -> None:
    say(asked, technician)
    ours = send()

    came = receive(BOUNCE.format(action="failed", message_id="guessed@firm.example").encode())

    ours.refresh_from_db()
    assert (came.state, ours.bounced_at) == ("triage", None)


class Postman:
    """Takes what a real SMTP server receives."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        self.taken.append(envelope.content)
        return "250 OK"


def test_a_real_mail_server_gets_the_reply_with_its_file(
    asked: Ticket, technician: User, settings: Any
) -> None:
    postman = Postman()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    server = Controller(postman, hostname="127.0.0.1", port=port)
    server.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = port
        say(asked, technician, "Voilà — l’écran.")
        brought = FileBrought(name="écran.png", content=b"\x89PNG\r\n\x1a\n")
        attach_files(asked.notes.get(), [brought], actor=technician, now=NOW)
        row = send()
    finally:
        server.stop()

    [raw] = postman.taken
    arrived = read_mail(raw)
    assert (row.state, row.last_error) == ("done", "")
    assert arrived.envelope.message_id == row.message_id
    assert arrived.envelope.sender == "support@firm.example"
    assert "Voilà — l’écran." in arrived.text or "Voilà — l’écran." in arrived.quoted
    assert [file.name for file in arrived.files] == ["écran.png"]
