"""Files that are brought for an answer: kept at once, sent with it, seen by a client only then."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from tickets.domain.files import MOST_BYTES, FileBrought
from tickets.models import Attachment, Ticket
from tickets.operations.bring_files import bring_files
from tickets.operations.drop_file import drop_file
from tickets.refusals import TooManyFiles
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory

HTMX = {"HX-Request": "true"}


def page(ticket: Ticket, name: str = "ticket") -> str:
    return reverse(f"tickets:{name}", args=[ticket.pk])


def text_file(name: str = "log.txt", content: bytes = b"All good") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def brought(ticket: Ticket, actor: User, *names: str) -> list[Attachment]:
    files = [FileBrought(name=name, content=b"All good") for name in names]
    return bring_files(ticket_id=ticket.pk, files=files, actor=actor, now=NOW)


def test_a_dropped_file_waits_and_goes_out_with_the_answer(
    as_technician: Browser, ticket: Ticket
) -> None:
    shown = as_technician.post(page(ticket, "ticket-files"), {"files": text_file()}, headers=HTMX)
    file = Attachment.objects.get()

    as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-body": "See the log.", "note-is_public": "yes", "note-file": file.pk},
    )

    file.refresh_from_db()
    assert "log.txt" in shown.content.decode()
    assert file.note == ticket.notes.get()
    assert "log.txt" in as_technician.get(page(ticket)).content.decode()


def test_without_javascript_the_file_comes_with_the_form(
    as_technician: Browser, ticket: Ticket
) -> None:
    as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-body": "See the log.", "note-is_public": "yes", "files": text_file()},
    )

    assert ticket.notes.get().attachments.get().name == "log.txt"


def test_a_refused_form_loses_no_file(as_technician: Browser, ticket: Ticket) -> None:
    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-is_public": "yes", "time-minutes": "a while", "files": text_file()},
    )

    assert answer.status_code == 422
    assert [file.name for file in answer.context["composer"].files] == ["log.txt"]
    assert [file.name for file in as_technician.get(page(ticket)).context["composer"].files] == [
        "log.txt"
    ]


def test_files_alone_are_an_answer_that_names_them(as_technician: Browser, ticket: Ticket) -> None:
    as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-is_public": "no", "files": [text_file("a.txt"), text_file("b.txt")]},
    )

    note = ticket.notes.get()
    assert (note.body, note.is_public, note.attachments.count()) == ("a.txt, b.txt", False, 2)


def test_one_too_large_is_refused_and_the_text_stays(
    as_technician: Browser, ticket: Ticket
) -> None:
    large = text_file("big.iso", b"0" * (MOST_BYTES + 1))

    answer = as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-body": "Here it is", "note-is_public": "yes", "files": large},
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "big.iso is larger than 25 MB." in shown
    assert "Here it is" in shown
    assert not Attachment.objects.exists()


def test_an_answer_takes_a_handful_of_files(ticket: Ticket, technician: User) -> None:
    with pytest.raises(TooManyFiles):
        brought(ticket, technician, *(f"{n}.txt" for n in range(21)))

    assert not Attachment.objects.exists()


def test_a_file_that_waits_is_taken_back_but_not_one_that_was_sent(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    waits, sent = brought(ticket, technician, "waits.txt", "sent.txt")
    as_technician.post(
        page(ticket, "ticket-respond"),
        {"note-body": "Here", "note-is_public": "yes", "note-file": sent.pk},
    )

    as_technician.post(reverse("tickets:file-drop", args=[waits.pk]))

    assert list(Attachment.objects.values_list("name", flat=True)) == ["sent.txt"]
    with pytest.raises(Attachment.DoesNotExist):
        drop_file(attachment_id=sent.pk, actor=technician)


def test_nobody_sends_or_takes_back_a_colleagues_file_nor_one_of_another_ticket(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    [theirs] = brought(ticket, UserFactory.create(role="technician"), "theirs.txt")
    [elsewhere] = brought(TicketFactory.create(), technician, "elsewhere.txt")

    as_technician.post(
        page(ticket, "ticket-respond"),
        {
            "note-body": "Here",
            "note-is_public": "yes",
            "note-file": [theirs.pk, elsewhere.pk],
        },
    )
    dropped = as_technician.post(reverse("tickets:file-drop", args=[theirs.pk]))

    assert dropped.status_code == 404
    assert not ticket.notes.get().attachments.exists()


def test_a_client_sees_a_file_only_once_it_is_sent_to_them(
    technician: User, client_contact: User, firm: object
) -> None:
    ticket = TicketFactory.create(client=client_contact.contact.client)
    brought(ticket, technician, "waits.txt")

    assert not Attachment.objects.visible_to(client_contact).exists()
