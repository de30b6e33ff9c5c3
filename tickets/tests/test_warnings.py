"""Warnings that a promise runs out: to whom, when, and each once."""

from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPServerDisconnected
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.db import connection

from accounts.models import User
from accounts.tests.factories import UserFactory
from tests.plugins.cast import SignIn
from tickets.models import ServiceBoard, SLAWarning, Ticket, WarningState
from tickets.operations.deliver_warning import deliver_warning
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.look_at_clock import look_at_clock
from tickets.operations.take_ticket import take_ticket
from tickets.tasks import deliver_warnings, look_at_due_clocks, sweep_clocks
from tickets.tests.clocks import Desk, paris

pytestmark = pytest.mark.django_db
FOUR_HOURS = {"3_normal": (None, 240), "4_low": (None, 480)}
# 9 March 2026 is a Monday; the desk is open from 9 to 17.


@pytest.fixture
def desk(technician: User) -> Desk:
    """A desk that solves within four hours, led by somebody."""
    made = Desk.with_promise(technician, FOUR_HOURS)
    lead = UserFactory.create(email="lead@firm.example")
    ServiceBoard.objects.update(lead=lead)
    return made


def taken(desk: Desk, at: str) -> Ticket:
    """Open a ticket that the technician takes at once."""
    ticket = desk.opened(at)
    take_ticket(ticket_id=ticket.pk, actor=desk.technician, now=paris(at))
    return ticket


def workers_run(at: str) -> None:
    """Let the workers do what is due, as the sweep would ask them to."""
    with time_machine.travel(paris(at), tick=False):
        look_at_due_clocks()
        deliver_warnings()


def sent() -> list[tuple[str, int]]:
    """Return to whom a warning of how many percent went, in the order of sending."""
    return [(one.to[0], int(one.subject.split("%")[0].split()[-1])) for one in mail.outbox]


def test_the_assignee_hears_at_50_and_75_and_the_lead_too_at_100_percent(desk: Desk) -> None:
    taken(desk, "2026-03-09 09:00")

    for at in ("10:59", "11:00", "11:30", "12:00", "12:59", "13:00", "13:01"):
        workers_run(f"2026-03-09 {at}")

    assert sent() == [
        ("technician@firm.example", 50),
        ("technician@firm.example", 75),
        ("technician@firm.example", 100),
        ("lead@firm.example", 100),
    ]


def test_where_nobody_works_on_the_ticket_the_lead_hears_at_once(desk: Desk) -> None:
    desk.opened("2026-03-09 09:00")

    workers_run("2026-03-09 11:00")

    assert sent() == [("lead@firm.example", 50)]


def test_where_there_is_nobody_to_tell_that_is_shown(desk: Desk) -> None:
    ServiceBoard.objects.update(lead=None)
    desk.opened("2026-03-09 09:00")

    workers_run("2026-03-09 11:00")

    assert sent() == []
    warning = SLAWarning.objects.get()
    assert warning.state == WarningState.FAILED
    assert warning.last_error == "Nobody works on this ticket, and its board has no lead."


def test_after_a_night_without_workers_people_hear_of_the_greatest_share_only(desk: Desk) -> None:
    taken(desk, "2026-03-09 09:00")

    workers_run("2026-03-10 09:30")
    workers_run("2026-03-10 09:30")

    assert sent() == [("technician@firm.example", 100), ("lead@firm.example", 100)]
    states = SLAWarning.objects.order_by("percent", "pk").values_list("percent", "state")
    assert list(states) == [(50, "spared"), (75, "spared"), (100, "sent"), (100, "sent")]


def test_a_promise_around_the_clock_warns_when_people_are_back(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 240)})
    desk.policy.calendar = None
    desk.policy.save()
    taken(desk, "2026-03-09 22:00")

    workers_run("2026-03-10 00:00")
    assert sent() == []
    workers_run("2026-03-10 08:59")
    assert sent() == []
    workers_run("2026-03-10 09:00")

    # At midnight half of it was used, at two all of it: they hear of the greater one.
    assert sent() == [("technician@firm.example", 100)]


def test_who_is_on_call_is_warned_at_night(technician: User) -> None:
    desk = Desk.with_promise(technician, {"3_normal": (None, 240)}, warns_at_any_hour=True)
    desk.policy.calendar = None
    desk.policy.save()
    taken(desk, "2026-03-09 22:00")

    workers_run("2026-03-10 00:00")

    assert sent() == [("technician@firm.example", 50)]


def test_what_was_solved_meanwhile_needs_no_warning(desk: Desk) -> None:
    ticket = taken(desk, "2026-03-09 09:00")
    look_at_clock(ticket_id=ticket.pk, now=paris("2026-03-09 11:00"))
    desk.moved(ticket, "closed", "2026-03-09 11:01")

    with time_machine.travel(paris("2026-03-09 11:02"), tick=False):
        deliver_warnings()

    assert sent() == []
    assert SLAWarning.objects.get().state == WarningState.NOT_NEEDED


def test_another_priority_warns_of_its_own_shares(desk: Desk) -> None:
    ticket = taken(desk, "2026-03-09 09:00")
    workers_run("2026-03-09 12:00")
    edit_ticket(
        ticket_id=ticket.pk, changes={"priority": "4_low"}, actor=desk.technician,
        now=paris("2026-03-09 12:10"),
    )  # fmt: skip

    workers_run("2026-03-09 12:59")
    workers_run("2026-03-09 13:00")

    assert sent() == [("technician@firm.example", 75), ("technician@firm.example", 50)]


def test_tasks_that_are_given_twice_warn_once(desk: Desk) -> None:
    ticket = taken(desk, "2026-03-09 09:00")

    for _ in range(3):
        look_at_clock(ticket_id=ticket.pk, now=paris("2026-03-09 11:00"))
        workers_run("2026-03-09 11:00")
    warning = SLAWarning.objects.get()
    deliver_warning(warning_id=warning.pk, now=paris("2026-03-09 11:05"))

    assert sent() == [("technician@firm.example", 50)]


def test_a_mail_that_fails_is_kept_and_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(desk, "2026-03-09 09:00")

    def fail(*_: object, **__: object) -> None:
        raise SMTPServerDisconnected("connection lost")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", fail)
        workers_run("2026-03-09 11:00")
    warning = SLAWarning.objects.get()
    assert (warning.state, warning.last_error) == (WarningState.WAITING, "connection lost")
    workers_run("2026-03-09 11:01")

    assert sent() == [("technician@firm.example", 50)]


def test_the_mail_says_which_promise_ends_when(desk: Desk) -> None:
    ticket = taken(desk, "2026-03-09 09:00")

    workers_run("2026-03-09 11:00")

    [letter] = mail.outbox
    assert letter.subject == f"{ticket.number}: 50 % of the time for the solution is used"
    assert "it ends on 9 Mar 2026, 13:00." in letter.body
    assert f"/tickets/{ticket.pk}/" in letter.body


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_warn_once(desk: Desk) -> None:
    ticket = taken(desk, "2026-03-09 09:00")
    start = Barrier(4)

    def work(_: int) -> None:
        try:
            start.wait()
            look_at_clock(ticket_id=ticket.pk, now=paris("2026-03-09 12:30"))
            for pk in SLAWarning.objects.values_list("pk", flat=True):
                deliver_warning(warning_id=pk, now=paris("2026-03-09 12:30"))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    workers_run("2026-03-09 12:31")

    assert sent() == [("technician@firm.example", 75)]


def test_the_sweep_finds_what_a_lost_message_left(desk: Desk) -> None:
    taken(desk, "2026-03-09 09:00")

    with time_machine.travel(paris("2026-03-09 11:00"), tick=False):
        sweep_clocks()
        look_at_due_clocks()
        sweep_clocks()
        deliver_warnings()

    assert sent() == [("technician@firm.example", 50)]


def test_workers_that_come_back_at_night_wait_for_the_morning(desk: Desk) -> None:
    taken(desk, "2026-03-09 09:00")

    workers_run("2026-03-09 23:00")
    assert sent() == []
    workers_run("2026-03-10 09:00")

    assert sent() == [("technician@firm.example", 100), ("lead@firm.example", 100)]


def test_what_waited_since_the_evening_is_not_sent_at_night(desk: Desk) -> None:
    ticket = taken(desk, "2026-03-09 15:00")
    look_at_clock(ticket_id=ticket.pk, now=paris("2026-03-09 17:00"))

    with time_machine.travel(paris("2026-03-09 22:00"), tick=False):
        deliver_warnings()
    assert sent() == []
    workers_run("2026-03-10 09:00")

    assert sent() == [("technician@firm.example", 50)]


def test_a_warning_that_failed_is_listed_and_tried_again(
    desk: Desk, sign_in: SignIn, manager: User
) -> None:
    taken(desk, "2026-03-09 09:00")
    workers_run("2026-03-09 11:00")
    SLAWarning.objects.update(state=WarningState.FAILED, last_error="mailbox full")
    browser = sign_in(manager)

    page = browser.get("/tickets/service-levels/warnings/?state=failed").content.decode()
    browser.post(
        "/tickets/service-levels/warnings/retry/", {"selected": SLAWarning.objects.get().pk}
    )

    assert "mailbox full" in page
    assert SLAWarning.objects.get().state == WarningState.WAITING
