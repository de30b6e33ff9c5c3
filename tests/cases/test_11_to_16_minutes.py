"""Cases 11 to 16 from time that is logged to what is issued: rounding, days, clocks."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from billing.models import Charge
from catalog.models import RateCard, WorkType
from clients.models import Client, LegalEntity
from contracts.models import BusinessCalendar, CalendarDay, CalendarWindow, Surcharge
from tests.cases.story import Story, billed

pytestmark = pytest.mark.django_db
MARCH_10, APRIL = date(2026, 3, 10), date(2026, 4, 1)
PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")


def rounding(card: RateCard, minimum: int, step: int, **how: object) -> None:
    """Let the card round like this."""
    card.rates.update(minimum_minutes=minimum, step_minutes=step)
    RateCard.objects.update(**how)


def minutes() -> list[int]:
    """Return the minutes of every charge for work."""
    return [int(one.quantity) for one in Charge.objects.filter(kind="time").order_by("pk")]


@pytest.mark.parametrize(
    ("scope", "billed_minutes", "amounts"),
    [
        ("entry", [15, 15, 30], ["30.00", "30.00", "60.00"]),  # 60 min: 120.00
        ("ticket", [8, 10, 27], ["16.00", "20.00", "54.00"]),  # 37 -> 45 min: 90.00
        ("day", [8, 10, 27], ["16.00", "20.00", "54.00"]),
    ],
)
def test_case_11_scope(
    story: Story, card: RateCard, scope: str, billed_minutes: list[int], amounts: list[str]
) -> None:
    """45 min over 7, 8 and 22 of 37: 8.51, 9.73 and 26.76; the largest remainders go up."""
    rounding(card, 15, 15, rounding_scope=scope)
    ticket = story.open()
    for worked in (7, 8, 22):
        story.work(MARCH_10, worked, ticket=ticket)

    assert billed(APRIL) == amounts
    assert minutes() == billed_minutes


@pytest.mark.parametrize(("scope", "total"), [("entry", 180), ("ticket", 120)])
def test_case_11_steps_of_an_hour(story: Story, card: RateCard, scope: str, total: int) -> None:
    rounding(card, 0, 60, rounding_scope=scope)
    ticket = story.open()
    for worked in (45, 45, 5):
        story.work(MARCH_10, worked, ticket=ticket)

    billed(APRIL)

    assert sum(minutes()) == total


@pytest.mark.parametrize(("order", "expected"), [("minimum_first", 30), ("steps_first", 20)])
def test_case_11_order_matters(story: Story, card: RateCard, order: str, expected: int) -> None:
    rounding(card, 20, 15, rounding_order=order)
    story.work(MARCH_10, 5)

    billed(APRIL)

    assert minutes() == [expected]


@pytest.mark.parametrize(("worked", "expected"), [(35, 30), (40, 30), (41, 60)])
def test_case_11_grace(story: Story, card: RateCard, worked: int, expected: int) -> None:
    rounding(card, 0, 30, grace_minutes=10)
    story.work(MARCH_10, worked)

    billed(APRIL)

    assert minutes() == [expected]


def test_case_12_work_cut_at_midnight_and_month_end_pays_one_minimum(
    story: Story, card: RateCard
) -> None:
    """23:30 to 00:30 as two entries of 30 min, billed in two months: 60, then nothing more."""
    rounding(card, 60, 1, rounding_scope="ticket")
    ticket = story.open()
    edge = datetime(2026, 4, 1, tzinfo=PARIS)
    story.work_between(datetime(2026, 3, 31, 23, 30, tzinfo=PARIS), edge, ticket=ticket)
    story.work_between(edge, datetime(2026, 4, 1, 0, 30, tzinfo=PARIS), ticket=ticket)

    assert billed(APRIL) == ["120.00"]
    assert billed(date(2026, 5, 1)) == []
    assert minutes() == [60, 0]


@pytest.mark.parametrize(
    ("worked", "rate", "amount"), [(50, 100, "83.33"), (5, 120, "10.00"), (1, 50, "0.83")]
)
def test_case_13_what_is_printed_is_what_was_multiplied(
    story: Story, worked: int, rate: int, amount: str
) -> None:
    story.work(MARCH_10, worked, hourly_rate=Decimal(rate))

    assert billed(APRIL) == [amount]
    line = Charge.objects.get()
    assert (int(line.quantity), int(line.unit_price), line.price_base) == (worked, rate, 60)


def test_case_13_a_currency_without_cents(story: Story) -> None:
    """20 min at 1,000 yen are 333; tax of 20 % on 333 is 67."""
    LegalEntity.objects.update(currency="JPY")
    Client.objects.update(currency="JPY")
    story.work(MARCH_10, 20, hourly_rate=Decimal(1000))

    assert [Decimal(amount) for amount in billed(APRIL)] == [333]
    invoice = story.client.invoices.get()
    assert [int(one) for one in (invoice.net, invoice.tax, invoice.total)] == [333, 67, 400]


def test_case_14_an_evening_in_new_york_belongs_to_its_own_month(story: Story) -> None:
    """31 March 20:30 is 1 April 00:30 in UTC."""
    LegalEntity.objects.update(time_zone="America/New_York")
    begun = datetime(2026, 3, 31, 20, 30, tzinfo=NEW_YORK)
    story.work_between(begun, begun.replace(hour=21, minute=15))

    assert billed(date(2026, 3, 31)) == []
    assert billed(APRIL) == ["90.00"]
    assert Charge.objects.get().starts_on == date(2026, 3, 31)


def test_case_14_an_hour_over_the_end_of_a_month_is_in_one_month(story: Story) -> None:
    story.work_between(
        datetime(2026, 3, 31, 23, 30, tzinfo=PARIS), datetime(2026, 4, 1, 0, 30, tzinfo=PARIS)
    )

    assert billed(APRIL) == ["120.00"]
    assert billed(date(2026, 5, 1)) == []


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-08T01:00-05:00", "2026-03-08T04:00-04:00", 120),
        ("2026-11-01T00:30-04:00", "2026-11-01T03:30-05:00", 240),
    ],
)
def test_case_15_a_night_of_changed_clocks_lasts_as_long_as_it_lasts(
    story: Story, start: str, end: str, expected: int
) -> None:
    LegalEntity.objects.update(time_zone="America/New_York")
    story.work_between(datetime.fromisoformat(start), datetime.fromisoformat(end))

    billed(date(2026, 12, 1))

    assert minutes() == [expected]


def office() -> BusinessCalendar:
    """Open from 09:00 to 17:00 on weekdays; what is outside costs half as much again."""
    calendar = BusinessCalendar.objects.create(name="Office", is_default=True)
    for weekday in range(5):
        CalendarWindow.objects.create(
            calendar=calendar, weekday=weekday, opens_at=time(9), closes_at=time(17)
        )
    Surcharge.objects.create(name="After hours", multiplier=Decimal("1.5"), applies="outside")
    return calendar


def evening(story: Story) -> None:
    """Work from 16:00 to 19:00, of which 150 of 180 min are to be billed."""
    story.work_between(
        datetime(2026, 3, 10, 15, tzinfo=UTC),
        datetime(2026, 3, 10, 18, tzinfo=UTC),
        billable_minutes=150,
    )


def test_case_16_billed_minutes_are_shared_by_the_clock(story: Story) -> None:
    """50 min at 120.00 and 100 min at 180.00: 200 weighted minutes, 400.00."""
    office()
    evening(story)

    assert billed(APRIL) == ["100.00", "300.00"]
    assert minutes() == [50, 100]


def test_case_16_a_service_at_double_price_is_not_dearer_at_night(story: Story) -> None:
    """x2 and x1.5 are x2, all the time: 2.5 h at 240.00."""
    office()
    WorkType.objects.filter(code="remote").update(multiplier=2)
    evening(story)

    assert billed(APRIL) == ["600.00"]


def test_case_16_on_a_holiday_the_higher_of_two_surcharges_counts(story: Story) -> None:
    """Holiday x1.25 by day, after hours x1.5 from 17:00 on: 50 min at 150.00, 100 at 180.00."""
    calendar = office()
    Surcharge.objects.create(name="Holiday", multiplier=Decimal("1.25"), applies="holidays")
    CalendarDay.objects.create(calendar=calendar, day=MARCH_10, is_holiday=True)
    evening(story)

    amounts = billed(APRIL)

    # a holiday is outside business hours all day, so x1.5 counts from 16:00 on
    assert amounts == ["450.00"]
