"""Tickets that have to do with one another, and tickets that are parts of others."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from tickets.models import Ticket, TicketLink
from tickets.operations.link_tickets import link_tickets
from tickets.operations.open_ticket import NewTicket, open_ticket
from tickets.queries.linked import linked_to
from tickets.refusals import LinkImpossible
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def other(ticket: Ticket) -> Ticket:
    """Another ticket of the same client."""
    made: Ticket = TicketFactory.create(client=ticket.client, subject="The same again")
    return made


def link(ticket: Ticket, other: Ticket, actor: User, kind: str = "related") -> TicketLink:
    return link_tickets(
        ticket_id=ticket.pk, number=other.number.lower(), kind=kind, actor=actor, now=NOW
    )


def test_both_tickets_show_the_link(ticket: Ticket, other: Ticket, technician: User) -> None:
    link(ticket, other, technician)

    assert [(one.ticket, one.side) for one in linked_to(ticket, technician)] == [(other, "related")]
    assert [(one.ticket, one.side) for one in linked_to(other, technician)] == [(ticket, "related")]


def test_a_part_and_its_whole_show_each_other(
    ticket: Ticket, other: Ticket, technician: User
) -> None:
    link(ticket, other, technician, "part_of")

    assert [(one.ticket, one.side) for one in linked_to(ticket, technician)] == [(other, "whole")]
    assert [(one.ticket, one.side) for one in linked_to(other, technician)] == [(ticket, "part")]


def test_a_sub_ticket_is_opened_as_a_part(ticket: Ticket, technician: User) -> None:
    new = NewTicket(client_id=ticket.client_id, subject="Order the disk", part_of_id=ticket.pk)

    part = open_ticket(new=new, actor=technician, now=NOW)

    assert [one.ticket for one in linked_to(ticket, technician)] == [part]


def test_what_cannot_be_linked_is_refused(ticket: Ticket, other: Ticket, technician: User) -> None:
    strangers = TicketFactory.create()
    link(ticket, other, technician, "part_of")

    for wrong, part, kind in (
        (ticket, ticket, "related"),
        (ticket, strangers, "related"),
        (ticket, other, "related"),
        (other, ticket, "related"),
        (ticket, TicketFactory.create(client=ticket.client), "part_of"),
    ):
        with pytest.raises(LinkImpossible):
            link(wrong, part, technician, kind)
    assert TicketLink.objects.count() == 1


def test_no_ticket_is_part_of_its_own_part(ticket: Ticket, other: Ticket, technician: User) -> None:
    third = TicketFactory.create(client=ticket.client)
    link(ticket, other, technician, "part_of")
    link(other, third, technician, "part_of")

    with pytest.raises(LinkImpossible, match="its own part"):
        link(third, ticket, technician, "part_of")


def test_linking_on_the_page_and_taking_it_away(
    as_technician: Browser, ticket: Ticket, other: Ticket
) -> None:
    url = reverse("tickets:link-add", args=[ticket.pk])
    wrong = as_technician.post(url, {"kind": "related", "number": "T0"}, headers=HTMX)
    made = as_technician.post(url, {"kind": "related", "number": other.number}, headers=HTMX)
    found = TicketLink.objects.get()

    gone = as_technician.post(reverse("tickets:link-remove", args=[found.pk]), {"from": other.pk})

    assert wrong.status_code == 422
    assert "There is no ticket with this number." in wrong.content.decode()
    assert "The same again" in made.content.decode()
    assert gone.headers["Location"] == other.get_absolute_url()
    assert not TicketLink.objects.exists()


def test_a_sub_ticket_from_the_page(as_technician: Browser, ticket: Ticket) -> None:
    address = reverse("tickets:ticket-create")
    asked = as_technician.get(address, {"client": ticket.client_id, "part_of": ticket.pk})
    form = asked.context["form"]
    said = {name: form[name].value() or "" for name in form.fields}

    as_technician.post(
        address,
        {**said, "subject": "Order the disk", "part_of": ticket.pk, "time-is_billable": "on"},
    )

    link = TicketLink.objects.get()
    assert (link.ticket.subject, link.other, link.is_part) == ("Order the disk", ticket, True)


def test_a_clients_people_see_no_links(
    client_contact: User, technician: User, firm: object
) -> None:
    first, second = TicketFactory.create_batch(2, client=client_contact.contact.client)
    link(first, second, technician)

    assert not TicketLink.objects.visible_to(client_contact).exists()


def test_programs_link_and_unlink(as_technician: Browser, ticket: Ticket, other: Ticket) -> None:
    made = as_technician.post(
        reverse("api:ticket-link-list"), {"ticket": ticket.pk, "other": other.pk}
    )
    gone = as_technician.delete(reverse("api:ticket-link-detail", args=[made.json()["id"]]))

    assert (made.status_code, made.json()["kind"]) == (201, "related")
    assert (gone.status_code, TicketLink.objects.count()) == (204, 0)
