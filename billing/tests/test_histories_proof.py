"""I10 of ``check_books``: a history of a ticket that was altered past the application is named."""

import pytest

from accounts.tests.factories import UserFactory
from billing.queries.books.histories import check_histories
from billing.tests.test_check_books import tamper
from tickets.models import StatusChange, Ticket
from tickets.tests.clocks import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """A desk that answers within an hour and solves within a day of eight."""
    return Desk.with_promise(UserFactory.create(), {"3_normal": (60, 480)})


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """Opened on a Monday at nine, waiting from ten to eleven, closed at noon, open again at two."""
    ticket = desk.opened("2026-03-09 09:00")
    steps = {"10": "waiting", "11": "in-progress", "12": "closed", "14": "waiting"}
    for hour, status in steps.items():
        desk.moved(ticket, status, f"2026-03-09 {hour}:00")
    ticket.refresh_from_db()
    return ticket


def test_a_ticket_that_waited_closed_and_came_back_is_legal(ticket: Ticket) -> None:
    """Five steps with the opening, one ticket, four stretches (9, 10, 11, 14), one with pauses."""
    check = check_histories()

    assert (check.id, check.ok, check.examined) == ("I10", True, 5 + 1 + 4 + 1)


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("DELETE FROM tickets_statuschange WHERE id = {third}", "step of"),
        ("UPDATE tickets_ticket SET status_id = {working}", "step of"),
        ("UPDATE tickets_statuschange SET from_status_id = NULL WHERE id = {third}", "step of"),
        ("UPDATE tickets_ticket SET closed_at = '2026-03-09 12:00+01'", "closing of"),
        ("UPDATE tickets_clockstretch SET ends_at = ends_at + interval '1 s'", "clock of"),
        ("UPDATE tickets_clockstretch SET starts_at = starts_at - interval '1 s'", "clock of"),
        ("UPDATE tickets_ticketclock SET is_paused = false", "clock of"),
        ("UPDATE tickets_ticket SET opened_at = now() - interval '1 minute'", "clock of"),
    ],
)  # fmt: skip
def test_what_was_altered_is_named(ticket: Ticket, statement: str, first: str) -> None:
    third = StatusChange.objects.order_by("pk")[2]
    tamper(statement.format(third=third.pk, working=third.to_status_id))

    check = check_histories()

    assert (check.ok, check.first) == (False, f"{first} {ticket.number}")


def test_pauses_longer_than_the_ticket_was_open_are_named(desk: Desk, ticket: Ticket) -> None:
    """It waited for two hours, and is made one that was open for an hour and a half."""
    desk.moved(ticket, "closed", "2026-03-09 15:00")
    tamper("UPDATE tickets_ticket SET closed_at = '2026-03-09 10:30+01'")

    check = check_histories()

    assert (check.failed, check.first) == (1, f"pauses of {ticket.number}")
