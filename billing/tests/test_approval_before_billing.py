"""Time that waits to be approved: left behind with its reason, billed once it is approved."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import User
from billing.models import Charge, Invoice
from billing.queries.books import check_books
from billing.queries.flags import flags_of, with_flag_facts
from billing.tests.firm import APRIL, bill, open_firm
from tickets.domain.work import TimeWorked
from tickets.models import TimeEntry
from tickets.operations.approve_days import approve_days
from tickets.operations.log_time import log_time
from tickets.operations.submit_days import submit_days
from tickets.tests.factories import TimeEntryFactory

NOW = datetime(2026, 3, 31, 16, tzinfo=UTC)
TENTH = date(2026, 3, 10)


@pytest.fixture
def waiting(technician: User) -> TimeEntry:
    """37 minutes of a firm that approves time before it bills it."""
    firm = open_firm()
    firm.time_needs_approval = True
    firm.save()
    approved = TimeEntryFactory.create(minutes=30)
    work = TimeWorked(work_type_id=approved.work_type_id, minutes=37, worked_on=TENTH)
    return log_time(ticket_id=approved.ticket_id, work=work, actor=technician, now=NOW)


def billed() -> list[Decimal]:
    found = Charge.objects.filter(kind="time").order_by("pk")
    return [charge.amount for charge in found]


def test_it_stays_out_of_the_draft_which_says_so(waiting: TimeEntry) -> None:
    bill()

    # 30 min at 84.00 an hour; the 37 min wait
    assert billed() == [Decimal("42.00")]
    draft = with_flag_facts(Invoice.objects.drafts()).get()
    assert "unapproved" in [flag.code for flag in flags_of(draft)]
    assert all(check.ok for check in check_books())


def test_it_is_billed_by_the_next_run_once_its_day_is_approved(
    waiting: TimeEntry, technician: User, manager: User
) -> None:
    bill()
    [row] = submit_days(days=[TENTH], actor=technician, now=NOW)
    approve_days(day_ids=[row.pk], actor=manager, now=NOW)

    bill(APRIL)

    # 37 min worked are 45 min billed: 63.00, once
    assert billed() == [Decimal("42.00"), Decimal("63.00")]
    assert all(check.ok for check in check_books())
