"""Work over the edge of the firm's hours, from the desk to the draft, each part at its rate.

Remote work costs 84.00 an hour, at least 15 min in steps of 15; x1.5 is 126.00 outside 09:00 to
17:00 from Monday to Friday, x2 is 168.00 on holidays. What is billed is rounded once, then belongs
to the hours by their share of the clock.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from billing.forecast import WorkAsked, forecast_time
from billing.models import Charge
from billing.queries.books import check_books
from billing.tests.firm import bill, open_firm
from catalog.models import RateCard
from catalog.tests.factories import WorkTypeFactory
from contracts.models import BusinessCalendar, CalendarDay, CalendarWindow, Surcharge
from core.business_hours import Interval
from tickets.domain.work import TimeWorked
from tickets.models import Ticket
from tickets.operations.log_time import log_time
from tickets.operations.log_timer import log_timer
from tickets.operations.park_timer import park_timer
from tickets.operations.resume_timer import resume_timer
from tickets.operations.start_timer import start_timer
from tickets.tests.factories import TicketFactory

PARIS = ZoneInfo("Europe/Paris")
LATER = datetime(2026, 12, 1, tzinfo=UTC)


def paris(month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS, fold=fold)


@pytest.fixture
def ticket(technician: User) -> Ticket:
    """A ticket of the firm, whose office is closed on 1 May."""
    open_firm()
    calendar = BusinessCalendar.objects.create(name="Office", is_default=True)
    for weekday in range(5):
        CalendarWindow.objects.create(
            calendar=calendar, weekday=weekday, opens_at=time(9), closes_at=time(17)
        )
    CalendarDay.objects.create(calendar=calendar, day=date(2026, 5, 1), is_holiday=True)
    Surcharge.objects.create(name="after hours", multiplier=Decimal("1.5"), applies="outside")
    Surcharge.objects.create(name="holiday", multiplier=Decimal(2), applies="holidays")
    made: Ticket = TicketFactory.create()
    return made


def logged(ticket: Ticket, actor: User, start: datetime, end: datetime) -> None:
    work = TimeWorked(work_type_id=WorkTypeFactory.create().pk, started_at=start, ended_at=end)
    log_time(ticket_id=ticket.pk, work=work, actor=actor, now=LATER)


def lines() -> list[tuple[int, str]]:
    found = Charge.objects.filter(kind="time").order_by("pk")
    return [(int(charge.quantity), str(charge.amount)) for charge in found]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # 15 min are 15 billed, 10 before closing and 5 after: 24.50, not 21.00 + 31.50
        (paris(3, 10, 16, 50), paris(3, 10, 17, 5), [(10, "14.00"), (5, "10.50")]),
        # 7 min are 15 billed by the minimum, 4 to 3: 8.57 and 6.43, so 9 and 6
        (paris(3, 10, 16, 56), paris(3, 10, 17, 3), [(9, "12.60"), (6, "12.60")]),
        # over midnight from an evening into a holiday: 30 min at 126.00, 30 at 168.00
        (paris(4, 30, 23, 30), paris(5, 1, 0, 30), [(30, "63.00"), (30, "84.00")]),
        # over midnight from Friday to Saturday nothing changes
        (paris(3, 13, 23, 30), paris(3, 14, 0, 30), [(60, "126.00")]),
        # 01:30 to 03:30 in the night in which the clocks go forward is one hour
        (paris(3, 29, 1, 30), paris(3, 29, 3, 30), [(60, "126.00")]),
        # 01:30 to 03:30 in the night in which they go back is three
        (paris(10, 25, 1, 30), paris(10, 25, 3, 30, fold=1), [(180, "378.00")]),
        # over opening on the Monday after the clocks went forward
        (paris(3, 30, 8, 30), paris(3, 30, 9, 30), [(30, "63.00"), (30, "42.00")]),
        # from before opening until after closing: 1 h + 1 h outside, 8 h inside
        (paris(3, 10, 8), paris(3, 10, 18), [(120, "252.00"), (480, "672.00")]),
    ],
)
def test_each_part_is_rated_by_its_hours_and_the_minimum_counts_once(
    ticket: Ticket,
    technician: User,
    start: datetime,
    end: datetime,
    expected: list[tuple[int, str]],
) -> None:
    logged(ticket, technician, start, end)

    bill(date(2026, 12, 1))

    assert lines() == expected
    assert all(check.ok for check in check_books())


def test_a_timer_parked_over_closing_is_rated_by_what_it_measured(
    ticket: Ticket, technician: User
) -> None:
    """16:40 to 16:55 and 17:10 to 17:20 are 25 min, 30 billed, 15 to 10: 18 and 12."""
    timer = start_timer(ticket_id=ticket.pk, actor=technician, now=paris(3, 10, 16, 40))
    park_timer(timer_id=timer.pk, actor=technician, now=paris(3, 10, 16, 55))
    resume_timer(timer_id=timer.pk, actor=technician, now=paris(3, 10, 17, 10))
    park_timer(timer_id=timer.pk, actor=technician, now=paris(3, 10, 17, 20))

    log_timer(
        timer_id=timer.pk,
        ticket_id=ticket.pk,
        work=TimeWorked(work_type_id=WorkTypeFactory.create().pk),
        seconds_seen=1500,
        actor=technician,
        now=paris(3, 10, 17, 21),
    )
    bill(date(2026, 4, 1))

    assert lines() == [(18, "25.20"), (12, "25.20")]


def test_entries_rounded_together_share_one_minimum_over_closing(
    ticket: Ticket, technician: User
) -> None:
    """10 min until closing and 5 after are 15 billed together: 14.00 and 10.50."""
    RateCard.objects.update(rounding_scope="ticket")
    logged(ticket, technician, paris(3, 10, 16, 50), paris(3, 10, 17))
    logged(ticket, technician, paris(3, 10, 17), paris(3, 10, 17, 5))

    bill(date(2026, 4, 1))

    assert lines() == [(10, "14.00"), (5, "10.50")]


def test_the_price_is_told_before_saving_with_the_breaks(ticket: Ticket) -> None:
    """What the timer above will cost: 50.40."""
    parked = Interval(paris(3, 10, 16, 55), paris(3, 10, 17, 10))

    told = forecast_time(
        WorkAsked(
            ticket_id=ticket.pk,
            work_type_id=WorkTypeFactory.create().pk,
            minutes=25,
            worked_on=date(2026, 3, 10),
            started_at=paris(3, 10, 16, 40),
            ended_at=paris(3, 10, 17, 20),
            breaks=(parked,),
        )
    )

    assert told.amount == Decimal("50.40")
