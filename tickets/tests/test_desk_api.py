"""What a desk does in one go, for programs."""

from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from catalog.tests.factories import WorkTypeFactory
from tickets.models import Ticket, TicketStatus
from tickets.tests.factories import AttachmentFactory, NoteFactory, TicketFactory


def url(ticket: Ticket) -> str:
    return reverse("api:ticket-respond", args=[ticket.pk])


def test_an_answer_with_time_and_status_is_one_request(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    waiting = TicketStatus.objects.get(code="waiting")
    work_type = WorkTypeFactory.create()

    answer = as_technician.post(
        url(ticket),
        {"body": "Restart it.", "minutes": 15, "work_type": work_type.pk, "status": waiting.pk},
    )

    entry = ticket.time_entries.get()
    assert (answer.status_code, answer.json()["status"]) == (201, waiting.pk)
    assert (entry.minutes, entry.technician) == (15, technician)
    assert ticket.notes.get().is_public


def test_the_same_sheet_is_saved_once(as_technician: Browser, ticket: Ticket) -> None:
    said = {"body": "Restart it.", "sheet": "call-17"}
    as_technician.post(url(ticket), said)

    again = as_technician.post(url(ticket), said)

    assert (again.status_code, ticket.notes.count()) == (409, 1)


def test_half_a_time_names_what_is_missing(as_technician: Browser, ticket: Ticket) -> None:
    answer = as_technician.post(url(ticket), {"body": "Restart it.", "minutes": 15})

    assert answer.status_code == 400
    assert "work_type" in answer.content.decode()
    assert not ticket.notes.exists()


def test_a_ticket_of_nobodys_client_is_not_there(
    as_client_contact: Browser, ticket: Ticket
) -> None:
    assert as_client_contact.post(url(ticket), {"body": "Hm"}).status_code == 403


def test_a_program_takes_the_next(as_technician: Browser, technician: User, firm: object) -> None:
    free = TicketFactory.create()
    TicketFactory.create(assignee=UserFactory.create(role="technician"))

    taken = as_technician.post(reverse("api:ticket-take-next"))
    none_left = as_technician.post(reverse("api:ticket-take-next"))

    assert (taken.json()["id"], taken.json()["assignee"]) == (free.pk, technician.pk)
    assert none_left.status_code == 204


def test_clients_read_no_internal_note_nor_its_file_by_program(
    as_client_contact: Browser, client_contact: User, firm: object
) -> None:
    ticket = TicketFactory.create(client=client_contact.contact.client)
    reply = NoteFactory.create(ticket=ticket, body="For you")
    secret = NoteFactory.create(ticket=ticket, body="For us", is_public=False)
    AttachmentFactory.create(note=secret)

    listed = as_client_contact.get(reverse("api:note-list")).json()["results"]
    one = as_client_contact.get(reverse("api:note-detail", args=[secret.pk]))
    files = as_client_contact.get(reverse("api:attachment-list")).json()["results"]

    assert [note["id"] for note in listed] == [reply.pk]
    assert (one.status_code, files) == (404, [])
