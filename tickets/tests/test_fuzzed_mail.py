"""Whatever arrives: never an error page, a lost mail, or script in a page."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Contact
from clients.tests.factories import ContactFactory
from tickets.domain.mail_kinds import is_automatic, returned
from tickets.domain.mail_reading import TooTangled, read_mail
from tickets.models import InboundMail, Ticket
from tickets.tests.factories import MailboxFactory
from tickets.tests.letters import letter, receive

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
HEAD = b"From: Camille <camille@client.example>\nTo: support@firm.example\nMessage-ID: <%s@x>\n"
pieces = st.sampled_from(
    [
        b"From: ", b"Subject: ", b"\n", b"\r\n", b"\n\n", b"\x00", b"=?utf-8?q?", b"?=", b"--B\n",
        b"Content-Type: multipart/mixed; boundary=B\n", b"Content-Type: text/html\n",
        b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n",
        b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1=x\n",
        b"\xff\xfe", b"<script>", b"References: <<<>>>\n", b"a@b", b"; charset=unknown-8bit",
        b"Content-Type: message/delivery-status\n", b"begin 644 x\n", b"=",
    ]
)  # fmt: skip
broken = st.lists(st.one_of(pieces, st.binary(max_size=30)), max_size=60).map(b"".join)


@given(raw=broken)
@settings(max_examples=400)
def test_any_bytes_can_be_read_and_judged(raw: bytes) -> None:
    mail = read_mail(raw)

    is_automatic(mail)
    returned(mail)
    for text in (mail.text, mail.quoted, mail.html, mail.envelope.subject, mail.envelope.sender):
        assert "\x00" not in text
        text.encode()
    assert "<script" not in mail.html


def shapes() -> Iterator[tuple[str, bytes]]:
    """Yield real-world shapes, each with its name."""
    plain = HEAD % b"p"
    yield "empty", plain + b"\n"
    yield "no blank line", plain.rstrip()
    yield "null bytes", plain + b"Subject: a\x00b\n\ntext\x00more\n"
    yield "8-bit headers", plain + "Subject: Café cassé\n\nété\n".encode("latin-1")
    yield "odd charset", plain + b"Content-Type: text/plain; charset=x-mac-klingon\n\n\xe9\xe8\n"
    yield "utf-7", plain + b"Content-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-\n"
    yield "script subject", plain + f"Subject: {SCRIPT}\n\n{SCRIPT}\n".encode()
    yield "script html", plain + f"Content-Type: text/html\n\n{SCRIPT}<p>Hi</p>\n".encode()
    yield "bad base64", plain + b"Content-Transfer-Encoding: base64\n\n%%%=\n"
    yield "bad boundary", plain + b'Content-Type: multipart/mixed; boundary=""\n\n--\n\nx\n'
    yield "no end", plain + b"Content-Type: multipart/mixed; boundary=B\n\n--B\n\nx\n"
    yield "long line", plain + b"\n" + b"x" * 500_000
    yield "long subject", plain + b"Subject: " + b"y" * 50_000 + b"\n\nx\n"
    yield "tags that never end", plain + b"Content-Type: text/html\n\n" + b"<" * 1_000_000
    yield (
        "endless parameters",
        plain + b"Content-Type: text/plain" + b"; a=b" * 200_000 + b"\n\nx\n",
    )
    yield "many references", plain + b"References: " + b"<a@b> " * 9_000 + b"\n\nx\n"
    yield "header of a header", b"\n".join(b"X-%d: y" % n for n in range(3_000)) + b"\n" + plain
    yield "rfc822 in rfc822", plain + b"Content-Type: message/rfc822\n\n" * 600 + b"x"
    yield (
        "nested",
        plain
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300)
        ),
    )
    yield "winmail.dat", _with_file("winmail.dat", "application", "ms-tnef")
    yield "invite", _with_file("", "text", "calendar")
    yield "path in a name", _with_file("../../" + SCRIPT, "text", "html")


def _with_file(name: str, kind: str, sub: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "camille@client.example", "<f@x>"
    mail["To"] = "support@firm.example"
    mail.set_content("See the file.")
    mail.add_attachment(SCRIPT.encode(), kind, sub, filename=name or None)
    return bytes(mail)


SHAPES = dict(shapes())


@pytest.fixture
def camille(firm: object) -> Contact:
    MailboxFactory.create()
    made: Contact = ContactFactory.create(email="camille@client.example")
    return made


@pytest.mark.parametrize("name", SHAPES)
def test_real_world_shapes_are_kept_shown_and_harmless(
    name: str, camille: Contact, as_technician: Browser
) -> None:
    mail = receive(SHAPES[name])

    assert mail.state in {"done", "triage"}
    assert mail.last_error == ""
    assert bytes(mail.raw) == SHAPES[name]
    addresses = [mail.get_absolute_url(), reverse("tickets:mail-formatted", args=[mail.pk])]
    if mail.ticket:
        addresses.append(mail.ticket.get_absolute_url())
    for address in addresses:
        response = as_technician.get(address)
        assert response.status_code == 200
        assert not re.search(r"<script>alert|<img src=x|<img src=\"x", response.content.decode())


@given(raw=broken)
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_no_bytes_are_lost(camille: Contact, raw: bytes) -> None:
    mail = receive(letter()[:60] + raw, key=f"fuzz:{InboundMail.objects.count()}")

    assert mail.state in {"done", "triage", "set_aside", "bounce"}


def test_twenty_megabytes_arrive_whole(camille: Contact) -> None:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "camille@client.example", "<big@x>"
    mail["To"] = "support@firm.example"
    mail.set_content("Here is the film.")
    mail.add_attachment(bytes(15_000_000), "video", "mp4", filename="film.mp4")
    raw = bytes(mail)

    stored = receive(raw)

    assert len(raw) > 20_000_000
    assert stored.state == "done"
    assert Ticket.objects.get().attachments.get().size == 15_000_000


def test_the_shape_that_is_nested_too_deep_is_before_a_person(camille: Contact) -> None:
    mail = receive(SHAPES["nested"])

    assert (mail.state, mail.reason, mail.sender) == (
        "triage",
        "unreadable",
        "camille@client.example",
    )
    with pytest.raises(TooTangled):
        read_mail(SHAPES["nested"])
