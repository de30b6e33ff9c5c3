"""Answers kept ready, and how their places are filled in."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.models import LegalEntity
from clients.tests.factories import ContactFactory
from tickets.domain.placeholders import NAMES, fill, unknown_places
from tickets.models import CannedReply, Ticket

HTMX = {"HX-Request": "true"}


def keep(title: str = "Hello", body: str = "Hello {first_name}", **fields: object) -> CannedReply:
    return CannedReply.objects.create(title=title, body=body, **fields)


def test_known_places_are_filled_and_others_stay() -> None:
    assert fill("{client}: {what} {", {"client": "Alpha"}) == "Alpha: {what} {"
    assert unknown_places("{contact} {kontact} {kontact} {x1}") == ["kontact"]


@given(st.text(), st.sampled_from(NAMES))
def test_what_is_filled_in_is_never_read_again(value: str, name: str) -> None:
    assert fill(f"{{{name}}}", {name: value}) == value


def test_a_reply_is_put_under_what_is_typed_with_its_places_filled(
    as_technician: Browser, technician: User, ticket: Ticket, firm: LegalEntity
) -> None:
    ticket.contact = ContactFactory.create(client=ticket.client, first_name="Zoé")
    ticket.save()
    reply = keep(body="Hello {first_name}, {ticket} is with {technician} of {firm}.")

    answer = as_technician.post(
        reverse("tickets:reply-insert", args=[ticket.pk]),
        {"canned": reply.pk, "note-body": "First.", "time-minutes": "20", "note-is_public": "no"},
        headers=HTMX,
    )

    composer = answer.context["composer"]
    filled = f"Hello Zoé, {ticket.number} is with {technician} of {firm.name}."
    assert composer.note["body"].value() == f"First.\n\n{filled}"
    assert composer.time["minutes"].value() == "20"
    assert composer.note["is_public"].value() == "no"
    assert "<html" not in answer.content.decode()
    assert not ticket.notes.exists()


def test_nothing_chosen_changes_nothing(as_technician: Browser, ticket: Ticket) -> None:
    answer = as_technician.post(
        reverse("tickets:reply-insert", args=[ticket.pk]), {"canned": "", "note-body": "First."}
    )

    assert answer.context["composer"].note["body"].value() == "First."


def test_replies_are_for_all_or_for_oneself(technician: User, client_contact: User) -> None:
    keep("for all")
    keep("mine", owner=technician)
    keep("a colleague's", owner=UserFactory.create(role="technician"))

    seen = CannedReply.objects.visible_to(technician).values_list("title", flat=True)

    assert list(seen) == ["for all", "mine"]
    assert not CannedReply.objects.visible_to(client_contact).exists()


def test_a_reply_is_kept_changed_and_thrown_away(
    as_technician: Browser, technician: User, firm: LegalEntity
) -> None:
    as_technician.post(
        reverse("tickets:reply-create"), {"title": "Hi", "body": "Hi {contact}", "is_mine": "on"}
    )
    reply = CannedReply.objects.get()
    owner = reply.owner
    listed = as_technician.get(reverse("tickets:replies")).content.decode()

    as_technician.post(reply.get_absolute_url(), {"title": "Hi", "body": "Hi {client}"})
    reply.refresh_from_db()
    as_technician.post(reverse("tickets:reply-delete", args=[reply.pk]))

    assert owner == technician
    assert "Hi {contact}" in listed
    assert (reply.body, reply.owner) == ("Hi {client}", None)
    assert not CannedReply.objects.exists()


def test_a_place_that_nothing_fills_is_refused(as_technician: Browser, firm: LegalEntity) -> None:
    answer = as_technician.post(
        reverse("tickets:reply-create"), {"title": "Hi", "body": "Hi {kontact}"}
    )

    assert answer.status_code == 422
    assert "Nothing fills {kontact}." in answer.content.decode()
    assert not CannedReply.objects.exists()


@pytest.mark.parametrize("name", ["reply-edit", "reply-delete"])
def test_a_colleagues_own_reply_is_not_there(
    as_technician: Browser, firm: LegalEntity, name: str
) -> None:
    theirs = keep(owner=UserFactory.create(role="technician"))

    assert as_technician.post(reverse(f"tickets:{name}", args=[theirs.pk])).status_code == 404


def test_programs_read_and_keep_replies(as_technician: Browser, technician: User) -> None:
    keep("a colleague's", owner=UserFactory.create(role="technician"))
    made = as_technician.post(
        reverse("api:canned-reply-list"), {"title": "Hi", "body": "Hi {client}", "is_mine": True}
    )
    wrong = as_technician.post(
        reverse("api:canned-reply-list"), {"title": "Hi", "body": "Hi {kontact}"}
    )

    listed = as_technician.get(reverse("api:canned-reply-list")).json()["results"]

    assert (made.status_code, wrong.status_code) == (201, 400)
    assert [(one["title"], one["is_mine"]) for one in listed] == [("Hi", True)]
