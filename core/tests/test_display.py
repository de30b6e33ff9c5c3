"""Amounts, days and durations as readers expect them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from core import display
from core.periods import Period

NARROW = "\u202f"
SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "€1,234.50"), ("fr", f"1{NARROW}234,50{SPACE}€")],
)
def test_money_is_written_in_the_readers_way(language: str, written: str) -> None:
    with translation.override(language):
        assert display.money_text(Decimal("1234.5"), "EUR") == written


def test_yen_have_no_cents() -> None:
    assert display.money_text(Decimal(1500), "JPY") == "JP¥1,500"


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0 min"), (35, "35 min"), (60, "1 h"), (65, "1 h 05"), (-90, "-1 h 30")],
)
def test_minutes_are_written_as_people_say_them(minutes: int, written: str) -> None:
    assert display.minutes_text(minutes) == written


@pytest.mark.parametrize(("language", "written"), [("en", "31 Mar 2026"), ("fr", "31 mars 2026")])
def test_a_day_is_written_day_first(language: str, written: str) -> None:
    with translation.override(language):
        assert display.day_text(date(2026, 3, 31)) == written


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), "1 – 31 Mar 2026"),
        (date(2026, 3, 20), date(2026, 4, 5), "20 Mar – 5 Apr 2026"),
        (date(2025, 12, 20), date(2026, 1, 5), "20 Dec 2025 – 5 Jan 2026"),
        (date(2026, 3, 1), date(2026, 3, 1), "1 Mar 2026"),
        (date(2026, 3, 1), None, "from 1 Mar 2026"),
    ],
)
def test_days_name_month_and_year_once(first: date, last: date | None, written: str) -> None:
    assert display.days_text(first, last) == written


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "1er déc. 2026"),
        (date(2026, 12, 1), date(2026, 12, 31), "1er – 31 déc. 2026"),
        (date(2026, 3, 1), date(2026, 4, 21), "1er mars – 21 avr. 2026"),
        (date(2025, 8, 11), date(2026, 8, 1), "11 août 2025 – 1er août 2026"),
    ],
)
def test_in_french_the_first_of_a_month_is_counted(first: date, last: date, written: str) -> None:
    with translation.override("fr"):
        assert display.days_text(first, last) == written


def test_documents_write_their_days_in_their_own_language() -> None:
    day = date(2026, 4, 1)

    assert display.long_day_text(day) == "Wednesday, 1 April 2026"
    assert display.document_day_text(day, "fr") == "1er avril 2026"
    assert display.document_day_text(day, "en") == "1 April 2026"


def test_a_period_is_written_with_its_last_day_included() -> None:
    march = Period(date(2026, 3, 1), date(2026, 4, 1))

    assert display.period_text(march) == "1 – 31 Mar 2026"


def test_a_moment_is_written_in_the_readers_zone() -> None:
    moment = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)

    with timezone.override("Europe/Paris"):
        assert display.moment_text(moment) == "1 Apr 2026, 00:30"


@pytest.mark.parametrize(
    ("passed", "written"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5, minutes=59), "5 hours ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_time_passed_is_told_in_its_largest_unit(passed: timedelta, written: str) -> None:
    now = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)

    assert display.ago_text(now - passed, now) == written


def test_a_rate_keeps_its_half_percent() -> None:
    assert [display.percent_text(Decimal(rate)) for rate in ("20.00", "5.5")] == ["20%", "5.5%"]


def test_filters_leave_what_is_missing_empty() -> None:
    template = Template("[{{ none|money:'EUR' }}{{ none|day }}{{ none|minutes }}{{ none|ago }}]")

    assert template.render(Context({"none": None})) == "[]"


def test_signs_stand_as_the_language_sets_them() -> None:
    with translation.override("fr"):
        french = display.labelled_text("Reste", display.joined_text(["2 h", "3 h"]))
    with translation.override("en"):
        english = display.labelled_text("Left", display.joined_text(["2 h", "3 h"]))

    assert (french, english) == ("Reste\u00a0: 2 h\u202f; 3 h", "Left: 2 h; 3 h")
