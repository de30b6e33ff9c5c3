"""Logging, correcting and taking back working time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from catalog.models import WorkType
from catalog.tests.factories import WorkTypeFactory
from tickets.domain.work import TimeWorked
from tickets.models import Ticket, TimeEntry
from tickets.operations.delete_time import delete_time
from tickets.operations.edit_time import edit_time
from tickets.operations.log_time import log_time
from tickets.refusals import (
    ImpossibleTime,
    NotForClients,
    NotOutOfScope,
    ReasonMissing,
    Refusal,
    TicketClosed,
    WorkTypeNotInUse,
)
from tickets.tests.conftest import NOW
from tickets.tests.factories import TicketFactory, TimeEntryFactory

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def remote(db: None) -> WorkType:
    """Remote work."""
    made: WorkType = WorkTypeFactory.create()
    return made


def paris(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=PARIS)  # type: ignore[arg-type,misc]  # the numbers of a moment


def test_minutes_are_logged_on_the_day_named(
    ticket: Ticket, technician: User, remote: WorkType
) -> None:
    work = TimeWorked(work_type_id=remote.pk, minutes=37, worked_on=date(2026, 3, 30))

    entry = log_time(ticket_id=ticket.pk, work=work, actor=technician, now=NOW)

    entry.refresh_from_db()
    assert (entry.minutes, entry.worked_on, entry.technician) == (37, date(2026, 3, 30), technician)
    assert (entry.is_billable, entry.is_out_of_scope, entry.started_at) == (True, False, None)


def test_minutes_without_a_day_are_of_the_firms_today(
    ticket: Ticket, technician: User, remote: WorkType
) -> None:
    past_midnight_in_paris = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    work = TimeWorked(work_type_id=remote.pk, minutes=10)

    entry = log_time(ticket_id=ticket.pk, work=work, actor=technician, now=past_midnight_in_paris)

    assert entry.worked_on == date(2026, 4, 1)


def test_the_night_the_clocks_go_forward_is_an_hour_shorter(
    ticket: Ticket, technician: User, remote: WorkType
) -> None:
    work = TimeWorked(
        work_type_id=remote.pk,
        started_at=paris(2026, 3, 29, 1, 30),
        ended_at=paris(2026, 3, 29, 4, 0),
    )

    entry = log_time(ticket_id=ticket.pk, work=work, actor=technician, now=NOW)

    assert (entry.minutes, entry.worked_on) == (90, date(2026, 3, 29))


def test_work_past_midnight_belongs_to_the_day_on_which_it_began(
    ticket: Ticket, technician: User, remote: WorkType
) -> None:
    work = TimeWorked(
        work_type_id=remote.pk,
        started_at=paris(2026, 3, 10, 23, 30),
        ended_at=paris(2026, 3, 11, 0, 20),
    )

    entry = log_time(ticket_id=ticket.pk, work=work, actor=technician, now=NOW)

    assert (entry.minutes, entry.worked_on) == (50, date(2026, 3, 10))


@pytest.mark.parametrize(
    ("change", "refusal", "field"),
    [
        ({"minutes": 0}, ImpossibleTime, "minutes"),
        ({"minutes": None}, ImpossibleTime, "minutes"),
        ({"minutes": 1441}, ImpossibleTime, "minutes"),
        ({"worked_on": date(2026, 4, 1)}, ImpossibleTime, "worked_on"),
        ({"ended_at": NOW}, ImpossibleTime, "begins"),
        ({"started_at": NOW}, ImpossibleTime, "ends"),
        ({"started_at": NOW, "ended_at": NOW}, ImpossibleTime, "ends"),
        ({"started_at": NOW, "ended_at": NOW.replace(hour=15)}, ImpossibleTime, "ends"),
        ({"started_at": NOW, "ended_at": NOW.replace(minute=16)}, ImpossibleTime, "ends"),
        (
            {"started_at": NOW.replace(day=29), "ended_at": NOW.replace(day=30, minute=1)},
            ImpossibleTime,
            "minutes",
        ),
        ({"is_billable": False, "not_billable_reason": " "}, ReasonMissing, "not_billable_reason"),
        ({"is_out_of_scope": True}, NotOutOfScope, "is_out_of_scope"),
        ({"work_type_id": 0}, WorkTypeNotInUse, "work_type"),
    ],
)
def test_impossible_work_is_refused_and_nothing_is_logged(
    ticket: Ticket,
    technician: User,
    remote: WorkType,
    change: dict[str, object],
    refusal: type[Refusal],
    field: str,
) -> None:
    work = replace(TimeWorked(work_type_id=remote.pk, minutes=30), **change)  # type: ignore[arg-type]  # named as the value names them

    with pytest.raises(refusal) as refused:
        log_time(ticket_id=ticket.pk, work=work, actor=technician, now=NOW)

    assert refused.value.field == field
    assert not TimeEntry.objects.exists()


def test_a_work_type_no_longer_in_use_is_refused(ticket: Ticket, technician: User) -> None:
    old = WorkTypeFactory.create(code="modem", is_active=False)

    with pytest.raises(WorkTypeNotInUse):
        log_time(
            ticket_id=ticket.pk,
            work=TimeWorked(work_type_id=old.pk, minutes=30),
            actor=technician,
            now=NOW,
        )


def test_a_closed_ticket_takes_no_time(firm: object, technician: User, remote: WorkType) -> None:
    closed = TicketFactory.create(closed=True)

    with pytest.raises(TicketClosed):
        log_time(
            ticket_id=closed.pk,
            work=TimeWorked(work_type_id=remote.pk, minutes=30),
            actor=technician,
            now=NOW,
        )

    assert not closed.time_entries.exists()


def test_time_on_a_flat_rate_ticket_can_be_outside_the_flat_rate(
    firm: object, technician: User, remote: WorkType
) -> None:
    flat = TicketFactory.create(flat_rate=True)
    work = TimeWorked(work_type_id=remote.pk, minutes=20, is_out_of_scope=True)

    entry = log_time(ticket_id=flat.pk, work=work, actor=technician, now=NOW)

    assert entry.is_out_of_scope


def test_a_contact_logs_no_time(ticket: Ticket, client_contact: User, remote: WorkType) -> None:
    ticket.client = client_contact.contact.client
    ticket.save()

    with pytest.raises(NotForClients):
        log_time(
            ticket_id=ticket.pk,
            work=TimeWorked(work_type_id=remote.pk, minutes=30),
            actor=client_contact,
            now=NOW,
        )


def test_a_correction_keeps_the_technician_and_the_old_work_type_may_stay(
    ticket: Ticket, dispatcher: User
) -> None:
    entry = TimeEntryFactory.create(ticket=ticket, work_type__code="modem")
    WorkType.objects.update(is_active=False)
    work = TimeWorked(
        work_type_id=entry.work_type_id,
        minutes=45,
        worked_on=date(2026, 3, 9),
        is_billable=False,
        not_billable_reason="our own mistake",
    )

    edited = edit_time(entry_id=entry.pk, work=work, actor=dispatcher, now=NOW)

    edited.refresh_from_db()
    assert (edited.minutes, edited.worked_on) == (45, date(2026, 3, 9))
    assert edited.technician == entry.technician
    assert (edited.is_billable, edited.not_billable_reason) == (False, "our own mistake")


def test_an_entry_is_taken_back(ticket: Ticket, technician: User) -> None:
    entry = TimeEntryFactory.create(ticket=ticket)

    delete_time(entry_id=entry.pk, actor=technician)

    assert not TimeEntry.objects.exists()
