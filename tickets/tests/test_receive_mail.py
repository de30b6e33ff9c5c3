"""A mail server pipes a mail in and acts on the code it gets back."""

import io
import sys
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import OperationalError

from tickets.models import InboundMail
from tickets.tests.factories import MailboxFactory
from tickets.tests.letters import letter

pytestmark = pytest.mark.usefixtures("firm")
Pipe = Callable[..., int]


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    """Give the command a mail and return its exit code."""

    def run(raw: bytes, *options: str) -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        try:
            call_command("receive_mail", *options, stderr=io.StringIO())
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    return run


def test_a_mail_is_stored_byte_for_byte_before_anything_else(pipe: Pipe) -> None:
    raw = letter() + b"\x00\xff"

    assert pipe(raw) == 0

    stored = InboundMail.objects.get()
    assert (bytes(stored.raw), stored.state) == (raw, "waiting")


def test_the_same_delivery_twice_is_stored_once(pipe: Pipe) -> None:
    assert (pipe(letter()), pipe(letter())) == (0, 0)

    assert InboundMail.objects.count() == 1


def test_the_mailbox_can_be_named(pipe: Pipe) -> None:
    mailbox = MailboxFactory.create()

    assert pipe(letter(), "--mailbox", "Support@firm.example") == 0

    assert InboundMail.objects.get().mailbox == mailbox


def test_an_unknown_mailbox_is_refused(pipe: Pipe) -> None:
    assert pipe(letter(), "--mailbox", "nobody@firm.example") == 67
    assert not InboundMail.objects.exists()


def test_nothing_is_refused_and_so_is_too_much(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tickets.management.commands.receive_mail.MOST_BYTES", 100)

    assert (pipe(b" \n"), pipe(b"x" * 101)) == (65, 65)


def test_without_a_database_the_mail_server_is_told_to_try_later(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr("tickets.management.commands.receive_mail.store_mail", fail)

    assert pipe(letter()) == 75
