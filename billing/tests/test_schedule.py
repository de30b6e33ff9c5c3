"""The schedule: each client once a month, whatever was missed."""

from datetime import UTC, date, datetime

import pytest

from billing.domain.schedule import days_billed_on, due_through
from billing.models import BillingRun, BillingSchedule
from billing.operations.set_schedule import set_schedule
from billing.operations.start_due_runs import start_due_runs
from billing.queries.schedule import Planned, planned
from billing.tests.firm import open_firm
from clients.tests.factories import ClientFactory


def at(day: int, hour: int = 12, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "billed"),
    [
        (date(2026, 4, 15), [15]),
        (date(2026, 4, 30), [30, 31]),
        (date(2026, 2, 28), [28, 29, 30, 31]),
        (date(2024, 2, 29), [29, 30, 31]),
        (date(2026, 3, 31), [31]),
    ],
)
def test_the_last_day_of_a_month_stands_for_all_later_ones(day: date, billed: list[int]) -> None:
    assert list(days_billed_on(day)) == billed


def test_today_is_due_from_its_hour_on() -> None:
    assert due_through(at(2, 5), 6) == date(2026, 4, 1)
    assert due_through(at(2, 6), 6) == date(2026, 4, 2)


@pytest.fixture
def clients(db: None) -> dict[str, int]:
    """One client without a day of its own, one of the 3rd, one of the last day."""
    open_firm()
    return {
        "firms": ClientFactory.create().pk,
        "third": ClientFactory.create(billing_day=3).pk,
        "last": ClientFactory.create(billing_day=31).pk,
    }


def clients_of(run: BillingRun) -> list[int]:
    return [pk for batch in run.batches.all() for pk in batch.client_ids]


def test_each_billing_day_has_one_run_for_its_clients(clients: dict[str, int]) -> None:
    set_schedule(is_on=True, day=5, hour=6, now=at(1))

    runs = [run for day in range(1, 31) for run in start_due_runs(now=at(day))]

    found = [(run.as_of_on.day, run.scheduled_on, clients_of(run)) for run in runs]
    assert found == [
        (3, date(2026, 4, 3), [clients["third"]]),
        (5, date(2026, 4, 5), [clients["firms"]]),
        (30, date(2026, 4, 30), [clients["last"]]),
    ]


def test_after_a_downtime_each_missed_day_is_billed_as_of_itself(clients: dict[str, int]) -> None:
    set_schedule(is_on=True, day=5, hour=6, now=at(1))

    runs = start_due_runs(now=at(4, month=5))

    assert [run.as_of_on for run in runs] == [
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 30),
        date(2026, 5, 3),
    ]
    assert start_due_runs(now=at(4, month=5)) == []


def test_nothing_starts_before_the_hour_or_while_it_is_off(clients: dict[str, int]) -> None:
    set_schedule(is_on=True, day=5, hour=6, now=at(2))
    assert start_due_runs(now=at(3, 5)) == []

    set_schedule(is_on=False, day=5, hour=6, now=at(3, 5))

    assert start_due_runs(now=at(9)) == []
    assert not BillingRun.objects.exists()


def test_switched_on_again_it_begins_with_the_next_day(clients: dict[str, int]) -> None:
    set_schedule(is_on=True, day=5, hour=6, now=at(1))
    set_schedule(is_on=False, day=5, hour=6, now=at(2))
    set_schedule(is_on=True, day=5, hour=6, now=at(10))

    assert start_due_runs(now=at(29)) == []
    assert BillingSchedule.objects.get().done_through_on == date(2026, 4, 29)


def test_the_next_runs_are_told_with_their_clients(clients: dict[str, int]) -> None:
    schedule = set_schedule(is_on=True, day=5, hour=6, now=at(1))

    assert planned(schedule, at(4))[:3] == [
        Planned(date(2026, 4, 5), 1),
        Planned(date(2026, 4, 30), 1),
        Planned(date(2026, 5, 3), 1),
    ]
