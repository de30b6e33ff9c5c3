"""Rules at work: what they do to tickets, once each, and what the log says of it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import ClientFactory, ContactFactory
from core.outbox import OutboxState
from tickets.domain.rules import MOST_STEPS
from tickets.models import (
    AutomationRule,
    CannedReply,
    Note,
    OutboundMail,
    RuleNotice,
    RuleOccurrence,
    RuleRun,
    StatusChange,
    Ticket,
)
from tickets.operations._opening import NewTicket
from tickets.operations.deliver_notice import deliver_notice
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.follow_occurrence import follow_occurrence
from tickets.operations.open_ticket import open_ticket
from tickets.operations.write_note import write_note
from tickets.queries.due_rules import due_occurrences
from tickets.tests.factories import (
    AutomationRuleFactory,
    CategoryFactory,
    MailboxFactory,
    TagFactory,
    TicketFactory,
    TicketStatusFactory,
)

NOW = datetime(2026, 3, 31, 8, tzinfo=UTC)  # Tuesday, 10:00 in Paris


def rule(*actions: tuple[str, Any], **facts: Any) -> AutomationRule:
    made: AutomationRule = AutomationRuleFactory.create(
        actions=[{"verb": verb, "value": str(value)} for verb, value in actions], **facts
    )
    return made


def asks(name: str, test: str, *values: Any) -> dict[str, Any]:
    return {"property": name, "test": test, "values": [str(one) for one in values]}


def follow(now: datetime = NOW) -> int:
    """Let the rules be asked until nothing is left; return how often they were."""
    count = 0
    while due := due_occurrences(now, 50):
        for pk in due:
            follow_occurrence(occurrence_id=pk, now=now)
            count += 1
    return count


def opened(actor: User, **facts: Any) -> Ticket:
    client = facts.pop("client", None) or ClientFactory.create()
    new = NewTicket(client_id=client.pk, subject=facts.pop("subject", "No network"), **facts)
    ticket = open_ticket(new=new, actor=actor, now=NOW)
    follow()
    ticket.refresh_from_db()
    return ticket


def told(run: RuleRun) -> list[tuple[str, str, str]]:
    return [(one["verb"], one["outcome"], one["reason"]) for one in run.done]


pytestmark = pytest.mark.usefixtures("firm")


def test_without_a_rule_that_waits_for_it_nothing_is_written_down(technician: User) -> None:
    rule(("priority", "1_urgent"), is_active=False)
    rule(("priority", "1_urgent"), when="replied")

    opened(technician)

    assert not RuleOccurrence.objects.exists()


def test_a_new_ticket_is_treated_as_the_rules_say(technician: User) -> None:
    category, tag = CategoryFactory.create(), TagFactory.create()
    rule(
        ("priority", "1_urgent"),
        ("category", category.pk),
        ("tag", tag.pk),
        ("note", "Call back within the hour."),
        ("checklist", "Ring\nWrite\n"),
        conditions=[asks("subject", "contains", "network")],
    )

    ticket = opened(technician)

    assert (ticket.priority, ticket.category) == ("1_urgent", category)
    assert [one.tag for one in ticket.ticket_tags.all()] == [tag]
    assert [one.text for one in ticket.checklist.all()] == ["Ring", "Write"]
    note = ticket.notes.get()
    assert (note.body, note.is_public, note.is_by_rule) == (
        "Call back within the hour.",
        False,
        True,
    )


def test_a_ticket_that_the_conditions_leave_out_is_left_alone(technician: User) -> None:
    rule(("priority", "1_urgent"), conditions=[asks("subject", "contains", "printer")])

    assert opened(technician).priority == "3_normal"
    assert not RuleRun.objects.exists()


def test_the_log_says_what_was_seen_and_what_was_done(technician: User) -> None:
    made = rule(
        ("priority", "1_urgent"),
        ("board", 999_999),
        conditions=[asks("assignee", "empty"), asks("source", "is", "desk", "mail")],
    )

    ticket = opened(technician)

    run = RuleRun.objects.get()
    assert (run.rule, run.ticket, run.ran_at, run.outcome) == (made, ticket, NOW, "partly")
    assert told(run) == [("priority", "done", ""), ("board", "failed", "gone")]
    assert [(one["property"], one["found"], one["holds"]) for one in run.seen] == [
        ("assignee", [], True),
        ("source", ["desk"], True),
    ]


def test_rules_are_asked_in_their_order_until_one_stops(technician: User) -> None:
    rule(("priority", "2_high"), position=1)
    rule(("priority", "1_urgent"), position=2, stops=True)
    rule(("priority", "4_low"), position=3)

    assert opened(technician).priority == "1_urgent"
    assert RuleRun.objects.count() == 2


def test_a_rule_sees_what_the_one_before_it_did(technician: User) -> None:
    rule(("assign", technician.pk), position=1)
    rule(("priority", "1_urgent"), position=2, conditions=[asks("assignee", "empty")])

    ticket = opened(technician)

    assert (ticket.assignee, ticket.priority) == (technician, "3_normal")


def test_what_happened_while_a_rule_was_off_is_not_caught_up(technician: User) -> None:
    rule(("priority", "4_low"), position=1)
    rule(("priority", "1_urgent"), position=2, since=NOW + timedelta(minutes=1))

    assert opened(technician).priority == "4_low"


def test_a_change_of_one_property_is_told_from_that_of_another(technician: User) -> None:
    tag = TagFactory.create()
    rule(("tag", tag.pk), when="updated", properties=["board", "priority"])
    ticket = TicketFactory.create()

    edit_ticket(ticket_id=ticket.pk, changes={"subject": "New"}, actor=technician, now=NOW)
    follow()
    assert not ticket.ticket_tags.exists()

    edit_ticket(ticket_id=ticket.pk, changes={"priority": "2_high"}, actor=technician, now=NOW)
    follow()
    assert ticket.ticket_tags.get().tag == tag


def test_what_was_saved_as_it_was_is_no_change(technician: User) -> None:
    rule(("priority", "1_urgent"), when="updated")
    ticket = TicketFactory.create()

    edit_ticket(ticket_id=ticket.pk, changes={"priority": "3_normal"}, actor=technician, now=NOW)

    assert not RuleOccurrence.objects.exists()


def test_a_clients_answer_is_heard_and_a_colleagues_is_not(
    technician: User, client_contact: User
) -> None:
    rule(
        ("priority", "1_urgent"),
        when="replied",
        conditions=[asks("text", "contains", "still broken")],
    )
    ticket = TicketFactory.create(client=client_contact.contact.client)
    said = {"ticket_id": ticket.pk, "body": "It is STILL broken.", "is_public": True, "now": NOW}

    write_note(actor=technician, **said)
    follow()
    assert not RuleRun.objects.exists()

    write_note(actor=client_contact, **said)
    follow()
    ticket.refresh_from_db()
    assert ticket.priority == "1_urgent"


def test_a_status_that_a_rule_sets_is_kept_with_its_run(technician: User) -> None:
    waiting = TicketStatusFactory.create(code="waiting")
    rule(("status", waiting.pk))

    ticket = opened(technician)

    step = StatusChange.objects.filter(ticket=ticket).latest("pk")
    assert (ticket.status, step.to_status, step.run) == (waiting, waiting, RuleRun.objects.get())


def _canned(body: str) -> int:
    return CannedReply.objects.create(title="Received", body=body).pk


def test_a_canned_reply_goes_to_the_client_once_for_a_ticket(technician: User) -> None:
    mailbox = MailboxFactory.create(acknowledges=False)
    contact = ContactFactory.create(first_name="Camille", email="camille@client.example")
    reply = _canned("Hello {first_name}, {ticket} is noted.")
    rule(("reply", reply))
    rule(("reply", reply), when="updated")

    ticket = opened(technician, client=contact.client, contact_id=contact.pk)
    edit_ticket(ticket_id=ticket.pk, changes={"priority": "2_high"}, actor=technician, now=NOW)
    follow()

    mail = OutboundMail.objects.get()
    assert (mail.recipients, mail.mailbox) == (["camille@client.example"], mailbox)
    note = Note.objects.get()
    assert (note.body, note.is_public) == (f"Hello Camille, {ticket.number} is noted.", True)
    assert [told(run) for run in RuleRun.objects.order_by("pk")] == [
        [("reply", "done", "")],
        [("reply", "skipped", "sent_before")],
    ]


def test_an_answer_by_a_rule_is_no_first_answer_of_the_firms(technician: User) -> None:
    rule(("reply", _canned("Noted.")))

    ticket = opened(technician)

    assert ticket.clock.responded_at is None
    [run] = RuleRun.objects.all()
    assert told(run) == [("reply", "done", "no_address")]


def test_people_are_told_by_mail_in_the_firms_own_hours(
    technician: User, manager: User, mailoutbox: list[Any]
) -> None:
    UserFactory.create(is_active=False).groups.add(Group.objects.get(name="manager"))
    rule(("notify_role", Group.objects.get(name="manager").pk), ("notify", technician.pk))

    ticket = opened(technician)

    assert {one.person for one in RuleNotice.objects.all()} == {technician, manager}
    for notice in RuleNotice.objects.all():
        deliver_notice(notice_id=notice.pk, now=NOW)
        deliver_notice(notice_id=notice.pk, now=NOW)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([technician.email, manager.email])
    assert ticket.number in mailoutbox[0].subject


def test_two_rules_that_undo_each_other_end(technician: User) -> None:
    rule(("priority", "1_urgent"), when="updated", conditions=[asks("priority", "is", "4_low")])
    rule(("priority", "4_low"), when="updated", conditions=[asks("priority", "is", "1_urgent")])
    ticket = TicketFactory.create()

    edit_ticket(ticket_id=ticket.pk, changes={"priority": "1_urgent"}, actor=technician, now=NOW)
    asked = follow()

    ticket.refresh_from_db()
    assert ticket.priority == "1_urgent"
    assert [run.done[0]["value"] for run in RuleRun.objects.order_by("pk")] == [
        "4_low",
        "1_urgent",
    ]
    assert asked == 3
    assert [one.depth for one in RuleOccurrence.objects.order_by("pk")] == [0, 1, 2]


def test_a_chain_of_rules_is_cut_and_the_log_says_so(technician: User) -> None:
    tags = [TagFactory.create(name=f"t{n}") for n in range(MOST_STEPS + 2)]
    for before, after in pairwise(tags):
        # The one that comes later in the chain is asked first, so that each waits for the next.
        position = 100 - after.pk % 100
        rule(
            ("tag", after.pk),
            when="updated",
            properties=["tag"],
            position=position,
            conditions=[asks("tag", "is", before.pk)],
            stops=True,
        )
    rule(("tag", tags[0].pk))

    ticket = opened(technician)

    assert ticket.ticket_tags.count() == MOST_STEPS
    held = RuleRun.objects.get(outcome="held")
    assert (held.reason, held.done) == ("chain", [])


def test_a_task_that_comes_twice_does_nothing_twice(technician: User) -> None:
    rule(("note", "Once."))
    ticket = opened(technician)
    occurrence = RuleOccurrence.objects.get()

    follow_occurrence(occurrence_id=occurrence.pk, now=NOW)

    assert occurrence.state == OutboxState.DONE
    assert ticket.notes.count() == 1


def test_a_rule_that_breaks_down_hides_nothing_and_stops_no_other(technician: User) -> None:
    rule(("checklist", "x" * 300), ("priority", "2_high"), position=1)
    rule(("note", "Still done."), position=2)

    ticket = opened(technician)

    assert (ticket.priority, ticket.notes.count(), ticket.checklist.count()) == ("2_high", 1, 0)
    first = RuleRun.objects.order_by("pk")[0]
    assert told(first) == [("checklist", "failed", "error"), ("priority", "done", "")]
    assert "200" in first.done[0]["detail"]
