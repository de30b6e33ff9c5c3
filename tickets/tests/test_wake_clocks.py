"""Clocks that are looked at again because another service level may count."""

import pytest

from accounts.models import User
from clients.tests.factories import ClientFactory
from contracts.tests.factories import ContractFactory
from tickets.operations.wake_open_clocks import wake_open_clocks
from tickets.queries.due_clocks import due_clock_ids
from tickets.tests.clocks import Desk, clock_of, looked_at, make_policy, paris

pytestmark = pytest.mark.django_db


def test_a_contract_signed_later_that_day_counts_for_what_is_open(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})
    ticket = desk.opened("2026-03-06 09:00")
    assert clock_of(ticket).response_due_at == paris("2026-03-06 10:00")
    quicker = make_policy(desk.calendar, {"3_normal": (30, None)}, "Platinum")
    ContractFactory.create(
        client=desk.client, starts_on=paris("2026-03-06 00:00").date(), sla_policy=quicker
    )

    now = paris("2026-03-06 09:05")
    woken = wake_open_clocks(now=now, client_ids=[desk.client.pk])

    assert (woken, due_clock_ids(now, 10)) == (1, [ticket.pk])
    looked_at(ticket, "2026-03-06 09:05")
    assert clock_of(ticket).response_due_at == paris("2026-03-06 09:30")


def test_other_clients_clocks_sleep_on(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})
    desk.opened("2026-03-06 09:00")
    now = paris("2026-03-06 09:05")

    woken = wake_open_clocks(now=now, client_ids=[ClientFactory.create().pk])

    assert (woken, due_clock_ids(now, 10)) == (0, [])


def test_all_wake_where_nobody_is_named(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (60, None)})
    ticket = desk.opened("2026-03-06 09:00")
    now = paris("2026-03-06 09:05")

    assert wake_open_clocks(now=now) == 1
    assert due_clock_ids(now, 10) == [ticket.pk]
