"""Timers: one runs, the others wait, and each becomes one time entry."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from accounts.tests.factories import UserFactory
from catalog.tests.factories import WorkTypeFactory
from tickets.domain.work import TimeWorked
from tickets.models import Ticket, TicketStatus, TimeEntry, Timer
from tickets.operations.change_status import change_status
from tickets.operations.discard_timer import discard_timer
from tickets.operations.log_timer import log_timer
from tickets.operations.note_timer import note_timer
from tickets.operations.park_timer import park_timer
from tickets.operations.resume_timer import resume_timer
from tickets.operations.start_timer import start_timer
from tickets.refusals import ImpossibleTime, NotForClients, TicketClosed, TimerGone, TimerWentOn
from tickets.tests.factories import TicketFactory, TimerFactory

NINE = datetime(2026, 3, 10, 8, tzinfo=UTC)  # 09:00 in Paris


def after(minutes: int, seconds: int = 0) -> datetime:
    return NINE + timedelta(minutes=minutes, seconds=seconds)


def started(ticket: Ticket | None, actor: User, now: datetime = NINE) -> Timer:
    return start_timer(ticket_id=ticket.pk if ticket else None, actor=actor, now=now)


def work(**fields: object) -> TimeWorked:
    return TimeWorked(work_type_id=WorkTypeFactory.create().pk, **fields)  # type: ignore[arg-type]  # named as the value


def test_starting_another_timer_parks_the_one_that_runs(ticket: Ticket, technician: User) -> None:
    first = started(ticket, technician)

    second = started(TicketFactory.create(), technician, after(10))

    first.refresh_from_db()
    assert (first.stretches, first.running_since) == ([[NINE, after(10)]], None)
    assert second.running_since == after(10)


def test_pressing_start_twice_is_pressing_once(ticket: Ticket, technician: User) -> None:
    first = started(ticket, technician)

    second = started(ticket, technician, after(2))

    assert (second.pk, second.running_since) == (first.pk, NINE)
    assert Timer.objects.count() == 1


def test_starting_on_a_ticket_goes_on_with_its_parked_timer(
    ticket: Ticket, technician: User
) -> None:
    timer = started(ticket, technician)
    park_timer(timer_id=timer.pk, actor=technician, now=after(40))

    started(ticket, technician, after(75))
    parked = park_timer(timer_id=timer.pk, actor=technician, now=after(90))

    assert parked.stretches == [[NINE, after(40)], [after(75), after(90)]]
    assert parked.seconds(after(500)) == 55 * 60


def test_a_parked_timer_goes_on_and_parks_the_other(ticket: Ticket, technician: User) -> None:
    timer = started(ticket, technician)
    other = started(None, technician, after(5))

    resume_timer(timer_id=timer.pk, actor=technician, now=after(8))

    other.refresh_from_db()
    assert Timer.objects.running().get() == timer
    assert other.stretches == [[after(5), after(8)]]


def test_a_forgotten_timer_is_stopped_at_an_earlier_moment(
    ticket: Ticket, technician: User
) -> None:
    timer = started(ticket, technician)

    park_timer(timer_id=timer.pk, actor=technician, now=after(900), stopped_at=after(60))

    timer.refresh_from_db()
    assert timer.stretches == [[NINE, after(60)]]


@pytest.mark.parametrize("minutes", [-1, 31])
def test_it_cannot_be_stopped_before_it_began_or_in_the_future(
    ticket: Ticket, technician: User, minutes: int
) -> None:
    timer = started(ticket, technician)

    with pytest.raises(ImpossibleTime):
        park_timer(timer_id=timer.pk, actor=technician, now=after(30), stopped_at=after(minutes))

    timer.refresh_from_db()
    assert timer.running_since == NINE


def test_a_timer_becomes_a_time_entry_with_its_breaks_to_the_second(
    ticket: Ticket, technician: User
) -> None:
    """09:00:00 to 09:40:20 and 10:15:00 to 10:30:20 are 55 min 40 s: 56 minutes."""
    timer = TimerFactory.create(
        ticket=ticket,
        person=technician,
        stretches=[[NINE, after(40, 20)], [after(75), after(90, 20)]],
    )

    entry = log_timer(
        timer_id=timer.pk,
        ticket_id=ticket.pk,
        work=work(note="Mended"),
        seconds_seen=55 * 60 + 40,
        actor=technician,
        now=after(200),
    )

    entry.refresh_from_db()
    assert (entry.minutes, entry.note, entry.technician) == (56, "Mended", technician)
    assert (entry.started_at, entry.ended_at) == (NINE, after(90, 20))
    assert entry.breaks == [[after(40, 20), after(75)]]
    assert not Timer.objects.exists()


def test_times_that_are_typed_stand_in_the_place_of_those_measured(
    ticket: Ticket, technician: User
) -> None:
    timer = TimerFactory.create(ticket=ticket, person=technician)

    entry = log_timer(
        timer_id=timer.pk,
        ticket_id=ticket.pk,
        work=work(minutes=20),
        seconds_seen=1800,
        actor=technician,
        now=after(200),
    )

    assert (entry.minutes, entry.started_at, entry.breaks) == (20, None, [])


def test_logging_twice_logs_once(ticket: Ticket, technician: User) -> None:
    timer = TimerFactory.create(ticket=ticket, person=technician)
    given: dict[str, Any] = {
        "ticket_id": ticket.pk,
        "work": work(),
        "seconds_seen": 1800,
        "now": after(200),
    }
    log_timer(timer_id=timer.pk, actor=technician, **given)

    with pytest.raises(TimerGone):
        log_timer(timer_id=timer.pk, actor=technician, **given)

    assert TimeEntry.objects.count() == 1


@pytest.mark.parametrize("seen", [0, 1799, 1801])
def test_time_that_was_not_seen_is_not_logged(ticket: Ticket, technician: User, seen: int) -> None:
    timer = TimerFactory.create(ticket=ticket, person=technician)

    with pytest.raises(TimerWentOn):
        log_timer(
            timer_id=timer.pk,
            ticket_id=ticket.pk,
            work=work(),
            seconds_seen=seen,
            actor=technician,
            now=after(200),
        )

    assert (Timer.objects.count(), TimeEntry.objects.count()) == (1, 0)


def test_a_ticket_that_was_closed_meanwhile_keeps_the_timer(
    ticket: Ticket, technician: User
) -> None:
    timer = TimerFactory.create(ticket=ticket, person=technician)
    closed = TicketStatus.objects.get(code="closed")
    change_status(ticket_id=ticket.pk, status_id=closed.pk, actor=technician, now=after(100))

    with pytest.raises(TicketClosed):
        log_timer(
            timer_id=timer.pk,
            ticket_id=ticket.pk,
            work=work(),
            seconds_seen=1800,
            actor=technician,
            now=after(200),
        )

    timer.refresh_from_db()
    assert timer.seconds(after(200)) == 1800


def test_no_timer_starts_on_a_closed_ticket(technician: User, ticket: Ticket) -> None:
    with pytest.raises(TicketClosed):
        started(TicketFactory.create(closed=True), technician)

    assert not Timer.objects.exists()


def test_timers_are_ones_own(ticket: Ticket, technician: User, dispatcher: User) -> None:
    timer = TimerFactory.create(ticket=ticket, person=technician)

    with pytest.raises(TimerGone):
        discard_timer(timer_id=timer.pk, actor=dispatcher)

    assert Timer.objects.get() == timer


def test_clients_have_no_timers(ticket: Ticket, client_contact: User) -> None:
    with pytest.raises(NotForClients):
        started(ticket, client_contact)


def test_the_words_of_a_timer_are_kept(ticket: Ticket, technician: User) -> None:
    timer = TimerFactory.create(ticket=None, person=technician)

    note_timer(timer_id=timer.pk, ticket_id=ticket.pk, note=" On the phone ", actor=technician)

    timer.refresh_from_db()
    assert (timer.ticket, timer.note) == (ticket, "On the phone")


def test_the_database_lets_one_timer_of_a_person_run(technician: User, ticket: Ticket) -> None:
    TimerFactory.create(person=technician, running=True, ticket=ticket)

    with pytest.raises(IntegrityError, match="tickets_timer_one_runs"), transaction.atomic():
        TimerFactory.create(person=technician, running=True, ticket=None)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_start_at_once_leave_one_running() -> None:
    person = UserFactory.create(role="technician")
    tickets, barrier, failed = TicketFactory.create_batch(4), Barrier(4), []

    def press(ticket: Ticket) -> None:
        try:
            barrier.wait()
            started(ticket, person)
        except Exception as error:  # noqa: BLE001  (told by the test)
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[ticket]) for ticket in tickets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert (Timer.objects.count(), Timer.objects.running().count()) == (4, 1)
