"""Followers in rules, in the list of tickets, and for programs."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.models import PortalScope
from clients.tests.factories import ContactFactory
from tickets.domain.rules import Action, Happening, Property, Rule, Verb, When, foretell
from tickets.models import (
    FollowNotice,
    FollowSource,
    RuleRun,
    SavedView,
    Ticket,
    TicketFollower,
)
from tickets.operations.add_follower import add_follower
from tickets.operations.change_status import change_status
from tickets.operations.edit_ticket import edit_ticket
from tickets.tests.factories import TicketFactory, TicketStatusFactory
from tickets.tests.test_rules import NOW, asks, follow, opened, rule, told

pytestmark = pytest.mark.usefixtures("firm")


@pytest.fixture
def watched(technician: User) -> Ticket:
    ticket: Ticket = TicketFactory.create(subject="watched")
    TicketFactory.create(subject="of nobody's interest")
    add_follower(ticket_id=ticket.pk, person_id=technician.pk, actor=technician, now=NOW)
    return ticket


def test_a_rule_lets_somebody_follow_and_tells_them(technician: User) -> None:
    lead = UserFactory.create(role="manager", email="lead@firm.example")
    rule(("follow", lead.pk))

    ticket = opened(technician)

    row = TicketFollower.objects.get(ticket=ticket)
    assert (row.person, row.source, row.added_by) == (lead, FollowSource.RULE, None)
    assert told(RuleRun.objects.get()) == [("follow", "done", "")]
    assert FollowNotice.objects.get().person == lead


def test_who_follows_already_is_not_told_twice(technician: User) -> None:
    rule(("follow", technician.pk), when="updated")
    ticket = opened(technician)
    add_follower(ticket_id=ticket.pk, person_id=technician.pk, actor=technician, now=NOW)

    edit_ticket(ticket_id=ticket.pk, changes={"subject": "No light"}, actor=technician, now=NOW)
    follow()

    assert told(RuleRun.objects.get()) == [("follow", "skipped", "same")]
    assert not FollowNotice.objects.exists()


def test_who_has_left_is_not_made_to_follow(technician: User) -> None:
    gone = UserFactory.create(role="technician", is_active=False)
    rule(("follow", gone.pk))

    opened(technician)

    assert told(RuleRun.objects.get()) == [("follow", "failed", "not_active")]
    assert not TicketFollower.objects.exists()


def test_a_rule_asks_who_follows(technician: User, watched: Ticket) -> None:
    other = Ticket.objects.exclude(pk=watched.pk).get()
    rule(
        ("note", "The lead watches this."),
        when="updated",
        conditions=[asks("follower", "is", technician.pk)],
    )

    for ticket in (watched, other):
        edit_ticket(ticket_id=ticket.pk, changes={"subject": "New"}, actor=technician, now=NOW)
    follow()

    assert RuleRun.objects.get().ticket == watched


def test_a_rule_that_lets_follow_sets_off_no_other_rule() -> None:
    follows = Rule(pk=1, when=When.CREATED, actions=(Action(Verb.FOLLOW, "5"),))
    any_change = Rule(pk=2, when=When.UPDATED, actions=(Action(Verb.NOTE, "Changed"),))
    facts = {Property.FOLLOWER: frozenset[str]()}

    steps = foretell([follows, any_change], facts, Happening(When.CREATED))

    assert [one.rule.pk for one in steps] == [1]


def test_the_list_shows_the_open_tickets_that_one_follows(
    as_technician: Browser, watched: Ticket, technician: User
) -> None:
    page = as_technician.get(reverse("tickets:tickets"), {"scope": "followed"})
    done = TicketStatusFactory.create(code="closed")
    change_status(ticket_id=watched.pk, status_id=done.pk, actor=technician, now=NOW)
    after = as_technician.get(reverse("tickets:tickets"), {"scope": "followed"})

    assert ("watched" in page.text, "of nobody" in page.text) == (True, False)
    assert "watched" not in after.text


def test_a_shared_view_of_followed_tickets_shows_everybody_their_own(
    sign_in: type, watched: Ticket, technician: User
) -> None:
    colleague = UserFactory.create(role="technician")
    view = SavedView.objects.create(
        name="What I follow", owner=technician, is_shared=True, filters={"scope": "followed"}
    )
    asked = {"view": view.pk, "scope": "followed"}

    mine = sign_in(technician).get(reverse("tickets:tickets"), asked).text
    theirs = sign_in(colleague).get(reverse("tickets:tickets"), asked).text

    assert ("watched" in mine, "watched" in theirs) == (True, False)


def test_a_program_asks_for_what_somebody_follows(
    as_technician: Browser, watched: Ticket, technician: User
) -> None:
    answer = as_technician.get(reverse("api:ticket-list"), {"follower": technician.pk})

    nobody = as_technician.get(reverse("api:ticket-list"), {"follower": "9" * 30})

    assert [one["id"] for one in answer.json()["results"]] == [watched.pk]
    assert (nobody.status_code, nobody.json()["results"]) == (200, [])


def test_a_client_does_not_learn_who_of_the_firm_follows(
    sign_in: type, watched: Ticket, technician: User
) -> None:
    person = UserFactory.create(portal=True, role="client-everything")
    ContactFactory.create(client=watched.client, user=person, portal_scope=PortalScope.EVERYTHING)
    browser: Browser = sign_in(person)
    address = reverse("api:ticket-list")

    seen = browser.get(address).json()["results"]
    narrowed = browser.get(address, {"follower": technician.pk}).json()["results"]

    assert ([one["id"] for one in seen], narrowed) == ([watched.pk], [])
