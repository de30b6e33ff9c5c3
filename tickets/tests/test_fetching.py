"""Fetching from a real IMAP server: each mail once, whatever breaks, and errors in words."""

import socket
import socketserver
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from imaplib import IMAP4
from pathlib import Path
from threading import Thread

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.tests.factories import ContactFactory
from core.secret_box import SecretLost, seal, unseal
from tests.torture.processes import wait_until
from tickets.fetching import fetch_from
from tickets.imap import fetched, newer_uids, opened
from tickets.models import InboundMail, Mailbox
from tickets.tests.conftest import NOW
from tickets.tests.factories import MailboxFactory
from tickets.tests.letters import letter

PASSWORD = "secret of the desk"  # noqa: S105  (of a server that lives for one test)


@pytest.fixture(scope="module")
def imap_port() -> Iterator[int]:
    """A real IMAP server with four mails in its INBOX, on a port of its own."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    program = Path(sys.executable).parent / "pymap"
    where = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    who = ["dict", "--demo-data", "--demo-user", "desk", "--demo-password", PASSWORD]
    with subprocess.Popen([program, *where, *who]) as server:
        try:
            wait_until(lambda: _is_open(port), "the IMAP server listens")
            yield port
        finally:
            server.terminate()


def _is_open(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def mailbox(firm: object, imap_port: int) -> Mailbox:
    made: Mailbox = MailboxFactory.create(
        host="127.0.0.1", port=imap_port, security="none", username="desk",
        password=seal(PASSWORD),
    )  # fmt: skip
    return made


def deliver(port: int, raw: bytes) -> None:
    """Put a mail into the INBOX, as the mail server of a provider does."""
    server = IMAP4("127.0.0.1", port, timeout=10)
    server.login("desk", PASSWORD)
    server.append("INBOX", "", "", raw)
    server.logout()


def fetch(mailbox: Mailbox) -> int:
    mailbox.refresh_from_db()
    return fetch_from(mailbox)


def test_what_lay_there_before_stays_and_what_comes_is_stored_byte_for_byte(
    mailbox: Mailbox, imap_port: int
) -> None:
    assert fetch(mailbox) == 0
    raw = letter(text="8-bit: é\r\n").replace(b"\n", b"\r\n")

    deliver(imap_port, raw)

    assert fetch(mailbox) == 1
    assert fetch(mailbox) == 0
    stored = InboundMail.objects.get()
    assert (bytes(stored.raw), stored.mailbox) == (raw, mailbox)


def test_a_mail_fetched_again_after_a_crash_is_stored_once(
    mailbox: Mailbox, imap_port: int
) -> None:
    fetch(mailbox)
    mailbox.refresh_from_db()
    known = mailbox.last_uid
    deliver(imap_port, letter())
    fetch(mailbox)
    Mailbox.objects.update(last_uid=known)

    assert fetch(mailbox) == 0

    assert InboundMail.objects.count() == 1


def test_a_turn_that_broke_off_goes_on_with_what_is_missing(
    mailbox: Mailbox, imap_port: int
) -> None:
    fetch(mailbox)
    mailbox.refresh_from_db()
    known = mailbox.last_uid
    for number in range(3):
        deliver(imap_port, letter(message_id=f"<{number}@client.example>"))
    fetch(mailbox)
    InboundMail.objects.order_by("-pk")[0].delete()
    Mailbox.objects.update(last_uid=known)

    assert fetch(mailbox) == 1

    assert InboundMail.objects.count() == 3


def test_numbers_given_afresh_bring_no_mail_that_lay_there_long_before(
    mailbox: Mailbox, imap_port: int
) -> None:
    fetch(mailbox)
    Mailbox.objects.update(uid_validity=7, last_uid=900)
    deliver(imap_port, letter(message_id="<afresh@client.example>"))

    assert fetch(mailbox) >= 1
    assert fetch(mailbox) == 0

    came = [bytes(mail.raw) for mail in InboundMail.objects.all()]
    assert sum(b"<afresh@client.example>" in raw for raw in came) == 1
    assert not any(b"friend@example.com" in raw for raw in came)  # of the years 1970 to 2010


class Grudging(socketserver.StreamRequestHandler):
    """A mail server with three mails of which it does not give the second."""

    def handle(self) -> None:
        """Answer what is asked."""
        self.wfile.write(b"* OK here\r\n")
        for line in self.rfile:
            tag, asked = line.split(maxsplit=1)
            self.wfile.write(self.answer(asked.upper()) or b"")
            refuses = asked.upper().startswith(b"UID FETCH 2 ")
            self.wfile.write(tag + (b" NO damaged\r\n" if refuses else b" OK done\r\n"))

    def answer(self, asked: bytes) -> bytes | None:
        """Return the lines before the last one."""
        raw = letter()
        told = {
            b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
            b"STATUS": b"* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 5)\r\n",
            b"UID SEARCH": b"* SEARCH 1 2 3\r\n",
            b"UID FETCH 1": b"* 1 FETCH (RFC822.SIZE 9 BODY[] {%d}\r\n%b)\r\n" % (len(raw), raw),
            b"UID FETCH 3": b"* 3 FETCH (RFC822.SIZE 9 BODY[] {%d}\r\n%b)\r\n" % (len(raw), raw),
        }
        return next((line for name, line in told.items() if asked.startswith(name)), None)


def test_a_mail_the_server_does_not_give_holds_up_no_other(mailbox: Mailbox) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Grudging) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        Mailbox.objects.update(
            port=server.server_address[1], uid_validity=5, last_uid=0, polled_at=NOW
        )

        assert fetch(mailbox) == 2
        assert fetch(mailbox) == 0
        server.shutdown()

    mailbox.refresh_from_db()
    assert mailbox.last_uid == 1
    assert mailbox.poll_error.startswith("The mail server does not give mail no. 2;")
    assert InboundMail.objects.count() == 2


def test_a_program_that_names_another_folder_starts_from_its_beginning(
    as_administrator: Browser, mailbox: Mailbox
) -> None:
    Mailbox.objects.update(uid_validity=7, last_uid=9)
    change = {"host": "127.0.0.1", "adds_copied": False}
    address = f"/api/v1/mailboxes/{mailbox.pk}/"

    as_administrator.patch(address, change, content_type="application/json")
    mailbox.refresh_from_db()
    assert (mailbox.uid_validity, mailbox.last_uid, mailbox.adds_copied) == (7, 9, False)

    as_administrator.patch(address, {"folder": "Desk"}, content_type="application/json")
    mailbox.refresh_from_db()
    assert (mailbox.uid_validity, mailbox.last_uid) == (None, 0)


def test_a_fetched_mail_stays_unread_on_the_server(mailbox: Mailbox, imap_port: int) -> None:
    fetch(mailbox)
    deliver(imap_port, letter())
    fetch(mailbox)

    with opened(mailbox) as box:
        assert b"\\Seen" not in box.client.uid("FETCH", "*", "(FLAGS)")[1][0]


def test_a_mail_too_large_is_kept_by_its_head_and_shown(
    mailbox: Mailbox, imap_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(mailbox)
    ContactFactory.create(email="camille@client.example")
    deliver(imap_port, letter(text="x" * 2000))
    monkeypatch.setattr("tickets.imap.MOST_BYTES", 1000)
    mailbox.refresh_from_db()

    with opened(mailbox) as box:
        [uid] = newer_uids(box, mailbox.last_uid)
        mail = fetched(box, uid)

    assert mail.size > 2000
    assert b"Subject: Printer broken" in mail.raw
    assert b"xxx" not in mail.raw


def test_a_wrong_password_is_told_and_loses_nothing(mailbox: Mailbox) -> None:
    Mailbox.objects.update(password=seal("wrong"), uid_validity=7, last_uid=9)

    assert fetch(mailbox) == 0

    mailbox.refresh_from_db()
    assert mailbox.poll_error.startswith("The mail server says:")
    assert (mailbox.uid_validity, mailbox.last_uid) == (7, 9)


def test_an_administrator_tests_the_connection(as_administrator: Browser, mailbox: Mailbox) -> None:
    url = reverse("tickets:mailbox-test", args=[mailbox.pk])

    answer = as_administrator.post(url, follow=True)
    assert "The connection works;" in answer.content.decode()

    Mailbox.objects.update(port=1)
    answer = as_administrator.post(url, follow=True)
    assert "The mail server says:" in answer.content.decode()


def test_a_password_is_kept_sealed_and_never_shown(
    as_administrator: Browser, mailbox: Mailbox
) -> None:
    page = as_administrator.get(mailbox.get_absolute_url()).content.decode()

    assert PASSWORD not in mailbox.password
    assert unseal(mailbox.password) == PASSWORD
    assert mailbox.password not in page
    with pytest.raises(SecretLost):
        unseal("gAAAAA-of-another-key")
