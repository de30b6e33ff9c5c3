"""Business hours, surcharges and service levels, as people set them up."""

from datetime import date, time

import pytest
import time_machine
from django.test import Client as Browser

from contracts.models import BusinessCalendar, CalendarDay, SLAPolicy, Surcharge

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(date(2026, 3, 15), tick=False):
        yield


def test_a_week_is_written_and_shown_with_the_years_holidays(as_manager: Browser) -> None:
    facts = {"name": "Office", "time_zone": "Europe/Paris", "country": "FR", "is_default": "on"}
    monday = {"opens_0_1": "08:30", "closes_0_1": "12:30", "opens_0_2": "13:30",
              "closes_0_2": "18:00"}  # fmt: skip

    answer = as_manager.post("/contracts/calendars/new/", {**facts, **monday})
    calendar = BusinessCalendar.objects.get()
    page = as_manager.get(f"/contracts/calendars/{calendar.pk}/").content.decode()

    assert answer.status_code == 302
    assert list(calendar.windows.values_list("weekday", "opens_at", "closes_at")) == [
        (0, time(8, 30), time(12, 30)), (0, time(13, 30), time(18)),
    ]  # fmt: skip
    assert "08:30 – 12:30, 13:30 – 18:00" in page
    assert "Tuesday, 14 July 2026" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"opens_0_1": "08:30"}, "Name both times, or none."),
        (
            {"opens_0_1": "08:00", "closes_0_1": "13:00", "opens_0_2": "12:00",
             "closes_0_2": "18:00"},
            "The hours before run longer.",
        ),
        ({"country": "FR", "region": "XX"}, "This country has no such region."),
    ],
)  # fmt: skip
def test_a_week_that_makes_no_sense_is_refused(
    typed: dict[str, str], sentence: str, as_manager: Browser
) -> None:
    facts = {"name": "Office", "time_zone": "Europe/Paris", **typed}

    answer = as_manager.post("/contracts/calendars/new/", facts)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not BusinessCalendar.objects.exists()


def test_the_firms_own_calendar_is_the_one_named_last(as_manager: Browser) -> None:
    old = BusinessCalendar.objects.create(name="Old", is_default=True)

    as_manager.post(
        "/contracts/calendars/new/",
        {"name": "New", "time_zone": "Europe/Paris", "is_default": "on"},
    )

    old.refresh_from_db()
    assert (old.is_default, BusinessCalendar.objects.get(name="New").is_default) == (False, True)


def test_a_day_unlike_others_is_added_once_and_removed(as_manager: Browser) -> None:
    calendar = BusinessCalendar.objects.create(name="Office")
    eve = {"day": "2026-12-24", "name": "Eve", "opens_at": "08:30", "closes_at": "12:00"}
    url = f"/contracts/calendars/{calendar.pk}/days/new/"

    first, second = as_manager.post(url, eve), as_manager.post(url, eve)
    day = CalendarDay.objects.get()
    as_manager.post(f"/contracts/calendars/days/{day.pk}/remove/")

    assert (first.status_code, second.status_code) == (302, 422)
    assert not CalendarDay.objects.exists()


def test_a_surcharge_between_times_needs_them(as_manager: Browser) -> None:
    night = {"name": "Night", "multiplier": "1.5", "applies": "window", "weekdays": ["0", "1"]}

    refused = as_manager.post("/contracts/surcharges/new/", night)
    as_manager.post(
        "/contracts/surcharges/new/", {**night, "from_at": "18:00", "until_at": "08:00"}
    )

    assert "Name the times between which it counts." in refused.content.decode()
    assert Surcharge.objects.get().weekdays == [0, 1]


def test_a_service_level_promises_by_priority_and_can_be_changed(as_manager: Browser) -> None:
    typed = {"name": "Silver", "is_active": "on", "response_1_urgent": "60",
             "resolution_1_urgent": "480", "response_4_low": "960", "zone_of": "site",
             "warning_percentages": "100, 50", "lead_percent": "75"}  # fmt: skip

    as_manager.post("/contracts/sla/new/", typed)
    policy = SLAPolicy.objects.get()
    before = list(policy.targets.values_list("priority", "response_minutes", "resolution_minutes"))
    as_manager.post(f"/contracts/sla/{policy.pk}/", {**typed, "response_4_low": ""})

    assert before == [("1_urgent", 60, 480), ("4_low", 960, None)]
    assert policy.targets.count() == 1
    assert (policy.warning_percentages, policy.lead_percent) == ([50, 100], 75)
