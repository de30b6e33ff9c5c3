"""A timer that was parked in the evening: what was not worked is not dear either."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from billing.models import Charge
from billing.operations.issue_invoices import issue_invoices
from billing.tests.firm import APRIL, bill, open_firm
from contracts.models import BusinessCalendar, CalendarWindow, Surcharge
from tickets.models import TimeEntry
from tickets.tests.factories import TimeEntryFactory

pytestmark = pytest.mark.django_db


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of March 2026, an hour before what Paris shows."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture(autouse=True)
def firm() -> None:
    """Remote work costs 84.00 an hour in steps of 15 min, x1.5 after 17:00 in Paris."""
    open_firm()
    calendar = BusinessCalendar.objects.create(name="Office", is_default=True)
    for weekday in range(5):
        CalendarWindow.objects.create(
            calendar=calendar, weekday=weekday, opens_at=time(9), closes_at=time(17)
        )
    Surcharge.objects.create(name="after hours", multiplier=Decimal("1.5"), applies="outside")


def entry(started_at: datetime, ended_at: datetime, minutes: int, *breaks: datetime) -> TimeEntry:
    made: TimeEntry = TimeEntryFactory.create(
        started_at=started_at,
        ended_at=ended_at,
        minutes=minutes,
        breaks=[list(breaks)] if breaks else [],
    )
    return made


def lines() -> list[tuple[int, Decimal]]:
    found = Charge.objects.filter(kind="time").order_by("pk")
    return [(int(charge.quantity), charge.amount) for charge in found]


def test_a_break_over_closing_time_leaves_what_was_worked_on_either_side() -> None:
    """16:00 to 19:00 without 16:30 to 18:30: half an hour before closing, half an hour after."""
    entry(utc(10, 15), utc(10, 18), 60, utc(10, 15, 30), utc(10, 17, 30))

    bill()

    # 30 min at 84.00 are 42.00; 30 min at 126.00 are 63.00
    assert lines() == [(30, Decimal("42.00")), (30, Decimal("63.00"))]


def test_a_break_within_the_day_leaves_one_line() -> None:
    entry(utc(10, 9), utc(10, 12), 120, utc(10, 10), utc(10, 11))

    bill()

    assert lines() == [(120, Decimal("168.00"))]


def test_the_breaks_of_billed_work_stay() -> None:
    made = entry(utc(10, 15), utc(10, 18), 60, utc(10, 15, 30), utc(10, 17, 30))
    bill()
    charge = Charge.objects.filter(kind="time").first()
    assert charge is not None
    assert charge.invoice_id is not None
    issue_invoices(invoice_ids=[charge.invoice_id], issued_on=APRIL, actor=None)

    with pytest.raises(DatabaseError, match="billed evidence"), transaction.atomic():
        TimeEntry.objects.filter(pk=made.pk).update(breaks=[])
