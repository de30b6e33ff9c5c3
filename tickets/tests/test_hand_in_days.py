"""Days that are handed in, approved, returned, and what stays as it is meanwhile."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from catalog.tests.factories import WorkTypeFactory
from clients.models import LegalEntity
from tickets.domain.work import TimeWorked
from tickets.models import Ticket, TimeEntry, TimesheetDay
from tickets.operations.approve_days import approve_days
from tickets.operations.delete_time import delete_time
from tickets.operations.edit_time import edit_time
from tickets.operations.log_time import log_time
from tickets.operations.return_days import return_days
from tickets.operations.submit_days import submit_days
from tickets.operations.withdraw_days import withdraw_days
from tickets.refusals import DayLocked, NotAllowed, NothingToSubmit, ReasonMissing
from tickets.tests.factories import TimeEntryFactory, TimesheetDayFactory

TENTH, ELEVENTH, TWELFTH = (date(2026, 3, day) for day in (10, 11, 12))
NOW = datetime(2026, 3, 11, 18, tzinfo=UTC)


@pytest.fixture
def approving(firm: LegalEntity) -> LegalEntity:
    """The firm, which bills time only once it is approved."""
    firm.time_needs_approval = True
    firm.save()
    return firm


def logged(ticket: Ticket, actor: User, day: date = TENTH) -> TimeEntry:
    work = TimeWorked(work_type_id=WorkTypeFactory.create().pk, minutes=30, worked_on=day)
    return log_time(ticket_id=ticket.pk, work=work, actor=actor, now=NOW)


def changed(entry: TimeEntry, day: date, minutes: int = 45) -> TimeWorked:
    return TimeWorked(work_type_id=entry.work_type_id, minutes=minutes, worked_on=day)


def test_a_week_hands_in_the_days_on_which_something_is_logged(
    firm: LegalEntity, technician: User
) -> None:
    TimeEntryFactory.create(technician=technician, worked_on=TENTH)
    TimeEntryFactory.create(worked_on=ELEVENTH)

    rows = submit_days(days=[TENTH, ELEVENTH], actor=technician, now=NOW)

    assert [(row.day, row.status, row.person) for row in rows] == [(TENTH, "submitted", technician)]


@pytest.mark.parametrize("day", [ELEVENTH, TWELFTH])
def test_neither_an_empty_day_nor_one_to_come_is_handed_in(
    firm: LegalEntity, technician: User, day: date
) -> None:
    TimeEntryFactory.create(technician=technician, worked_on=TWELFTH)

    with pytest.raises(NothingToSubmit):
        submit_days(days=[day], actor=technician, now=NOW)

    assert not TimesheetDay.objects.exists()


def test_handing_in_twice_changes_nothing(firm: LegalEntity, technician: User) -> None:
    TimeEntryFactory.create(technician=technician)
    submit_days(days=[TENTH], actor=technician, now=NOW)

    again = submit_days(days=[TENTH], actor=technician, now=NOW.replace(hour=20))

    assert again == []
    assert TimesheetDay.objects.get().submitted_at == NOW


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_time_of_a_day_that_is_handed_in_stays_as_it_is(
    ticket: Ticket, technician: User, status: str
) -> None:
    entry = TimeEntryFactory.create(technician=technician, ticket=ticket)
    other = TimeEntryFactory.create(technician=technician, ticket=ticket, worked_on=ELEVENTH)
    TimesheetDayFactory.create(person=technician, status=status)

    with pytest.raises(DayLocked):
        logged(ticket, technician)
    with pytest.raises(DayLocked):
        edit_time(entry_id=entry.pk, work=changed(entry, ELEVENTH), actor=technician, now=NOW)
    with pytest.raises(DayLocked):
        edit_time(entry_id=other.pk, work=changed(other, TENTH), actor=technician, now=NOW)
    with pytest.raises(DayLocked):
        delete_time(entry_id=entry.pk, actor=technician)

    kept = TimeEntry.objects.order_by("pk").values_list("worked_on", "minutes")
    assert list(kept) == [(TENTH, 30), (ELEVENTH, 30)]


def test_days_of_others_and_other_days_stay_open(ticket: Ticket, technician: User) -> None:
    TimesheetDayFactory.create()
    TimesheetDayFactory.create(person=technician, day=ELEVENTH, status="approved")

    assert logged(ticket, technician).worked_on == TENTH


def test_what_is_taken_back_can_be_changed_again(ticket: Ticket, technician: User) -> None:
    TimesheetDayFactory.create(person=technician)

    assert withdraw_days(days=[TENTH], actor=technician) == 1

    assert logged(ticket, technician).minutes == 30


def test_neither_days_of_others_nor_approved_ones_are_taken_back(technician: User) -> None:
    TimesheetDayFactory.create()
    TimesheetDayFactory.create(person=technician, status="approved")

    assert withdraw_days(days=[TENTH], actor=technician) == 0


def test_where_time_is_approved_it_is_so_with_its_day(
    ticket: Ticket, technician: User, manager: User, approving: LegalEntity
) -> None:
    entry, elsewhere = logged(ticket, technician), logged(ticket, technician, ELEVENTH)
    assert not entry.is_approved
    [row] = submit_days(days=[TENTH], actor=technician, now=NOW)

    [approved] = approve_days(day_ids=[row.pk], actor=manager, now=NOW)

    entry.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (entry.is_approved, elsewhere.is_approved) == (True, False)
    assert (approved.status, approved.decided_by, approved.decided_at) == (
        "approved",
        manager,
        NOW,
    )


def test_where_time_is_not_approved_it_is_billed_at_once(ticket: Ticket, technician: User) -> None:
    assert logged(ticket, technician).is_approved


def test_time_that_is_changed_must_be_approved_again(
    ticket: Ticket, technician: User, approving: LegalEntity
) -> None:
    entry = TimeEntryFactory.create(ticket=ticket, technician=technician)

    edit_time(entry_id=entry.pk, work=changed(entry, TENTH), actor=technician, now=NOW)

    entry.refresh_from_db()
    assert (entry.minutes, entry.is_approved) == (45, False)


def test_returning_a_day_opens_it_with_a_reason(
    ticket: Ticket, technician: User, manager: User, approving: LegalEntity
) -> None:
    entry = logged(ticket, technician)
    [row] = submit_days(days=[TENTH], actor=technician, now=NOW)
    approve_days(day_ids=[row.pk], actor=manager, now=NOW)

    return_days(day_ids=[row.pk], reason=" Too long ", actor=manager, now=NOW)

    row.refresh_from_db()
    entry.refresh_from_db()
    assert (row.status, row.reason, entry.is_approved) == ("returned", "Too long", False)
    assert logged(ticket, technician).worked_on == TENTH


def test_a_day_is_not_returned_without_a_reason(manager: User) -> None:
    row = TimesheetDayFactory.create()

    with pytest.raises(ReasonMissing):
        return_days(day_ids=[row.pk], reason="  ", actor=manager, now=NOW)

    row.refresh_from_db()
    assert row.is_submitted


def test_a_returned_day_is_handed_in_again(
    firm: LegalEntity, technician: User, manager: User
) -> None:
    TimeEntryFactory.create(technician=technician)
    TimesheetDayFactory.create(person=technician, status="returned", reason="Too long")

    [row] = submit_days(days=[TENTH], actor=technician, now=NOW)

    assert (row.status, row.reason, row.decided_by) == ("submitted", "", None)


def test_a_technician_approves_nothing(technician: User) -> None:
    row = TimesheetDayFactory.create(person=technician)

    with pytest.raises(NotAllowed):
        approve_days(day_ids=[row.pk], actor=technician, now=NOW)
    with pytest.raises(NotAllowed):
        return_days(day_ids=[row.pk], reason="No", actor=technician, now=NOW)

    row.refresh_from_db()
    assert row.is_submitted
