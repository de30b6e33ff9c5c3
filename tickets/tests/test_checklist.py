"""A ticket's checklist: what is to be done, who did it."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from tickets.models import ChecklistItem, Ticket
from tickets.operations.add_to_checklist import add_to_checklist
from tickets.operations.tick_checklist_item import tick_checklist_item
from tickets.refusals import ChecklistTooLong, NotForClients, NothingToSave
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory

HTMX = {"HX-Request": "true"}


def points_of(ticket: Ticket) -> list[str]:
    return [item.text for item in ticket.checklist.all()]


def test_pasted_lines_become_points_in_their_order(as_technician: Browser, ticket: Ticket) -> None:
    url = reverse("tickets:checklist-add", args=[ticket.pk])
    as_technician.post(url, {"points": "Back up\n\n  Update  \r\nRestart"})

    shown = as_technician.post(url, {"points": "Tell the client"}, headers=HTMX)

    assert points_of(ticket) == ["Back up", "Update", "Restart", "Tell the client"]
    assert 'id="ticket-checklist"' in shown.content.decode()
    assert "<html" not in shown.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (" \n ", "Say what is to be done."),
        ("x" * 201, "One point has at most 200 characters."),
        ("\n".join("x" * 101), "A checklist has at most 100 points."),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_cannot_be_added_is_told_and_kept(
    as_technician: Browser, ticket: Ticket, typed: str, told: str, headers: dict[str, str]
) -> None:
    answer = as_technician.post(
        reverse("tickets:checklist-add", args=[ticket.pk]), {"points": typed}, headers=headers
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert told in shown
    assert typed.strip().splitlines()[:1] == [] or typed.splitlines()[0] in shown
    assert points_of(ticket) == []


def test_a_point_is_ticked_by_whoever_did_it_first_and_can_be_opened_again(
    ticket: Ticket, technician: User
) -> None:
    [item] = add_to_checklist(ticket_id=ticket.pk, texts=["Back up"], actor=technician)
    colleague = UserFactory.create(role="technician")
    tick_checklist_item(item_id=item.pk, is_done=True, actor=technician, now=NOW)

    again = tick_checklist_item(
        item_id=item.pk, is_done=True, actor=colleague, now=NOW + timedelta(hours=1)
    )
    first = (again.done_by, again.done_at)
    opened = tick_checklist_item(item_id=item.pk, is_done=False, actor=colleague, now=NOW)

    assert first == (technician, NOW)
    assert (opened.done_by, opened.is_done) == (None, False)


def test_ticking_and_taking_out_on_the_page(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    first, second = add_to_checklist(
        ticket_id=ticket.pk, texts=["Back up", "Update"], actor=technician
    )

    as_technician.post(reverse("tickets:checklist-tick", args=[first.pk]), {"done": "yes"})
    as_technician.post(reverse("tickets:checklist-remove", args=[second.pk]), headers=HTMX)

    first.refresh_from_db()
    assert first.done_by == technician
    assert points_of(ticket) == ["Back up"]


def test_clients_neither_see_nor_change_it(
    technician: User, client_contact: User, firm: object
) -> None:
    ticket = TicketFactory.create(client=client_contact.contact.client)
    [item] = add_to_checklist(ticket_id=ticket.pk, texts=["Back up"], actor=technician)

    with pytest.raises(NotForClients):
        add_to_checklist(ticket_id=ticket.pk, texts=["Mine"], actor=client_contact)

    assert not ChecklistItem.objects.visible_to(client_contact).exists()
    assert points_of(ticket) == [item.text]


def test_programs_add_tick_and_take_out(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    made = as_technician.post(
        reverse("api:checklist-item-list"), {"ticket": ticket.pk, "text": "Back up"}
    ).json()
    url = reverse("api:checklist-item-detail", args=[made["id"]])

    ticked = as_technician.patch(url, {"is_done": True}, content_type="application/json").json()
    gone = as_technician.delete(url)

    assert (made["position"], made["is_done"]) == (1, False)
    assert (ticked["is_done"], ticked["done_by"]) == (True, technician.pk)
    assert (gone.status_code, points_of(ticket)) == (204, [])


def test_an_empty_list_adds_nothing(ticket: Ticket, technician: User) -> None:
    with pytest.raises(NothingToSave):
        add_to_checklist(ticket_id=ticket.pk, texts=[], actor=technician)
    with pytest.raises(ChecklistTooLong):
        add_to_checklist(ticket_id=ticket.pk, texts=["x" * 201], actor=technician)
