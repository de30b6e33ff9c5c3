"""What a calendar says is kept whenever it says something else."""

from datetime import UTC, date, datetime, time

import pytest

from contracts.domain.calendar_facts import facts_of, hours_of
from contracts.models import BusinessCalendar, CalendarDay, CalendarVersion
from contracts.operations.keep_calendar_versions import keep_calendar_versions
from contracts.operations.save_calendar import save_calendar

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 10, 9, tzinfo=UTC)
WEEK = [(day, time(9), time(17)) for day in range(5)]


@pytest.fixture
def calendar() -> BusinessCalendar:
    """Monday to Friday 9 to 17 in Paris, with the holidays of France."""
    facts = {"name": "Office", "time_zone": "Europe/Paris", "country": "FR"}
    return save_calendar(facts=facts, week=WEEK, now=MARCH)


def versions(calendar: BusinessCalendar) -> list[tuple[int, datetime]]:
    return list(calendar.versions.order_by("number").values_list("number", "valid_from"))


def test_saving_the_same_again_keeps_the_version(calendar: BusinessCalendar) -> None:
    later = datetime(2026, 3, 11, 9, tzinfo=UTC)

    save_calendar(facts={}, week=WEEK, now=later, calendar_id=calendar.pk)

    assert versions(calendar) == [(1, MARCH)]


def test_a_day_unlike_others_makes_a_version_from_then_on(calendar: BusinessCalendar) -> None:
    later = datetime(2026, 3, 11, 9, tzinfo=UTC)

    CalendarDay.objects.create(calendar=calendar, day=date(2026, 12, 24))
    keep_calendar_versions(now=later)
    CalendarDay.objects.all().delete()
    keep_calendar_versions(now=datetime(2026, 3, 12, 9, tzinfo=UTC))

    assert versions(calendar) == [
        (1, MARCH),
        (2, later),
        (3, datetime(2026, 3, 12, 9, tzinfo=UTC)),
    ]


def test_new_year_makes_no_version_until_the_known_years_run_out(
    calendar: BusinessCalendar,
) -> None:
    for year in (2027, 2030, 2034):
        keep_calendar_versions(now=datetime(year, 1, 1, tzinfo=UTC))
    assert versions(calendar) == [(1, MARCH)]

    keep_calendar_versions(now=datetime(2036, 1, 1, tzinfo=UTC))

    assert [number for number, _from in versions(calendar)] == [1, 2]


def test_a_version_is_read_as_it_was_written(calendar: BusinessCalendar) -> None:
    version = CalendarVersion.objects.get()

    hours = hours_of(version.facts)

    assert facts_of(hours) == version.facts
    # 14 July 2026 is a Tuesday and a holiday.
    assert hours.due(datetime(2026, 7, 13, 14, tzinfo=UTC), 3600 * 2) == datetime(
        2026, 7, 15, 8, tzinfo=UTC
    )
