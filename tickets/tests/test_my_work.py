"""The desk home, and taking the next ticket."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.models import LegalEntity
from clients.tests.factories import LegalEntityFactory
from tickets.models import Ticket, TicketStatus
from tickets.operations.take_next_ticket import take_next_ticket
from tickets.queries.my_work import my_work
from tickets.refusals import NotForClients
from tickets.tests.conftest import NOW
from tickets.tests.factories import NoteFactory, TicketFactory

HOME = "/tickets/mine/"


def subjects(tickets: list[Ticket]) -> list[str]:
    return [ticket.subject for ticket in tickets]


@pytest.fixture
def mine(firm: LegalEntity, technician: User) -> Callable[..., Ticket]:
    """Make a ticket of the technician's."""

    def make(subject: str, **fields: object) -> Ticket:
        made: Ticket = TicketFactory.create(subject=subject, assignee=technician, **fields)
        return made

    return make


def test_my_tickets_stand_by_what_they_wait_for(
    mine: Callable[..., Ticket], technician: User, client_contact: User
) -> None:
    waiting = TicketStatus.objects.get(code="waiting")
    mine("calm", opened_at=NOW - timedelta(days=9))
    mine("urgent", priority="1_urgent", opened_at=NOW)
    mine("with the client", status=waiting)
    NoteFactory.create(ticket=mine("came back", status=waiting), author=client_contact)
    mine("done", closed=True)
    TicketFactory.create(subject="a colleague's", assignee=UserFactory.create(role="technician"))

    work = my_work(technician)

    assert subjects(work.answered) == ["came back"]
    assert subjects(work.active) == ["urgent", "calm"]
    assert subjects(work.waiting) == ["with the client"]
    assert work.open_count == 4


def test_a_ticket_we_answered_last_is_not_called_answered(
    mine: Callable[..., Ticket], technician: User, client_contact: User
) -> None:
    ticket = mine("mail")
    NoteFactory.create(ticket=ticket, author=client_contact, written_at=NOW)
    NoteFactory.create(ticket=ticket, author=technician, written_at=NOW + timedelta(hours=1))
    NoteFactory.create(
        ticket=ticket, author=technician, is_public=False, written_at=NOW + timedelta(hours=2)
    )

    assert subjects(my_work(technician).answered) == []


def test_what_nobody_has_is_counted_and_the_first_are_shown(
    firm: LegalEntity, technician: User
) -> None:
    for n in range(6):
        TicketFactory.create(subject=f"free {n}", opened_at=NOW + timedelta(minutes=n))
    TicketFactory.create(subject="burns", priority="1_urgent", opened_at=NOW + timedelta(days=1))

    work = my_work(technician)

    assert subjects(work.free) == ["burns", "free 0", "free 1", "free 2", "free 3"]
    assert work.free_count == 7


def test_the_page_costs_the_same_for_one_ticket_as_for_twenty(
    as_technician: Browser, mine: Callable[..., Ticket], client_contact: User
) -> None:
    NoteFactory.create(ticket=mine("first"), author=client_contact)
    TicketFactory.create()
    as_technician.get(HOME)
    few = _queries_of(as_technician)

    for n in range(20):
        NoteFactory.create(ticket=mine(f"more {n}"), author=client_contact)
        TicketFactory.create()

    assert _queries_of(as_technician) == few


def test_the_first_page_of_a_technician_is_their_work(as_technician: Browser, firm: object) -> None:
    assert as_technician.get("/").headers["Location"] == "/tickets/mine/"


def test_taking_the_next_opens_what_burns_first(
    as_technician: Browser, technician: User, firm: LegalEntity
) -> None:
    TicketFactory.create(opened_at=NOW)
    urgent = TicketFactory.create(priority="1_urgent", opened_at=NOW)

    answer = as_technician.post(reverse("tickets:take-next"))

    urgent.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (302, urgent.get_absolute_url())
    assert urgent.assignee == technician


def test_where_every_ticket_has_somebody_the_page_says_so(
    as_technician: Browser, firm: LegalEntity
) -> None:
    TicketFactory.create(assignee=UserFactory.create(role="technician"))

    answer = as_technician.post(reverse("tickets:take-next"), follow=True)

    assert "Every open ticket has somebody." in answer.content.decode()


def test_a_clients_person_takes_nothing(client_contact: User, firm: LegalEntity) -> None:
    TicketFactory.create(client=client_contact.contact.client)

    with pytest.raises(NotForClients):
        take_next_ticket(actor=client_contact, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_next_at_once_get_two_tickets() -> None:
    LegalEntityFactory.create()
    TicketFactory.create_batch(2)
    people = UserFactory.create_batch(2, role="technician")

    def take(person: User) -> Ticket | None:
        try:
            return take_next_ticket(actor=person, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(take, people))

    owners = dict(Ticket.objects.values_list("pk", "assignee"))
    assert {ticket.pk for ticket in taken if ticket} == owners.keys()
    assert set(owners.values()) == {person.pk for person in people}


def _queries_of(browser: Browser) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(HOME).status_code == 200
    return len(queries)
