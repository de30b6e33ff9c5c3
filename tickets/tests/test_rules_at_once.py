"""Whom rules give tickets to, and that two workers at once or a dead one change nothing."""

import inspect
from datetime import time, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.models import LegalEntity
from clients.tests.factories import ClientFactory
from contracts.operations.save_calendar import save_calendar
from tickets.models import (
    GroupMember,
    Leave,
    Note,
    PersonSkill,
    RuleOccurrence,
    RuleRun,
    TechnicianGroup,
    Ticket,
    TicketStatus,
    WorkingHours,
)
from tickets.operations._opening import NewTicket
from tickets.operations.follow_occurrence import follow_occurrence
from tickets.operations.open_ticket import open_ticket
from tickets.queries.due_rules import due_occurrences
from tickets.tests.clocks import make_calendar
from tickets.tests.factories import (
    CategoryFactory,
    SkillFactory,
    TechnicianGroupFactory,
    TicketFactory,
)
from tickets.tests.test_rules import NOW, asks, follow, opened, rule, told

pytestmark = pytest.mark.usefixtures("firm")


def _group(*people: User) -> TechnicianGroup:
    group: TechnicianGroup = TechnicianGroupFactory.create()
    for person in people:
        GroupMember.objects.create(group=group, person=person)
    return group


def test_tickets_go_round_a_group_and_leave_out_who_has_left(technician: User) -> None:
    other, gone = UserFactory.create(), UserFactory.create(is_active=False)
    rule(("in_turn", _group(technician, gone, other).pk))

    given = [opened(technician).assignee for _ in range(4)]

    assert given == [technician, other, technician, other]
    assert RuleRun.objects.order_by("-pk")[0].done[0]["detail"] == str(given[3])


def test_who_is_away_or_closed_is_passed_over(technician: User) -> None:
    make_calendar(is_default=True)
    away, early = UserFactory.create(), UserFactory.create()
    day = timedelta(days=1)
    Leave.objects.create(person=away, starts_at=NOW - day, ends_at=NOW + day, reason="Holidays")
    night = save_calendar(
        facts={"name": "Night", "time_zone": "Europe/Paris", "country": "", "is_default": False},
        week=[(day, time(0), time(6)) for day in range(5)],
        now=NOW,
    )
    WorkingHours.objects.create(person=early, calendar=night)
    rule(("in_turn", _group(away, early, technician).pk))

    assert [opened(technician).assignee for _ in range(2)] == [technician, technician]


def test_the_least_loaded_gets_the_next(technician: User) -> None:
    idle = UserFactory.create()
    TicketFactory.create(assignee=technician)
    rule(("least_loaded", _group(technician, idle).pk))

    assert opened(technician).assignee == idle


def test_who_knows_enough_is_chosen_by_what_the_category_asks(technician: User) -> None:
    expert, skill, category = UserFactory.create(), SkillFactory.create(), CategoryFactory.create()
    category.skills.create(skill=skill, level=2)
    PersonSkill.objects.create(person=technician, skill=skill, level=1)
    PersonSkill.objects.create(person=expert, skill=skill, level=3)
    rule(("by_skill", ""))

    assert opened(technician, category_id=category.pk).assignee == expert
    assert opened(technician).assignee is None
    assert [told(run)[0][2] for run in RuleRun.objects.order_by("pk")] == ["", "no_skill"]


@pytest.mark.parametrize("of_category", [True, False])
def test_a_skill_is_looked_for_within_a_group_where_the_rule_names_one(
    technician: User, *, of_category: bool
) -> None:
    """The expert is not of the group, so the member who knows enough gets the ticket."""
    expert, novice = UserFactory.create(), UserFactory.create()
    skill, category = SkillFactory.create(), CategoryFactory.create()
    category.skills.create(skill=skill, level=2)
    for person, level in [(technician, 2), (expert, 3), (novice, 1)]:
        PersonSkill.objects.create(person=person, skill=skill, level=level)
    TicketFactory.create(assignee=technician)
    asked = "" if of_category else f"{skill.pk}:2"
    rule(("by_skill", f"{asked}@{_group(novice, technician).pk}"))

    assert opened(technician, category_id=category.pk).assignee == technician


def test_where_nobody_can_take_it_a_ticket_stays_and_the_log_says_why(technician: User) -> None:
    skill = SkillFactory.create()
    rule(
        ("in_turn", _group().pk),
        ("by_skill", f"{skill.pk}:2"),
        ("by_skill", f"{skill.pk}:2@0"),
        ("assign", UserFactory.create(is_active=False).pk),
    )

    assert opened(technician).assignee is None
    assert [one[2] for one in told(RuleRun.objects.get())] == [
        "nobody_in",
        "nobody_knows",
        "gone",
        "not_active",
    ]


def test_asking_the_rules_costs_the_same_however_many_do_not_hold(
    technician: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        rule(("priority", "1_urgent"), conditions=[asks("subject", "contains", "printer")])
    client = ClientFactory.create()
    open_ticket(new=NewTicket(client_id=client.pk, subject="No network"), actor=technician, now=NOW)

    with django_assert_max_num_queries(26):
        assert follow() == 1


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_neither_loses_nor_doubles(technician: User) -> None:
    rule(("note", "Once."))
    client = ClientFactory.create()
    ticket = open_ticket(
        new=NewTicket(client_id=client.pk, subject="No network"), actor=technician, now=NOW
    )
    occurrence = RuleOccurrence.objects.get()

    class Killed(BaseException):
        """The worker is gone before its commit."""

    inside: Any = inspect.unwrap(follow_occurrence)  # its work, in a transaction of ours

    def work_and_die() -> None:
        with transaction.atomic():
            inside(occurrence_id=occurrence.pk, now=NOW)
            assert Note.objects.count() == 1
            raise Killed

    with pytest.raises(Killed):
        work_and_die()

    assert (Note.objects.count(), RuleRun.objects.count()) == (0, 0)
    assert follow() == 1
    assert ticket.notes.count() == 1


def _at_once(*works: Any) -> list[BaseException]:
    barrier, broken = Barrier(len(works)), []

    def run(work: Any) -> None:
        try:
            barrier.wait()
            work()
        except BaseException as error:  # noqa: BLE001  (told by the test)
            broken.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken


@pytest.mark.django_db(transaction=True)
def test_two_tickets_at_once_go_to_two_people(firm: LegalEntity, technician: User) -> None:
    people = [technician, UserFactory.create(), UserFactory.create(), UserFactory.create()]
    rule(("in_turn", _group(*people).pk))
    client = ClientFactory.create()
    for _ in people:
        open_ticket(new=NewTicket(client_id=client.pk, subject="X"), actor=technician, now=NOW)

    def worker(pk: int) -> Any:
        return lambda: follow_occurrence(occurrence_id=pk, now=NOW)

    broken = _at_once(*[worker(pk) for pk in due_occurrences(NOW, 10)])

    assert broken == []
    assert {one.assignee for one in Ticket.objects.all()} == set(people)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_occurrence_act_once(firm: LegalEntity, technician: User) -> None:
    rule(("note", "Once."))
    client = ClientFactory.create()
    open_ticket(new=NewTicket(client_id=client.pk, subject="X"), actor=technician, now=NOW)
    [pk] = due_occurrences(NOW, 10)

    broken = _at_once(*[lambda: follow_occurrence(occurrence_id=pk, now=NOW)] * 3)

    assert broken == []
    assert (Note.objects.count(), RuleRun.objects.count()) == (1, 1)
    assert TicketStatus.objects.exists()
