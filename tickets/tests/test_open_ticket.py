"""Opening a ticket."""

import pytest
from django.db import connection

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.models import Client
from clients.tests.factories import ClientFactory, ContactFactory
from tickets.models import BillingMode, Ticket
from tickets.operations.open_ticket import NewTicket, open_ticket
from tickets.refusals import NotAssignable, NotOfThisClient, SubjectMissing
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory


def test_a_new_ticket_gets_the_next_number_the_first_status_and_the_default_board(
    technician: User,
) -> None:
    client = ClientFactory.create()

    ticket = open_ticket(
        new=NewTicket(client_id=client.pk, subject=" Printer jams "), actor=technician, now=NOW
    )

    assert ticket.number.startswith("T")
    assert (ticket.subject, ticket.status.code, ticket.board.name) == (
        "Printer jams",
        "new",
        "Service desk",
    )
    assert (ticket.opened_at, ticket.closed_at, ticket.assignee) == (NOW, None, None)
    assert ticket.billing_mode == BillingMode.HOURLY


def test_the_history_of_a_ticket_begins_with_its_opening(technician: User) -> None:
    client = ClientFactory.create()

    ticket = open_ticket(
        new=NewTicket(client_id=client.pk, subject="Printer"), actor=technician, now=NOW
    )

    [step] = ticket.status_changes.all()
    assert (step.from_status, step.to_status, step.changed_by, step.changed_at) == (
        None,
        ticket.status,
        technician,
        NOW,
    )


def test_a_number_that_was_brought_from_elsewhere_is_passed_over(technician: User) -> None:
    client = ClientFactory.create()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tickets_ticket_number')")
        last = cursor.fetchone()[0]
    TicketFactory.create(number=f"T{last + 1}")

    ticket = open_ticket(
        new=NewTicket(client_id=client.pk, subject="Printer"), actor=technician, now=NOW
    )

    assert ticket.number == f"T{last + 2}"


def test_a_contact_of_another_client_is_refused(technician: User) -> None:
    client = ClientFactory.create()
    stranger = ContactFactory.create()
    new = NewTicket(client_id=client.pk, subject="Printer", contact_id=stranger.pk)

    with pytest.raises(NotOfThisClient) as refused:
        open_ticket(new=new, actor=technician, now=NOW)

    assert refused.value.field == "contact"
    assert not Ticket.objects.exists()


def test_a_ticket_needs_a_subject(technician: User) -> None:
    client = ClientFactory.create()

    with pytest.raises(SubjectMissing):
        open_ticket(new=NewTicket(client_id=client.pk, subject="  "), actor=technician, now=NOW)


def test_only_the_firms_people_can_be_assigned(technician: User) -> None:
    client = ClientFactory.create()
    contact = UserFactory.create(portal=True)
    new = NewTicket(client_id=client.pk, subject="Printer", assignee_id=contact.pk)

    with pytest.raises(NotAssignable):
        open_ticket(new=new, actor=technician, now=NOW)


def test_a_contact_opens_tickets_for_their_own_company(client_contact: User) -> None:
    company = client_contact.contact.client

    ticket = open_ticket(
        new=NewTicket(client_id=company.pk, subject="No mail"), actor=client_contact, now=NOW
    )

    assert ticket.client == company


def test_a_contact_cannot_open_a_ticket_for_another_company(
    client_contact: User, outsider: User
) -> None:
    new = NewTicket(client_id=outsider.contact.client.pk, subject="No mail")

    with pytest.raises(Client.DoesNotExist):
        open_ticket(new=new, actor=client_contact, now=NOW)
