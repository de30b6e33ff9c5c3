"""Public holidays by country and region, and a firm's own."""

from datetime import date

import pytest

from core.business_hours import BusinessHours
from core.holiday_calendar import (
    HolidayCalendar,
    UnknownCountry,
    UnknownRegion,
    countries,
    public_holidays,
)
from core.tests.places import HOUR, LONDON, PARIS, at, office

# Easter Sunday: 20 April 2025, 5 April 2026, 28 March 2027.
FRANCE_2026 = {
    date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14),
    date(2026, 5, 25), date(2026, 7, 14), date(2026, 8, 15), date(2026, 11, 1), date(2026, 11, 11),
    date(2026, 12, 25),
}  # fmt: skip


def test_the_holidays_of_a_country_move_with_easter() -> None:
    assert HolidayCalendar("FR").dates([2026]) == FRANCE_2026
    easter_mondays = {date(2025, 4, 21), date(2026, 4, 6), date(2027, 3, 29)}
    assert easter_mondays <= HolidayCalendar("FR").dates(range(2025, 2028))


def test_a_region_has_holidays_of_its_own() -> None:
    alsace = HolidayCalendar("FR", "6AE").dates([2026])

    assert alsace - FRANCE_2026 == {date(2026, 4, 3), date(2026, 12, 26)}


def test_a_holiday_on_a_weekend_is_kept_on_the_day_the_law_says_too() -> None:
    # Boxing Day 2026 is a Saturday: England's substitute is Monday, the 28th.
    assert {date(2026, 12, 26), date(2026, 12, 28)} <= HolidayCalendar("GB", "ENG").dates([2026])


def test_own_days_are_added_and_taken_away_in_the_years_asked_for() -> None:
    calendar = HolidayCalendar(
        "FR",
        added=frozenset({date(2026, 5, 15), date(2027, 5, 7)}),
        removed=frozenset({date(2026, 5, 25)}),  # Whit Monday is worked, for solidarity
    )

    assert calendar.dates([2026]) == FRANCE_2026 - {date(2026, 5, 25)} | {date(2026, 5, 15)}


def test_without_a_country_only_own_days_are_kept() -> None:
    own = date(2026, 8, 3)

    assert HolidayCalendar(added=frozenset({own})).dates([2026, 2027]) == {own}


@pytest.mark.parametrize(
    ("language", "name"), [("en_US", "Easter Monday"), ("fr", "Lundi de Pâques")]
)
def test_holidays_are_named_in_the_language_asked_for(language: str, name: str) -> None:
    named = public_holidays("FR", "", [2027, 2026], language)

    assert named[date(2026, 4, 6)] == name
    assert list(named) == sorted(named)


@pytest.mark.parametrize("country", ["ZZ", "fr", "date", "NYSE", ""])
def test_a_country_nobody_knows_is_refused(country: str) -> None:
    with pytest.raises(UnknownCountry):
        public_holidays(country, "", [2026])


def test_a_region_the_country_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownRegion, match="FR has no region BY"):
        HolidayCalendar("FR", "BY").dates([2026])


def test_countries_are_listed_with_their_regions() -> None:
    assert countries()["GB"] == ["ENG", "NIR", "SCT", "WLS"]


@pytest.mark.parametrize(
    ("hours", "calendar", "due"),
    [
        # Ten hours from Thursday 16:00 before Easter. France works on Good Friday: 1 + 8 h, then
        # an hour on Tuesday. England does not: 1 h, 8 h on Tuesday, an hour on Wednesday.
        (office(PARIS), HolidayCalendar("FR"), at("2026-04-07 10:00", PARIS)),
        (office(LONDON), HolidayCalendar("GB", "ENG"), at("2026-04-08 10:00", LONDON)),
        (office(PARIS), HolidayCalendar(), at("2026-04-06 10:00", PARIS)),
    ],
)
def test_easter_holds_up_what_is_due(
    hours: BusinessHours, calendar: HolidayCalendar, due: object
) -> None:
    observed = BusinessHours(hours.zone, hours.week, holidays=calendar.dates([2026]))

    assert observed.due(at("2026-04-02 16:00", hours.zone), 10 * HOUR) == due


def test_easter_monday_2027_follows_the_night_in_which_summer_time_begins() -> None:
    hours = BusinessHours(PARIS, office().week, holidays=HolidayCalendar("FR").dates([2027]))

    due = hours.due(at("2027-03-26 16:00"), 2 * HOUR)

    assert due == at("2027-03-30 10:00")
    assert due.isoformat() == "2027-03-30T08:00:00+00:00"
