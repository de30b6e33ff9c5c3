"""Tickets of maintenance: ahead of their day, once each, whatever ran when."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from accounts.tests.factories import UserFactory
from contracts.tests.factories import ContractFactory
from tickets.models import MaintenancePlan, MaintenanceVisit, Ticket
from tickets.operations.raise_visits import raise_visits
from tickets.operations.skip_visit import skip_visit
from tickets.queries.maintenance import coming, plans_to_raise, tallies
from tickets.refusals import ReasonMissing, VisitDecided
from tickets.tests.factories import MaintenancePlanFactory, TicketFactory

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def march(day: int) -> date:
    return date(2026, 3, day)


def raised(plan: MaintenancePlan, today: date) -> list[date]:
    return [one.due_on for one in raise_visits(plan_id=plan.pk, today=today, now=NOW)]


def weekly(**fields: Any) -> MaintenancePlan:
    """Make a plan of every Tuesday from 3 March on, a week ahead."""
    made: MaintenancePlan = MaintenancePlanFactory.create(**fields)
    return made


def test_a_ticket_opens_so_many_days_ahead_with_its_checklist(technician: User, db: None) -> None:
    plan = weekly(assignee=technician, points=["Look at the logs", "Restore a file"])

    assert raised(plan, march(1)) == [march(3)]

    ticket = Ticket.objects.get()
    assert (ticket.client, ticket.assignee, ticket.subject) == (
        plan.client,
        technician,
        "Check the backup (2026-03-03)",
    )
    points = ticket.checklist.values_list("text", "position", "done_at")
    assert list(points) == [("Look at the logs", 1, None), ("Restore a file", 2, None)]


@pytest.mark.django_db
def test_each_day_is_raised_once() -> None:
    plan = weekly()

    assert raised(plan, march(3)) == [march(3), march(10)]
    assert raised(plan, march(3)) == []
    assert raised(plan, march(10)) == [march(17)]


@pytest.mark.django_db
def test_days_that_passed_while_nothing_ran_are_caught_up() -> None:
    plan = weekly()
    raised(plan, march(1))

    assert raised(plan, march(25)) == [march(10), march(17), march(24), march(31)]


@pytest.mark.django_db
def test_what_came_round_before_the_plan_was_made_is_not_caught_up() -> None:
    plan = weekly(first_on=date(2025, 1, 7), active_from_on=march(11))

    assert raised(plan, march(11)) == [march(17)]


@pytest.mark.django_db
def test_a_plan_that_is_stopped_raises_nothing() -> None:
    assert raised(weekly(is_active=False), march(31)) == []


@pytest.mark.django_db
def test_nothing_is_raised_for_a_day_after_the_client_or_the_contract_ended() -> None:
    lost = weekly(client__lost_on=march(12))
    contract = ContractFactory.create(last_day_on=march(20))
    ended = weekly(client=contract.client, contract=contract)

    assert raised(lost, march(31)) == [march(3), march(10)]
    assert raised(ended, march(31)) == [march(3), march(10), march(17)]


def test_somebody_who_left_is_given_nothing(db: None) -> None:
    plan = weekly(assignee=UserFactory.create(is_active=False))

    raised(plan, march(1))

    assert Ticket.objects.get().assignee is None


def test_a_day_can_be_skipped_with_a_reason(technician: User) -> None:
    plan = weekly()

    skip_visit(plan_id=plan.pk, due_on=march(10), reason=" Closed ", actor=technician)

    assert raised(plan, march(10)) == [march(3), march(17)]
    visit = MaintenanceVisit.objects.get(due_on=march(10))
    assert (visit.skipped_because, visit.skipped_by, visit.is_skipped) == (
        "Closed",
        technician,
        True,
    )


@pytest.mark.parametrize(
    ("day", "reason", "refusal"),
    [
        (march(10), " ", ReasonMissing),
        (march(11), "Closed", VisitDecided),
        (march(3), "Closed", VisitDecided),
    ],
)
def test_neither_without_a_reason_nor_another_day_nor_one_with_a_ticket_is_skipped(
    technician: User, day: date, reason: str, refusal: type[Exception]
) -> None:
    plan = weekly()
    raised(plan, march(1))

    with pytest.raises(refusal):
        skip_visit(plan_id=plan.pk, due_on=day, reason=reason, actor=technician)

    assert MaintenanceVisit.objects.count() == 1


@pytest.mark.django_db
def test_only_plans_with_something_to_raise_are_rung() -> None:
    done, due = weekly(), weekly()
    raised(done, march(1))

    assert plans_to_raise(march(1)) == [due.pk]


def test_the_calendar_tells_what_is_coming_and_what_was_done(technician: User) -> None:
    plan = weekly()
    raised(plan, march(1))
    skip_visit(plan_id=plan.pk, due_on=march(17), reason="Closed", actor=technician)

    found = coming([plan], march(1), march(31))

    assert [(one.day.day, one.is_open) for one in found] == [
        (3, False),
        (10, True),
        (17, False),
        (24, True),
        (31, True),
    ]


def test_done_skipped_and_open_are_counted_for_each_client(technician: User) -> None:
    plan = weekly()
    raised(plan, march(10))
    Ticket.objects.filter(maintenance_visit__due_on=march(3)).update(closed_at=NOW)
    skip_visit(plan_id=plan.pk, due_on=march(24), reason="Closed", actor=technician)

    [tally] = tallies(technician)

    assert (tally.client, tally.done, tally.skipped, tally.open) == (plan.client, 1, 1, 2)


@pytest.mark.django_db
def test_the_database_keeps_one_visit_of_a_plan_a_day() -> None:
    plan = weekly()
    raised(plan, march(1))

    with pytest.raises(IntegrityError, match="tickets_visit_once_a_day"), transaction.atomic():
        MaintenanceVisit.objects.create(
            plan=plan, due_on=march(3), ticket=TicketFactory.create(client=plan.client)
        )


@pytest.mark.django_db(transaction=True)
def test_two_workers_raise_each_day_once() -> None:
    plan, barrier, failed = weekly(), Barrier(3), []

    def work() -> None:
        try:
            barrier.wait()
            raised(plan, march(24))
        except Exception as error:  # noqa: BLE001  (told by the test)
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    days = MaintenanceVisit.objects.order_by("due_on").values_list("due_on", flat=True)
    assert list(days) == [march(3), march(10), march(17), march(24), march(31)]
    assert Ticket.objects.count() == 5
