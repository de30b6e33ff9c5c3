"""Day sheets and the queue of approval on the screen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from catalog.tests.factories import WorkTypeFactory
from clients.models import LegalEntity
from contracts.models import BusinessCalendar, CalendarWindow
from core.business_hours import Interval
from tickets.models import Ticket, TimeEntry, TimesheetDay, WorkingHours
from tickets.tests.factories import TimeEntryFactory, TimesheetDayFactory

SHEET = "/time/sheet/"
EVENING = datetime(2026, 3, 10, 19, tzinfo=UTC)  # a Tuesday, 20:00 in Paris


@pytest.fixture
def office(firm: LegalEntity) -> BusinessCalendar:
    """The firm works from Monday to Friday, 09:00 to 17:00."""
    calendar = BusinessCalendar.objects.create(name="Office", is_default=True)
    for weekday in range(5):
        CalendarWindow.objects.create(
            calendar=calendar, weekday=weekday, opens_at=time(9), closes_at=time(17)
        )
    return calendar


def worked(technician: User, start: int, end: int) -> TimeEntry:
    """Log whole hours of 10 March, as Paris shows them."""
    entry: TimeEntry = TimeEntryFactory.create(
        technician=technician,
        minutes=(end - start) * 60,
        started_at=paris(10, 0) + timedelta(hours=start),
        ended_at=paris(10, end),
    )
    return entry


def paris(day: int, hour: int) -> datetime:
    """Return a full hour of a March day as a clock in Paris shows it."""
    return datetime(2026, 3, day, hour, tzinfo=UTC) - timedelta(hours=1)


@pytest.fixture(autouse=True)
def evening() -> Iterator[Any]:
    """It is 20:00 in Paris on 10 March 2026."""
    with time_machine.travel(EVENING, tick=False) as now:
        yield now


def test_a_day_shows_its_entries_and_the_holes_to_fill(
    as_technician: Browser, technician: User, office: BusinessCalendar
) -> None:
    worked(technician, 9, 11)

    page = as_technician.get(f"{SHEET}?day=2026-03-10").content.decode()

    assert "2 h of 8 h" not in page
    assert "this week 2 h of 40 h" in page
    assert "11:00–17:00" in page
    assert "from=2026-03-10T10%3A00%3A00%2B00%3A00" in page
    assert "6 h less than the working hours" in page


def test_a_person_who_works_by_other_hours_is_measured_by_those(
    as_technician: Browser, technician: User, office: BusinessCalendar
) -> None:
    half = BusinessCalendar.objects.create(name="Mornings")
    CalendarWindow.objects.create(calendar=half, weekday=1, opens_at=time(8), closes_at=time(12))
    WorkingHours.objects.create(person=technician, calendar=half)

    page = as_technician.get(f"{SHEET}?day=2026-03-10").content.decode()

    assert "this week 0 min of 4 h" in page


def test_work_that_began_before_midnight_fills_the_hours_of_the_next_day(
    as_technician: Browser, technician: User, firm: LegalEntity
) -> None:
    night = BusinessCalendar.objects.create(name="Nights")
    CalendarWindow.objects.create(calendar=night, weekday=0, opens_at=time(22), closes_at=time(6))
    WorkingHours.objects.create(person=technician, calendar=night)
    entry = worked(technician, -1, 3)  # from 23:00 on Monday to 03:00 on Tuesday
    TimeEntry.objects.filter(pk=entry.pk).update(worked_on=date(2026, 3, 9))

    pages = [as_technician.get(f"{SHEET}?day=2026-03-{day}") for day in ("09", "10")]

    gaps = [page.context["sheet"].gaps for page in pages]
    assert gaps == [[Interval(paris(9, 22), paris(9, 23))], [Interval(paris(10, 3), paris(10, 6))]]


def test_what_overlaps_is_shown(
    as_technician: Browser, technician: User, office: BusinessCalendar
) -> None:
    worked(technician, 9, 12)
    worked(technician, 11, 13)

    page = as_technician.get(f"{SHEET}?day=2026-03-10").content.decode()

    assert page.count("is-overlapping") == 2
    assert "Some of this was worked at the same time." in page


def test_a_hole_is_filled_with_its_times(
    as_technician: Browser, technician: User, ticket: Ticket
) -> None:
    address = (
        f"{reverse('time:sheet-add')}?day=2026-03-10"
        "&from=2026-03-10T10:00:00%2B00:00&to=2026-03-10T12:30:00%2B00:00"
    )
    form = as_technician.get(address).content.decode()
    answer = as_technician.post(
        address,
        {
            "ticket": ticket.number,
            "work_type": WorkTypeFactory.create().pk,
            "worked_on": "2026-03-10",
            "begins": "11:00",
            "ends": "13:30",
            "is_billable": "on",
        },
    )

    assert 'value="11:00"' in form
    assert 'value="13:30"' in form
    assert answer["Location"] == f"{SHEET}?day=2026-03-10"
    assert TimeEntry.objects.get().minutes == 150


def test_a_form_that_is_refused_keeps_what_was_typed(
    as_technician: Browser, ticket: Ticket
) -> None:
    answer = as_technician.post(
        reverse("time:sheet-add"),
        {
            "ticket": ticket.number,
            "work_type": WorkTypeFactory.create().pk,
            "worked_on": "2026-03-10",
            "note": "A long call",
            "is_billable": "on",
        },
    )

    assert answer.status_code == 422
    assert "Say how long it took." in answer.content.decode()
    assert "A long call</textarea>" in answer.content.decode()


def test_a_day_is_handed_in_approved_and_then_stays(
    as_technician: Browser, as_manager: Browser, technician: User, office: BusinessCalendar
) -> None:
    entry = worked(technician, 9, 17)
    submit = f"{reverse('time:sheet-submit')}?day=2026-03-10"

    handed_in = as_technician.post(submit, {"days": ["2026-03-10"]}, follow=True)
    queue = as_manager.get(reverse("time:approvals")).content.decode()
    row = TimesheetDay.objects.get()
    approved = as_manager.post(reverse("time:days-approve"), {"selected": [row.pk]}, follow=True)
    refused = as_technician.post(reverse("tickets:time-delete", args=[entry.pk]), follow=True)

    assert "1 day submitted." in handed_in.content.decode()
    assert "Tuesday, 10 March 2026" in queue
    assert "1 day approved." in approved.content.decode()
    assert "This day is approved." in refused.content.decode()
    assert TimeEntry.objects.get() == entry


def test_many_days_are_approved_at_once(as_manager: Browser) -> None:
    rows = [TimesheetDayFactory.create() for _ in range(3)]

    as_manager.post(reverse("time:days-approve"), {"selected": [row.pk for row in rows[:2]]})

    assert list(TimesheetDay.objects.order_by("pk").values_list("status", flat=True)) == [
        "approved",
        "approved",
        "submitted",
    ]


def test_returning_asks_for_a_reason_and_keeps_the_choice(
    as_manager: Browser, as_technician: Browser, technician: User, firm: LegalEntity
) -> None:
    row = TimesheetDayFactory.create(person=technician)
    address = reverse("time:days-return")

    refused = as_manager.post(address, {"selected": [row.pk], "reason": ""})
    as_manager.post(address, {"selected": [row.pk], "reason": "Lunch is missing"})

    page = as_technician.get(f"{SHEET}?day=2026-03-10").content.decode()
    assert refused.status_code == 422
    assert f'value="{row.pk}" checked' in refused.content.decode()
    assert "Lunch is missing" in page


def test_only_those_who_approve_look_at_the_days_of_others(
    as_technician: Browser, as_manager: Browser, technician: User, manager: User, firm: LegalEntity
) -> None:
    assert as_technician.get(f"{SHEET}?person={manager.pk}").status_code == 404
    assert as_manager.get(f"{SHEET}?person={technician.pk}").status_code == 200


@pytest.mark.parametrize("given", ["yesterday", "2026-02-30", "0001-01-01", "9999-12-31", ""])
def test_a_day_that_is_none_is_today(as_technician: Browser, firm: LegalEntity, given: str) -> None:
    page = as_technician.get(SHEET, {"day": given})

    assert page.status_code == 200
    assert "Tuesday, 10 March 2026" in page.content.decode()


def test_my_work_is_told_what_was_logged_and_not_handed_in(
    as_technician: Browser, technician: User, office: BusinessCalendar
) -> None:
    worked(technician, 9, 12)

    fragment = as_technician.get(reverse("time:mine")).content.decode()

    assert "of 8 h today" in fragment
    assert "1 day of this week is not submitted." in fragment


def test_the_hours_of_people_are_chosen_on_one_page(
    as_manager: Browser, technician: User, office: BusinessCalendar
) -> None:
    address = reverse("time:working-hours")

    as_manager.post(address, {f"of_{technician.pk}": str(office.pk)})
    chosen = list(WorkingHours.objects.values_list("person_id", "calendar_id"))
    as_manager.post(address, {})

    assert chosen == [(technician.pk, office.pk)]
    assert not WorkingHours.objects.exists()


def test_a_sheet_costs_as_many_queries_for_twenty_entries_as_for_one(
    as_technician: Browser,
    technician: User,
    office: BusinessCalendar,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            as_technician.get(f"{SHEET}?day=2026-03-10")
        return len(found)

    worked(technician, 9, 10)
    one = queries()
    for hour in range(8):
        worked(technician, 10 + hour, 11 + hour)

    assert queries() == one


def test_the_day_of_the_sheet_is_the_day_of_the_firm(
    as_technician: Browser, technician: User, firm: LegalEntity, evening: Any
) -> None:
    """23:30 UTC on 10 March is 00:30 on 11 March in Paris."""
    evening.move_to(datetime(2026, 3, 10, 23, 30, tzinfo=UTC))
    TimeEntryFactory.create(technician=technician, worked_on=date(2026, 3, 11))

    assert "Wednesday, 11 March 2026" in as_technician.get(SHEET).content.decode()
