"""Work outside business hours that is rated as another work type, in whole or in part.

Remote work costs 84.00 an hour, at least 15 min in steps of 15; outside 09:00 to 17:00 from Monday
to Friday it is rated as night work: 128.00, at least 30 min in steps of 15, no surcharges.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from billing.domain.agreements import RateCard, RateTable
from billing.domain.evidence import Stretch, WorkType
from billing.forecast import WorkAsked, forecast_time
from billing.models import Charge, Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.queries.books import check_books
from billing.tests.evidence import REMOTE, charged, evidence, hourly, worked
from billing.tests.firm import bill, open_firm
from catalog import models as catalog
from catalog.tests.factories import RateFactory, WorkTypeFactory
from contracts.models import Allowance, BusinessCalendar, CalendarWindow, Surcharge
from contracts.tests.factories import CoverageRuleFactory
from tickets.domain.work import TimeWorked
from tickets.models import Ticket, TimeCorrection, TimeEntry
from tickets.operations.log_time import log_time
from tickets.tests.factories import PartUsedFactory, TicketFactory

PARIS = ZoneInfo("Europe/Paris")
MAY, LATER = date(2026, 5, 1), datetime(2026, 12, 1, tzinfo=UTC)


def paris(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


@pytest.fixture
def ticket() -> Ticket:
    """A ticket of the firm."""
    open_firm()
    remote = WorkTypeFactory.create()
    night = WorkTypeFactory.create(code="night", name="Night", takes_surcharges=False)
    catalog.WorkType.objects.filter(pk=remote.pk).update(after_hours_type=night)
    card = catalog.RateCard.objects.get(client=None)
    RateFactory.create(rate_card=card, work_type=night, hourly_rate=128, minimum_minutes=30)
    calendar = BusinessCalendar.objects.create(name="Office", is_default=True)
    for weekday in range(5):
        CalendarWindow.objects.create(
            calendar=calendar, weekday=weekday, opens_at=time(9), closes_at=time(17)
        )
    made: Ticket = TicketFactory.create()
    return made


def logged(ticket: Ticket, actor: User, start: datetime, end: datetime) -> None:
    remote = WorkTypeFactory.create().pk
    work = TimeWorked(work_type_id=remote, started_at=start, ended_at=end)
    log_time(ticket_id=ticket.pk, work=work, actor=actor, now=LATER)


def lines() -> list[tuple[str, int, str]]:
    """Return treatment, minutes and amount of every charge for work."""
    found = Charge.objects.filter(kind="time").order_by("pk")
    return [(one.treatment, int(one.quantity), str(one.amount)) for one in found]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # 15 min are 15 billed, 10 at 84.00 and 5 at 128.00: no second minimum for the evening
        (paris(10, 16, 50), paris(10, 17, 5), [(10, "14.00"), (5, "10.67")]),
        # 7 min are 15 billed by the minimum of what was logged, 4 to 3: 9 and 6
        (paris(10, 16, 56), paris(10, 17, 3), [(9, "12.60"), (6, "12.80")]),
        # before opening comes first: 30 at 128.00 and 30 at 84.00
        (paris(30, 8, 30), paris(30, 9, 30), [(30, "64.00"), (30, "42.00")]),
        # an evening is night work in every respect: 5 min are 30
        (paris(10, 20), paris(10, 20, 5), [(30, "64.00")]),
        # over midnight, through the hour that the clocks skip: one hour, one minimum
        (paris(28, 23, 30), paris(29, 0, 30), [(60, "128.00")]),
        (paris(29, 1, 30), paris(29, 3, 30), [(60, "128.00")]),
        (paris(10, 10), paris(10, 10, 37), [(45, "63.00")]),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_the_part_outside_business_hours_is_rated_as_the_other_type(
    ticket: Ticket,
    technician: User,
    start: datetime,
    end: datetime,
    expected: list[tuple[int, str]],
) -> None:
    Surcharge.objects.create(name="after hours", multiplier=Decimal("1.5"), applies="outside")
    logged(ticket, technician, start, end)

    bill(MAY)

    assert [line[1:] for line in lines()] == expected
    assert all(check.ok for check in check_books())


@pytest.mark.django_db(transaction=True)
def test_a_contract_that_includes_remote_work_pays_for_its_hours_alone(
    ticket: Ticket, technician: User
) -> None:
    """16:30 to 17:30: half an hour of the 10 hours of remote work, half an hour at 128.00."""
    remote = catalog.WorkType.objects.get(code="remote")
    rule = CoverageRuleFactory.create(contract__client=ticket.client, work_type=remote)
    Allowance.objects.create(
        contract=rule.contract, name="Silver", minutes=600, starts_on=date(2026, 1, 1)
    )
    logged(ticket, technician, paris(10, 16, 30), paris(10, 17, 30))

    bill(MAY)

    assert lines() == [("drawn", 30, "0.00"), ("billed", 30, "64.00")]
    assert all(check.ok for check in check_books())


@pytest.mark.django_db(transaction=True)
def test_night_work_without_a_rate_holds_the_whole_entry(ticket: Ticket, technician: User) -> None:
    catalog.Rate.objects.filter(work_type__code="night").delete()
    logged(ticket, technician, paris(10, 16, 30), paris(10, 17, 30))

    bill(MAY)

    assert lines() == []


@pytest.mark.django_db(transaction=True)
def test_the_price_and_its_reason_are_told_before_saving(ticket: Ticket) -> None:
    told = forecast_time(
        WorkAsked(
            ticket_id=ticket.pk,
            work_type_id=WorkTypeFactory.create().pk,
            minutes=15,
            worked_on=date(2026, 3, 10),
            started_at=paris(10, 16, 50),
            ended_at=paris(10, 17, 5),
        )
    )

    assert told.amount == Decimal("24.67")
    assert told.sentence.endswith(
        "of which 5 min: €128.00/h Night, outside business hours, logged as Remote"
    )


@pytest.mark.django_db(transaction=True)
def test_minutes_taken_back_are_credited_as_what_they_were_billed_as(
    ticket: Ticket, technician: User
) -> None:
    catalog.WorkType.objects.filter(code="night").update(ledger_account="7062")
    logged(ticket, technician, paris(10, 16, 30), paris(10, 17, 30))
    bill(date(2026, 4, 1))
    drafts = list(Invoice.objects.values_list("pk", flat=True))
    issue_invoices(invoice_ids=drafts, issued_on=date(2026, 4, 1), actor=None)
    PartUsedFactory.create(ticket=ticket, used_on=date(2026, 4, 10))
    TimeCorrection.objects.create(
        time_entry=TimeEntry.objects.get(), minutes=15, reason="typo", found_on=date(2026, 4, 2)
    )

    bill(MAY)

    credit = Charge.objects.get(kind="adjustment")
    assert (credit.amount, credit.ledger_account) == (Decimal("-32.00"), "7062")
    assert "Night" in credit.description


@given(inside=st.integers(1, 40_000), outside=st.integers(1, 40_000))
def test_a_minimum_counts_once_however_the_clock_cuts_the_work(inside: int, outside: int) -> None:
    night = WorkType(9, "Night", takes_surcharges=False)
    rates = RateTable(firm=RateCard({REMOTE.id: [hourly("84.00", 15, 15)], 9: [hourly("128.00")]}))
    minutes = max(1, (inside + outside) // 60)
    stretches = (Stretch(inside, Decimal(1)), Stretch(outside, Decimal(1), is_outside=True))
    plain = worked(minutes)
    cut = worked(minutes, work_type=_with(night), stretches=stretches)

    parts = charged(evidence(time=[cut], rates=rates), MAY)
    whole = charged(evidence(time=[plain], rates=rates), MAY)

    assert sum(part.quantity for part in parts) == sum(part.quantity for part in whole)
    assert sum(part.source.minutes or 0 for part in parts) == minutes


def _with(night: WorkType) -> WorkType:
    return WorkType(REMOTE.id, REMOTE.name, after_hours=night)
