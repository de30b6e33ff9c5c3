"""A dry run of much says what it did not see; a skill is asked of everybody or of a group."""

from datetime import UTC, datetime

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from tests.plugins.cast import SignIn
from tickets.models import AutomationRule
from tickets.queries import past_happenings
from tickets.tests.factories import NoteFactory, TechnicianGroupFactory, TicketFactory
from tickets.tests.test_rule_pages import FORM
from tickets.tests.test_rules import rule

pytestmark = pytest.mark.usefixtures("firm")
MARCH = {"since": "2026-03-01", "until": "2026-03-31"}


@pytest.fixture
def desk(manager: User, sign_in: SignIn) -> Browser:
    """The browser of a manager, who may write rules."""
    return sign_in(manager)


def test_a_dry_run_that_sees_only_the_end_of_the_period_says_from_when_on(
    desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three tickets of the 4th, 5th and 6th the latest two are looked at."""
    monkeypatch.setattr(past_happenings, "MOST", 2)
    days = [datetime(2026, 3, day, 9, tzinfo=UTC) for day in (4, 5, 6)]
    for day in days:
        TicketFactory.create(opened_at=day)
    made = rule(("priority", "1_urgent"))

    answer = desk.get(made.get_absolute_url(), MARCH)

    assert [one.at for one in answer.context["tried"].matches] == [days[2], days[1]]
    assert "only what came after 5 Mar 2026, 10:00 was seen" in answer.text


def test_a_dry_run_says_so_too_where_most_of_what_it_read_was_nothing_for_the_rule(
    desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads four notes, all of the firm's; the client's answer lies before them."""
    monkeypatch.setattr(past_happenings, "MOST", 1)
    ticket = TicketFactory.create(opened_at=datetime(2026, 3, 2, tzinfo=UTC))
    for day in range(3, 9):
        NoteFactory.create(
            ticket=ticket, is_public=True, written_at=datetime(2026, 3, day, tzinfo=UTC)
        )
    made = rule(("priority", "1_urgent"), when="replied")

    tried = desk.get(made.get_absolute_url(), MARCH).context["tried"]

    assert (tried.is_cut, tried.complete_since) == (True, datetime(2026, 3, 5, tzinfo=UTC))


def test_the_form_of_a_skill_asks_of_whom(desk: Browser) -> None:
    group = TechnicianGroupFactory.create(name="First line")
    asked = {**FORM, "then-0-verb": "by_skill", "then-0-value": "", "then-0-group": group.pk}

    desk.post(reverse("automation:rule-create"), asked)

    made = AutomationRule.objects.get()
    form = desk.get(reverse("automation:rule-edit", args=[made.pk])).context["builder"]
    page = desk.get(made.get_absolute_url()).text
    assert made.actions[0] == {"verb": "by_skill", "value": f"@{group.pk}"}
    assert form.actions[0]["group"].value() == str(group.pk)
    assert "assign by skill: what its category asks for, within First line" in page
