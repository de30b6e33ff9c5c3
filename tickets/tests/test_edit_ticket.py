"""Changing what is said about a ticket, and who works on it."""

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import ClientFactory, ContactFactory, SiteFactory
from tickets.models import Ticket
from tickets.operations.assign_ticket import assign_ticket
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.take_ticket import take_ticket
from tickets.refusals import NotAssignable, NotForClients, NotOfThisClient, TicketHasWork
from tickets.tests.conftest import NOW
from tickets.tests.factories import TimeEntryFactory


def test_only_the_named_properties_change(ticket: Ticket, technician: User) -> None:
    contact = ContactFactory.create(client=ticket.client)

    edit_ticket(
        ticket_id=ticket.pk,
        changes={"priority": "1_urgent", "contact_id": contact.pk},
        actor=technician,
        now=NOW,
    )

    ticket.refresh_from_db()
    assert (ticket.priority, ticket.contact) == ("1_urgent", contact)
    assert ticket.subject == "Laptop does not start"


def test_a_site_of_another_client_is_refused(ticket: Ticket, technician: User) -> None:
    elsewhere = SiteFactory.create()

    with pytest.raises(NotOfThisClient):
        edit_ticket(
            ticket_id=ticket.pk, changes={"site_id": elsewhere.pk}, actor=technician, now=NOW
        )

    ticket.refresh_from_db()
    assert ticket.site is None


def test_a_ticket_without_work_moves_and_leaves_the_first_clients_people_behind(
    ticket: Ticket, technician: User
) -> None:
    ticket.contact = ContactFactory.create(client=ticket.client)
    ticket.save()
    right = ClientFactory.create()

    edit_ticket(ticket_id=ticket.pk, changes={"client_id": right.pk}, actor=technician, now=NOW)

    ticket.refresh_from_db()
    assert (ticket.client, ticket.contact) == (right, None)


def test_a_ticket_with_work_stays_with_its_client(ticket: Ticket, technician: User) -> None:
    TimeEntryFactory.create(ticket=ticket)
    first, other = ticket.client, ClientFactory.create()

    with pytest.raises(TicketHasWork):
        edit_ticket(ticket_id=ticket.pk, changes={"client_id": other.pk}, actor=technician, now=NOW)

    ticket.refresh_from_db()
    assert ticket.client == first


def test_a_contact_edits_no_properties(ticket: Ticket, client_contact: User) -> None:
    with pytest.raises(NotForClients):
        edit_ticket(
            ticket_id=ticket.pk, changes={"priority": "1_urgent"}, actor=client_contact, now=NOW
        )


def test_a_ticket_is_taken_and_given_away(ticket: Ticket, technician: User) -> None:
    colleague = UserFactory.create(role="technician")

    taken = take_ticket(ticket_id=ticket.pk, actor=technician, now=NOW)
    given = assign_ticket(ticket_id=ticket.pk, assignee_id=colleague.pk, actor=technician, now=NOW)
    freed = assign_ticket(ticket_id=ticket.pk, assignee_id=None, actor=technician, now=NOW)

    assert (taken.assignee, given.assignee, freed.assignee) == (technician, colleague, None)


def test_somebody_who_has_left_cannot_be_assigned(ticket: Ticket, technician: User) -> None:
    gone = UserFactory.create(role="technician", is_active=False)

    with pytest.raises(NotAssignable):
        assign_ticket(ticket_id=ticket.pk, assignee_id=gone.pk, actor=technician, now=NOW)
