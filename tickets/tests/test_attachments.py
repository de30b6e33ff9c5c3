"""Files of tickets: kept under what they are, and given out so that nothing in them runs."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from tickets.domain.files import LONGEST_NAME, MOST_BYTES, FileBrought, safe_name, type_of
from tickets.models import Attachment, Note, Ticket
from tickets.operations._attachments import attach_files
from tickets.refusals import FileTooLarge
from tickets.tests.conftest import NOW
from tickets.tests.factories import AttachmentFactory, NoteFactory, TicketFactory

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16


def attach(note: Note, name: str, content: bytes) -> Attachment:
    brought = FileBrought(name=name, content=content)
    [kept] = attach_files(note, [brought], actor=None, now=NOW)
    return kept


def test_what_a_file_is_is_read_from_its_content() -> None:
    assert type_of(PNG) == "image/png"
    assert type_of(b"RIFF\x00\x00\x00\x00WEBPVP8 ") == "image/webp"
    assert type_of(b"%PDF-1.7") == "application/pdf"
    assert type_of(b"<svg onload=alert(1)>") == "application/octet-stream"
    assert type_of(b"") == "application/octet-stream"


def test_a_name_leads_nowhere_and_hides_nothing() -> None:
    assert safe_name("../../etc/passwd") == "_.._etc_passwd"
    assert safe_name('a"b\r\nSet-Cookie: x') == "a_b__Set-Cookie_ x"
    assert safe_name("invoice\u202efdp.exe") == "invoice_fdp.exe"
    assert safe_name(" .. ") == "file"
    assert safe_name("é" * 300 + ".pdf") == "é" * 116 + ".pdf"


@given(st.text(max_size=400))
def test_every_name_becomes_one_that_can_be_kept(name: str) -> None:
    kept = safe_name(name)

    assert 0 < len(kept) <= LONGEST_NAME
    assert not set(kept) & set('/\\"\r\n\x00')


def test_a_file_too_large_is_refused_and_nothing_is_kept(ticket: Ticket) -> None:
    note = NoteFactory.create(ticket=ticket)

    with pytest.raises(FileTooLarge, match=r"big\.iso is larger than 25 MB"):
        attach(note, "big.iso", b"0" * (MOST_BYTES + 1))

    assert not note.attachments.exists()


def test_a_page_called_an_image_is_downloaded_and_never_shown(
    as_technician: Browser, ticket: Ticket
) -> None:
    kept = attach(NoteFactory.create(ticket=ticket), "cat.png", b"<script>alert(1)</script>")

    response = as_technician.get(reverse("tickets:attachment", args=[kept.pk]))

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="cat.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_an_image_is_shown(as_technician: Browser, ticket: Ticket) -> None:
    kept = attach(NoteFactory.create(ticket=ticket), "screen.png", PNG)

    response = as_technician.get(reverse("tickets:attachment", args=[kept.pk]))

    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == 'inline; filename="screen.png"'
    assert response.content == PNG


def test_a_client_gets_files_of_what_they_may_read_only(
    as_client_contact: Browser, client_contact: User
) -> None:
    ticket = TicketFactory.create(client=client_contact.contact.client)
    told = AttachmentFactory.create(note__ticket=ticket)
    internal = AttachmentFactory.create(note__ticket=ticket, note__is_public=False)

    assert as_client_contact.get(reverse("portal:attachment", args=[told.pk])).status_code == 200
    assert (
        as_client_contact.get(reverse("portal:attachment", args=[internal.pk])).status_code == 404
    )
