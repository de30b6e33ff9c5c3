"""Tags: words that people put on tickets to find them again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import LegalEntityFactory
from tickets.domain.tags import tag_names
from tickets.models import Tag, Ticket
from tickets.operations.retag_ticket import retag_ticket
from tickets.refusals import Refusal, TooManyTags
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory


def names(ticket: Ticket) -> list[str]:
    return [tag.name for tag in ticket.tags.all()]


def test_tags_are_written_small_with_single_blanks_and_once() -> None:
    assert tag_names(["  #VIP ,vip,  on   Site,,"]) == ["vip", "on site"]


def test_tags_are_put_on_and_taken_off(ticket: Ticket, technician: User) -> None:
    retag_ticket(ticket_id=ticket.pk, actor=technician, now=NOW, add=["VIP, printer"])
    retag_ticket(
        ticket_id=ticket.pk, actor=technician, now=NOW, add=["network"], remove=["printer"]
    )

    assert names(ticket) == ["network", "vip"]


def test_the_same_tag_twice_is_one(ticket: Ticket, technician: User) -> None:
    for _ in range(2):
        retag_ticket(ticket_id=ticket.pk, actor=technician, now=NOW, add=["VIP"])

    assert names(ticket) == ["vip"]
    assert Tag.objects.count() == 1


@pytest.mark.parametrize("typed", ["x" * 41, ",".join(f"tag {n}" for n in range(21))])
def test_too_many_or_too_long_tags_are_refused_and_none_is_kept(
    ticket: Ticket, technician: User, typed: str
) -> None:
    with pytest.raises(TooManyTags):
        retag_ticket(ticket_id=ticket.pk, actor=technician, now=NOW, add=[typed])

    assert names(ticket) == []


def test_a_client_tags_nothing(ticket: Ticket, client_contact: User) -> None:
    with pytest.raises(Refusal):
        retag_ticket(ticket_id=ticket.pk, actor=client_contact, now=NOW, add=["vip"])


def test_the_page_shows_and_changes_tags(as_technician: Browser, ticket: Ticket) -> None:
    url = reverse("tickets:ticket-tags", args=[ticket.pk])

    back = as_technician.post(url, {"tags": "vip, printer"})
    part = as_technician.post(url, {"remove": "vip"}, headers={"HX-Request": "true"})

    assert back["Location"] == ticket.get_absolute_url()
    assert "printer" in part.content.decode()
    assert "Take off vip" not in part.content.decode()
    assert names(ticket) == ["printer"]


def test_a_refused_tag_stays_in_the_field_with_the_reason(
    as_technician: Browser, ticket: Ticket
) -> None:
    url = reverse("tickets:ticket-tags", args=[ticket.pk])

    answer = as_technician.post(url, {"tags": "y" * 41})

    assert answer.status_code == 422
    assert "A tag has at most 40 characters." in answer.content.decode()
    assert "y" * 41 in answer.content.decode()


def test_the_list_is_narrowed_to_a_tag(
    as_technician: Browser, ticket: Ticket, technician: User
) -> None:
    TicketFactory.create(subject="without")
    retag_ticket(ticket_id=ticket.pk, actor=technician, now=NOW, add=["vip"])

    listed = as_technician.get(f"/tickets/?scope=all&tag={Tag.objects.get().pk}")

    assert [row.subject for row in listed.context["listing"].rows] == [ticket.subject]


@pytest.mark.django_db(transaction=True)
def test_two_who_tag_at_once_both_get_what_they_wanted() -> None:
    LegalEntityFactory.create()
    person: User = UserFactory.create(role="technician")
    first, second = TicketFactory.create(), TicketFactory.create()

    def tag(pair: tuple[int, str]) -> None:
        try:
            retag_ticket(ticket_id=pair[0], actor=person, now=NOW, add=["vip", pair[1]])
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(tag, [(first.pk, "one"), (first.pk, "two"), (second.pk, "three")]))

    assert names(first) == ["one", "two", "vip"]
    assert names(second) == ["three", "vip"]
