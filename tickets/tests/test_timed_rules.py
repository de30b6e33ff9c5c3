"""Rules that wait for time to pass: in a status, or until a promise is used up; each once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from tickets.models import AutomationRule, RuleOccurrence, RuleRun, StatusChange, Ticket
from tickets.operations.change_status import change_status
from tickets.operations.follow_occurrence import follow_occurrence
from tickets.operations.look_at_clock import look_at_clock
from tickets.operations.note_waiting import note_waiting
from tickets.queries.due_rules import due_occurrences
from tickets.tests.clocks import make_calendar, make_policy
from tickets.tests.factories import AutomationRuleFactory, TicketFactory, TicketStatusFactory

TUESDAY = datetime(2026, 3, 10, 8, tzinfo=UTC)  # 09:00 in Paris
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("firm")


def waits(code: str = "waiting", hours: int = 4, **facts: Any) -> AutomationRule:
    to = facts.pop("to", "closed")
    made: AutomationRule = AutomationRuleFactory.create(
        when="waiting",
        status=TicketStatusFactory.create(code=code),
        hours=hours,
        in_working_hours=facts.pop("in_working_hours", False),
        actions=[{"verb": "status", "value": str(TicketStatusFactory.create(code=to).pk)}],
        **facts,
    )
    return made


def put(ticket: Ticket, code: str, at: datetime, actor: User) -> None:
    status = TicketStatusFactory.create(code=code)
    change_status(ticket_id=ticket.pk, status_id=status.pk, actor=actor, now=at)


def sweep(now: datetime) -> None:
    """Do what the minute's sweep does, until nothing is left."""
    for rule in AutomationRule.objects.filter(when="waiting"):
        note_waiting(rule_id=rule.pk, now=now)
    while due := due_occurrences(now, 50):
        for pk in due:
            follow_occurrence(occurrence_id=pk, now=now)


def status_of(ticket: Ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).status.code


def test_a_ticket_that_waits_long_enough_is_acted_on_once(technician: User) -> None:
    ticket = TicketFactory.create()
    rule = waits()
    put(ticket, "waiting", TUESDAY, technician)

    sweep(TUESDAY + 4 * HOUR - timedelta(seconds=1))
    assert status_of(ticket) == "waiting"

    sweep(TUESDAY + 4 * HOUR)
    sweep(TUESDAY + 9 * HOUR)
    assert status_of(ticket) == "closed"
    assert RuleRun.objects.filter(rule=rule).count() == 1


def test_after_days_of_downtime_it_is_caught_up_once_as_of_its_own_moment(
    technician: User,
) -> None:
    ticket = TicketFactory.create()
    waits()
    put(ticket, "waiting", TUESDAY, technician)

    sweep(TUESDAY + timedelta(days=5))
    sweep(TUESDAY + timedelta(days=6))

    assert RuleOccurrence.objects.get().happened_at == TUESDAY + 4 * HOUR
    assert RuleRun.objects.count() == 1


def test_a_new_stay_in_the_status_counts_anew(technician: User) -> None:
    ticket = TicketFactory.create()
    waits(to="in-progress")
    put(ticket, "waiting", TUESDAY, technician)
    sweep(TUESDAY + 4 * HOUR)

    put(ticket, "waiting", TUESDAY + 5 * HOUR, technician)
    sweep(TUESDAY + 8 * HOUR)
    assert status_of(ticket) == "waiting"

    sweep(TUESDAY + 9 * HOUR)
    assert status_of(ticket) == "in-progress"


def test_who_left_the_status_in_time_is_left_alone(technician: User) -> None:
    ticket = TicketFactory.create()
    waits()
    put(ticket, "waiting", TUESDAY, technician)
    put(ticket, "in-progress", TUESDAY + 3 * HOUR, technician)

    sweep(TUESDAY + 10 * HOUR)

    assert status_of(ticket) == "in-progress"
    assert not RuleOccurrence.objects.filter(when="waiting").exists()


def test_working_hours_leave_out_the_weekend(technician: User) -> None:
    make_calendar(is_default=True)
    ticket = TicketFactory.create()
    waits(in_working_hours=True)
    friday = datetime(2026, 3, 13, 14, tzinfo=UTC)  # 15:00 in Paris: two hours until it closes
    put(ticket, "waiting", friday, technician)

    sweep(datetime(2026, 3, 16, 9, 59, tzinfo=UTC))
    assert status_of(ticket) == "waiting"

    sweep(datetime(2026, 3, 16, 10, tzinfo=UTC))  # Monday 11:00: two hours since it opened
    assert status_of(ticket) == "closed"


@pytest.mark.parametrize(("reaches_back", "left"), [(False, "waiting"), (True, "closed")])
def test_what_waited_before_the_rule_was_on_is_reached_only_if_wanted(
    technician: User, *, reaches_back: bool, left: str
) -> None:
    ticket = TicketFactory.create()
    put(ticket, "waiting", TUESDAY, technician)
    waits(since=TUESDAY + 6 * HOUR, reaches_back=reaches_back)

    sweep(TUESDAY + 7 * HOUR)

    assert status_of(ticket) == left


def test_two_rules_of_time_that_undo_each_other_end(technician: User) -> None:
    """Each brings the ticket back to where the other one waits for it."""
    ticket = TicketFactory.create()
    waits("waiting", 1, to="in-progress")
    waits("in-progress", 1, to="waiting")
    put(ticket, "waiting", TUESDAY, technician)

    for hours in range(1, 12):
        sweep(TUESDAY + hours * HOUR)

    codes = StatusChange.objects.filter(ticket=ticket).order_by("pk")
    assert list(codes.values_list("to_status__code", flat=True)) == [
        "waiting",
        "in-progress",
        "waiting",
    ]
    held = RuleRun.objects.get(outcome="held")
    assert held.reason == "ran"


def promised(**facts: Any) -> Ticket:
    """Open a ticket whose first answer is promised within two hours, around the clock."""
    policy = make_policy(None, {"3_normal": (120, 480)})
    made: Ticket = TicketFactory.create(sla_policy=policy, opened_at=TUESDAY, **facts)
    look_at_clock(ticket_id=made.pk, now=TUESDAY)
    return made


def at_share(percent: int, **facts: Any) -> AutomationRule:
    made: AutomationRule = AutomationRuleFactory.create(
        when="sla", promise=facts.pop("promise", "response"), percent=percent, **facts
    )
    return made


def test_a_share_of_a_promise_is_noticed_at_its_minute_and_once(technician: User) -> None:
    at_share(60)
    ticket = promised()

    look_at_clock(ticket_id=ticket.pk, now=TUESDAY + timedelta(minutes=71))
    assert not RuleOccurrence.objects.exists()
    ticket.refresh_from_db()
    assert ticket.clock_next_at is not None
    assert ticket.clock_next_at <= TUESDAY + timedelta(minutes=72)

    for minute in (72, 73, 90):
        now = TUESDAY + timedelta(minutes=minute)
        look_at_clock(ticket_id=ticket.pk, now=now)
        sweep(now)

    ticket.refresh_from_db()
    assert ticket.priority == "1_urgent"
    assert RuleRun.objects.count() == 1
    assert RuleOccurrence.objects.get().happened_at == TUESDAY + timedelta(minutes=72)


def test_a_rule_of_another_promise_or_share_stays_quiet(technician: User) -> None:
    at_share(60, promise="resolution")
    at_share(90)
    ticket = promised()

    look_at_clock(ticket_id=ticket.pk, now=TUESDAY + timedelta(minutes=100))

    assert not RuleOccurrence.objects.exists()


def test_shares_that_only_rules_wait_for_warn_nobody(technician: User) -> None:
    at_share(60)
    ticket = promised(assignee=technician)

    look_at_clock(ticket_id=ticket.pk, now=TUESDAY + timedelta(minutes=80))

    percents = ticket.sla_warnings.values_list("percent", flat=True)
    assert 60 not in percents
    assert RuleOccurrence.objects.count() == 1
