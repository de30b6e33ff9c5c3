"""What is done to several tickets at once: each refusal is told, the others are done."""

import pytest
from django.test import Client as Browser

from accounts.models import User
from tests.plugins.cast import SignIn
from tickets.models import Ticket, TicketMerge
from tickets.operations.merge_tickets import merge_tickets
from tickets.operations.retag_ticket import retag_ticket
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory

CHANGE = "/tickets/change/"


def changes(*tickets: Ticket, **said: str) -> dict[str, object]:
    asked = {"priority": "", "add": "", "remove": "", "into": "", **said}
    return {"selected": [one.pk for one in tickets], **asked}


def test_priority_and_tags_of_several_tickets_change(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    other = TicketFactory.create()
    retag_ticket(ticket_id=other.pk, actor=technician, now=NOW, add=["old"])

    answer = as_technician.post(
        CHANGE, changes(ticket, other, priority="1_urgent", add="vip", remove="old")
    )

    assert answer.status_code == 302
    assert set(Ticket.objects.values_list("priority", flat=True)) == {"1_urgent"}
    assert [[tag.name for tag in one.tags.all()] for one in (ticket, other)] == [["vip"], ["vip"]]


def test_several_tickets_are_merged_and_each_refusal_is_listed_with_its_reason(
    as_technician: Browser, ticket: Ticket
) -> None:
    same = TicketFactory.create(client=ticket.client)
    strange = TicketFactory.create()

    answer = as_technician.post(CHANGE, changes(ticket, same, strange, into=ticket.number))

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f"{ticket.number} is another client" in shown
    assert strange.number in shown
    assert [one.ticket for one in TicketMerge.objects.all()] == [same]


def test_all_that_the_filter_leaves_is_changed_and_nothing_else(
    as_technician: Browser, firm: object
) -> None:
    TicketFactory.create_batch(60, priority="4_low")
    other = TicketFactory.create()

    as_technician.post(
        CHANGE, {**changes(priority="2_high"), "all": "yes", "query": "scope=open&priority=4_low"}
    )

    other.refresh_from_db()
    assert Ticket.objects.filter(priority="2_high").count() == 60
    assert other.priority == "3_normal"


def test_the_list_offers_all_where_a_page_does_not_hold_them(
    as_technician: Browser, firm: object
) -> None:
    TicketFactory.create_batch(50)
    few = as_technician.get("/tickets/?scope=open").content.decode()
    TicketFactory.create()

    many = as_technician.get("/tickets/?scope=open").content.decode()

    assert 'name="all"' not in few
    assert 'name="all"' in many


def test_a_ticket_that_goes_on_elsewhere_is_not_closed_and_the_others_are(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    into = TicketFactory.create(client=ticket.client)
    merge_tickets(ticket_id=ticket.pk, number=into.number, actor=technician, now=NOW)

    answer = as_technician.post("/tickets/close/", {"selected": [ticket.pk, into.pk]})

    into.refresh_from_db()
    assert ticket.number in answer.content.decode()
    assert into.is_closed


def test_nothing_to_change_is_asked_again(as_technician: Browser, ticket: Ticket) -> None:
    answer = as_technician.post(CHANGE, changes(ticket))

    assert answer.status_code == 422
    assert "Say what is to change." in answer.content.decode()


def test_the_form_names_the_tickets_before_anything_is_done(
    as_technician: Browser, ticket: Ticket
) -> None:
    answer = as_technician.post(CHANGE, {"selected": [ticket.pk]})

    assert answer.status_code == 200
    assert str(ticket) in answer.content.decode()


@pytest.mark.parametrize("said", [{"add": ["VIP"]}, {"add": ["vip"], "remove": ["old"]}])
def test_programs_tag_tickets_and_mark_them_unread(
    sign_in: SignIn, technician: User, ticket: Ticket, said: dict[str, list[str]]
) -> None:
    browser, url = sign_in(technician), f"/api/v1/tickets/{ticket.pk}/"

    tagged = browser.post(f"{url}tags/", said, content_type="application/json")
    unread = browser.post(f"{url}unread/")

    assert tagged.json() == {"tags": ["vip"]}
    assert unread.status_code == 204
