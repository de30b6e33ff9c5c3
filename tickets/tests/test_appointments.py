"""Booking, moving and cancelling; nothing in conflict is accepted silently, nothing is lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import LegalEntityFactory
from tickets.domain.scheduling import Booking
from tickets.models import Appointment, Leave, Ticket
from tickets.operations.book_appointment import book_appointment
from tickets.operations.cancel_appointment import cancel_appointment
from tickets.operations.enter_leave import enter_leave
from tickets.operations.move_appointment import move_appointment
from tickets.operations.remove_leave import remove_leave
from tickets.refusals import (
    AppointmentCancelled,
    ChangedMeanwhile,
    NotAssignable,
    NotForClients,
    NotYourSchedule,
    ReasonMissing,
    Refusal,
    SlotConflicts,
    SlotImpossible,
    TicketClosed,
)
from tickets.tests.conftest import NOW
from tickets.tests.factories import AppointmentFactory, LeaveFactory, TicketFactory
from tickets.tests.office import office

TEN = datetime(2026, 3, 31, 8, tzinfo=UTC)  # 10:00 in Paris
HOUR = timedelta(hours=1)


def booking(person: User, start: datetime = TEN, length: timedelta = HOUR, **more: Any) -> Booking:
    return Booking(person.pk, start, start + length, **more)


def book(ticket: Ticket, actor: User, wanted: Booking) -> Appointment:
    return book_appointment(ticket_id=ticket.pk, booking=wanted, actor=actor, now=NOW)


def move(row: Appointment, actor: User, wanted: Booking, seen: int | None = None) -> Appointment:
    return move_appointment(appointment_id=row.pk, booking=wanted, actor=actor, now=NOW, seen=seen)


def test_a_dispatcher_books_a_technician_and_the_free_ticket_becomes_theirs(
    ticket: Ticket, dispatcher: User, technician: User
) -> None:
    made = book(ticket, dispatcher, booking(technician, note=" Bring the cable "))

    made.refresh_from_db()
    ticket.refresh_from_db()
    assert (made.ticket, made.technician, made.booked_by) == (ticket, technician, dispatcher)
    assert (made.starts_at, made.ends_at, made.note) == (TEN, TEN + HOUR, "Bring the cable")
    assert (made.revision, made.changed_at, ticket.assignee) == (0, NOW, technician)


def test_a_ticket_that_somebody_has_stays_with_them(
    ticket: Ticket, dispatcher: User, technician: User
) -> None:
    Ticket.objects.update(assignee=dispatcher)

    book(ticket, dispatcher, booking(technician))

    ticket.refresh_from_db()
    assert ticket.assignee == dispatcher


def test_a_ticket_may_have_several(ticket: Ticket, technician: User) -> None:
    book(ticket, technician, booking(technician))
    book(ticket, technician, booking(technician, TEN + HOUR))

    assert ticket.appointments.count() == 2


def test_a_technician_plans_nobody_elses_time(ticket: Ticket, technician: User) -> None:
    colleague = UserFactory.create(role="technician")
    theirs = AppointmentFactory.create(technician=colleague)

    attempts: list[Callable[[], object]] = [
        lambda: book(ticket, technician, booking(colleague)),
        lambda: move(theirs, technician, booking(technician)),
        lambda: cancel_appointment(appointment_id=theirs.pk, actor=technician, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(NotYourSchedule):
            attempt()

    assert Appointment.objects.get() == theirs
    theirs.refresh_from_db()
    assert (theirs.technician, theirs.is_cancelled) == (colleague, False)


@pytest.mark.parametrize(
    "length", [timedelta(0), -HOUR, timedelta(hours=24, minutes=1), timedelta(seconds=40)]
)
def test_a_time_that_nobody_means_is_refused(
    ticket: Ticket, technician: User, length: timedelta
) -> None:
    with pytest.raises(SlotImpossible):
        book(ticket, technician, booking(technician, length=length))

    assert not Appointment.objects.exists()


def test_a_closed_ticket_takes_no_appointment(technician: User, firm: object) -> None:
    with pytest.raises(TicketClosed):
        book(TicketFactory.create(closed=True), technician, booking(technician))


def test_only_the_firms_people_are_booked_and_book(
    ticket: Ticket, dispatcher: User, client_contact: User
) -> None:
    with pytest.raises(NotAssignable):
        book(ticket, dispatcher, booking(client_contact))
    with pytest.raises(NotForClients):
        book(ticket, client_contact, booking(client_contact))

    assert not Appointment.objects.exists()


def test_each_kind_of_conflict_is_told_by_name_and_time(
    ticket: Ticket, dispatcher: User, technician: User
) -> None:
    office()
    other = AppointmentFactory.create(technician=technician, ticket__number="T900777")
    leave = LeaveFactory.create(person=technician, starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)
    long = booking(technician, TEN - 2 * HOUR, 4 * HOUR)  # 08:00 to 12:00

    with pytest.raises(SlotConflicts) as told:
        book(ticket, dispatcher, long)

    assert told.value.keys == [f"overlap:{other.pk}", f"leave:{leave.pk}", "hours"]
    for words in (
        "T900777 is booked from 10:00 to 11:00.",
        "On leave from 11:00 to 12:00.",
        "Outside working hours from 08:00 to 09:00.",
    ):
        assert words in str(told.value)
    assert Appointment.objects.get() == other


def test_who_accepts_exactly_what_was_told_books_all_the_same(
    ticket: Ticket, dispatcher: User, technician: User
) -> None:
    other = AppointmentFactory.create(technician=technician)
    accepted = frozenset({f"overlap:{other.pk}"})

    book(ticket, dispatcher, booking(technician, accepted=accepted))

    assert ticket.appointments.count() == 1


def test_what_was_accepted_does_not_cover_what_came_meanwhile(
    ticket: Ticket, dispatcher: User, technician: User
) -> None:
    first = AppointmentFactory.create(technician=technician)
    second = AppointmentFactory.create(technician=technician)

    with pytest.raises(SlotConflicts) as told:
        book(
            ticket,
            dispatcher,
            booking(technician, accepted=frozenset({f"overlap:{first.pk}"})),
        )

    assert f"overlap:{second.pk}" in told.value.keys
    assert not ticket.appointments.exists()


def test_a_cancelled_appointment_and_that_of_a_colleague_are_in_nobodys_way(
    ticket: Ticket, technician: User
) -> None:
    AppointmentFactory.create(technician=technician, cancelled_at=NOW)
    AppointmentFactory.create()

    book(ticket, technician, booking(technician))

    assert ticket.appointments.count() == 1


def test_moving_changes_time_and_technician_and_counts_a_revision(
    dispatcher: User, technician: User, firm: object
) -> None:
    row = AppointmentFactory.create()

    move(row, dispatcher, booking(technician, TEN + HOUR, 2 * HOUR, note="Later"), seen=0)

    row.refresh_from_db()
    assert (row.technician, row.starts_at, row.ends_at) == (technician, TEN + HOUR, TEN + 3 * HOUR)
    assert (row.note, row.revision, row.changed_at) == ("Later", 1, NOW)


def test_an_appointment_is_not_in_conflict_with_itself(technician: User, firm: object) -> None:
    row = AppointmentFactory.create(technician=technician)

    move(row, technician, booking(technician, TEN + HOUR / 2))

    row.refresh_from_db()
    assert row.starts_at == TEN + HOUR / 2


def test_who_moves_what_a_colleague_moved_meanwhile_is_told(
    dispatcher: User, technician: User, firm: object
) -> None:
    row = AppointmentFactory.create(technician=technician)
    move(row, dispatcher, booking(technician, TEN + HOUR), seen=0)

    with pytest.raises(ChangedMeanwhile):
        move(row, technician, booking(technician, TEN + 3 * HOUR), seen=0)

    row.refresh_from_db()
    assert (row.starts_at, row.revision) == (TEN + HOUR, 1)


def test_cancelling_keeps_the_row_and_twice_is_once(technician: User, firm: object) -> None:
    row = AppointmentFactory.create(technician=technician)

    for _ in range(2):
        cancel_appointment(appointment_id=row.pk, actor=technician, now=NOW)

    row.refresh_from_db()
    assert (row.cancelled_at, row.revision) == (NOW, 1)
    with pytest.raises(AppointmentCancelled):
        move(row, technician, booking(technician))


@pytest.mark.django_db
def test_the_database_takes_no_appointment_that_runs_backwards() -> None:
    with pytest.raises(IntegrityError, match="tickets_appointment_forwards"), transaction.atomic():
        AppointmentFactory.create(ends_at=TEN)


def test_leave_is_entered_changed_and_removed(technician: User) -> None:
    span: dict[str, Any] = {"starts_at": TEN, "ends_at": TEN + HOUR, "person_id": technician.pk}
    leave = enter_leave(**span, reason=" Dentist ", actor=technician)

    longer = {**span, "ends_at": TEN + 2 * HOUR}
    enter_leave(**longer, reason="Dentist", actor=technician, leave_id=leave.pk)

    found = Leave.objects.get()
    assert (found.reason, found.ends_at) == ("Dentist", TEN + 2 * HOUR)
    remove_leave(leave_id=leave.pk, actor=technician)
    remove_leave(leave_id=leave.pk, actor=technician)
    assert not Leave.objects.exists()


def test_leave_needs_a_reason_a_length_and_ones_own_name(
    technician: User, dispatcher: User
) -> None:
    good: dict[str, Any] = {
        "person_id": technician.pk,
        "starts_at": TEN,
        "ends_at": TEN + HOUR,
        "reason": "Dentist",
        "actor": technician,
    }

    wrongs: list[tuple[dict[str, Any], type[Refusal]]] = [
        ({"reason": " "}, ReasonMissing),
        ({"ends_at": TEN}, SlotImpossible),
        ({"person_id": dispatcher.pk}, NotYourSchedule),
    ]
    for wrong, refusal in wrongs:
        with pytest.raises(refusal):
            enter_leave(**{**good, **wrong})

    assert not Leave.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_dispatchers_who_book_the_same_hour_one_is_told() -> None:
    LegalEntityFactory.create()
    technician = UserFactory.create(role="technician")
    dispatchers = [UserFactory.create(role="dispatcher") for _ in range(2)]
    rows = [TicketFactory.create(), TicketFactory.create()]
    told = _at_once(
        [
            partial(book, row, who, booking(technician))
            for row, who in zip(rows, dispatchers, strict=True)
        ]
    )

    [made] = Appointment.objects.all()
    [refusal] = told
    assert isinstance(refusal, SlotConflicts)
    assert refusal.keys == [f"overlap:{made.pk}"]


@pytest.mark.django_db(transaction=True)
def test_of_two_dispatchers_who_move_one_appointment_one_is_told() -> None:
    LegalEntityFactory.create()
    row = AppointmentFactory.create()
    dispatchers = [UserFactory.create(role="dispatcher") for _ in range(2)]
    told = _at_once(
        [
            partial(move, row, who, booking(row.technician, TEN + n * HOUR), seen=0)
            for n, who in enumerate(dispatchers, start=1)
        ]
    )

    row.refresh_from_db()
    assert [type(one) for one in told] == [ChangedMeanwhile]
    assert row.revision == 1
    assert row.starts_at in {TEN + HOUR, TEN + 2 * HOUR}


def _at_once(deeds: list[Callable[[], object]]) -> list[Refusal]:
    """Do several things at the same moment; return who was refused."""
    barrier, refused = Barrier(len(deeds)), []

    def work(deed: Callable[[], object]) -> None:
        try:
            barrier.wait()
            deed()
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused
