"""Business hours: weeks, nights, days that differ, and what is due, worked out by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.business_hours import BusinessHours, DatedHours, Interval, NeverDue, Piece, Window
from core.tests.places import (
    HOUR,
    KOLKATA,
    MINUTE,
    PARIS,
    at,
    every_day,
    nights,
    office,
    weekdays,
    window,
)

OFFICE = office()
WITH_BREAK = BusinessHours(PARIS, weekdays(window("09:00", "12:00"), window("13:00", "17:00")))
# Armistice is a Wednesday in 2026. Shifts begin on the evenings of Monday to Friday.
ARMISTICE = date(2026, 11, 11)
NIGHTS = BusinessHours(
    PARIS, weekdays(window("22:00", "06:00")), holidays=frozenset({ARMISTICE})
)  # fmt: skip


def _hours_of(hours: BusinessHours, day: date) -> list[tuple[str, str]]:
    """Write the openings of a day as the clock on the wall shows them."""
    return [
        (f"{one.start.astimezone(hours.zone):%a %H:%M}", f"{one.end.astimezone(hours.zone):%H:%M}")
        for one in hours.opens(day)
    ]


def test_a_break_is_the_gap_between_two_windows() -> None:
    assert _hours_of(WITH_BREAK, date(2026, 6, 5)) == [
        ("Fri 09:00", "12:00"),
        ("Fri 13:00", "17:00"),
    ]
    assert WITH_BREAK.elapsed(at("2026-06-05 11:30"), at("2026-06-05 13:30")) == HOUR


def test_windows_that_touch_are_one() -> None:
    hours = BusinessHours(PARIS, every_day(window("09:00", "12:00"), window("12:00", "17:00")))

    assert _hours_of(hours, date(2026, 6, 5)) == [("Fri 09:00", "17:00")]


def test_windows_that_overlap_count_once() -> None:
    hours = BusinessHours(PARIS, every_day(window("13:00", "17:00"), window("08:00", "14:00")))

    assert _hours_of(hours, date(2026, 6, 5)) == [("Fri 08:00", "17:00")]


@pytest.mark.parametrize(
    ("day", "openings"),
    [
        (date(2026, 11, 9), [("Mon 22:00", "00:00")]),  # Sunday has no shift that lasts into it
        (date(2026, 11, 10), [("Tue 00:00", "06:00"), ("Tue 22:00", "00:00")]),
        (ARMISTICE, []),  # Tuesday's shift ends at midnight, and none begins
        (date(2026, 11, 12), [("Thu 22:00", "00:00")]),
        (date(2026, 11, 14), [("Sat 00:00", "06:00")]),  # Friday's shift
        (date(2026, 11, 15), []),
    ],
)
def test_a_night_shift_belongs_to_the_evening_on_which_it_begins(
    day: date, openings: list[tuple[str, str]]
) -> None:
    assert _hours_of(NIGHTS, day) == openings


def test_a_window_that_closes_at_midnight_ends_with_its_day() -> None:
    hours = BusinessHours(PARIS, every_day(window("18:00", "00:00")))

    assert _hours_of(hours, date(2026, 6, 5)) == [("Fri 18:00", "00:00")]


def test_hours_of_its_own_go_before_a_holiday_and_before_the_week() -> None:
    christmas, eve, after = date(2026, 12, 25), date(2026, 12, 24), date(2026, 12, 28)
    hours = BusinessHours(
        PARIS,
        OFFICE.week,
        dated=(
            DatedHours(eve, (window("09:00", "12:00"),)),
            DatedHours(christmas, (window("10:00", "11:00"),)),
            DatedHours(after),
        ),
        holidays=frozenset({christmas, date(2027, 1, 1)}),
    )

    assert _hours_of(hours, eve) == [("Thu 09:00", "12:00")]
    assert _hours_of(hours, christmas) == [("Fri 10:00", "11:00")]
    assert _hours_of(hours, after) == []
    assert _hours_of(hours, date(2026, 12, 29)) == [("Tue 09:00", "17:00")]
    assert _hours_of(hours, date(2027, 1, 1)) == []


def test_around_the_clock_is_always_open() -> None:
    hours = BusinessHours.around_the_clock(PARIS)

    assert hours.elapsed(at("2026-01-01 00:00"), at("2027-01-01 00:00")) == 365 * 24 * HOUR
    assert hours.due(at("2026-12-25 03:00"), 90 * MINUTE) == at("2026-12-25 04:30")


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-06-05 16:45", 60, "2026-06-08 09:45"),  # case 21: Friday 16:45
        ("2026-06-06 11:00", 60, "2026-06-08 10:00"),  # case 21: Saturday 11:00
        ("2026-06-05 10:00", 480, "2026-06-08 10:00"),  # case 22, before any pause
        ("2026-06-05 16:00", 60, "2026-06-05 17:00"),  # as it closes, not when it opens again
        ("2026-06-05 09:00", 480, "2026-06-05 17:00"),
        ("2026-06-05 17:00", 1, "2026-06-08 09:01"),
        ("2026-06-05 09:00", 0, "2026-06-05 09:00"),
        ("2026-06-06 11:00", 0, "2026-06-06 11:00"),  # nothing to do is done at once
    ],
)
def test_due_is_the_first_instant_by_which_the_target_has_passed(
    start: str, minutes: int, due: str
) -> None:
    assert OFFICE.due(at(start), minutes * MINUTE) == at(due)


def test_due_over_a_year_counts_every_working_day_of_it() -> None:
    # 2026 has 261 days from Monday to Friday; the last is Thursday, 31 December.
    assert OFFICE.due(at("2026-01-01 00:00"), 261 * 8 * HOUR) == at("2026-12-31 17:00")
    assert OFFICE.elapsed(at("2026-01-01 00:00"), at("2027-01-01 00:00")) == 261 * 8 * HOUR


def test_half_past_belongs_to_the_zone_that_has_it() -> None:
    hours = office(KOLKATA)  # 5 h 30 ahead

    assert hours.opens(date(2026, 6, 8)) == (
        Interval(at("2026-06-08 03:30", ZoneInfo("UTC")), at("2026-06-08 11:30", ZoneInfo("UTC"))),
    )
    assert hours.due(at("2026-06-05 16:30", KOLKATA), HOUR) == at("2026-06-08 09:30", KOLKATA)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2028-02-28 16:00", 9, "2028-02-29 17:00"),  # Monday; the 29th is a Tuesday
        ("2028-02-28 16:00", 10, "2028-03-01 10:00"),
        ("2027-02-26 16:00", 9, "2027-03-01 17:00"),  # Friday; no 29th in 2027
    ],
)
def test_a_leap_day_is_a_day_like_any_other(start: str, hours: int, due: str) -> None:
    assert OFFICE.due(at(start), hours * HOUR) == at(due)


def test_work_past_closing_time_is_split_where_the_hours_end() -> None:
    pieces = OFFICE.split(at("2026-06-05 16:00"), at("2026-06-05 19:00"))

    assert pieces == (
        Piece(at("2026-06-05 16:00"), at("2026-06-05 17:00"), is_open=True, is_holiday=False),
        Piece(at("2026-06-05 17:00"), at("2026-06-05 19:00"), is_open=False, is_holiday=False),
    )
    # Case 16: 150 of the 180 minutes are billed, ×1.5 after hours: 50 × 1 + 100 × 1.5 = 200.
    inside, outside = (150 * piece.seconds // (180 * MINUTE) for piece in pieces)
    assert (inside, outside, inside + outside * 3 // 2) == (50, 100, 200)


def test_a_night_into_a_holiday_is_split_at_its_midnights() -> None:
    pieces = NIGHTS.split(at("2026-11-10 21:00"), at("2026-11-12 01:00"))

    assert [(piece.seconds, piece.is_open, piece.is_holiday) for piece in pieces] == [
        (1 * HOUR, False, False),
        (2 * HOUR, True, False),  # 22:00 to midnight
        (24 * HOUR, False, True),
        (1 * HOUR, False, False),  # no shift began on the holiday
    ]


def test_a_holiday_with_hours_of_its_own_is_both_open_and_a_holiday() -> None:
    own = (DatedHours(ARMISTICE, (window("10:00", "11:00"),)),)
    hours = BusinessHours(PARIS, OFFICE.week, own, frozenset({ARMISTICE}))

    pieces = hours.split(at("2026-11-11 10:30"), at("2026-11-11 11:15"))

    assert [(piece.seconds, piece.is_open, piece.is_holiday) for piece in pieces] == [
        (30 * MINUTE, True, True),
        (15 * MINUTE, False, True),
    ]


def test_time_of_one_kind_is_one_piece_over_midnight() -> None:
    start, end = at("2026-06-05 23:30"), at("2026-06-06 00:30")

    assert nights(PARIS).split(start, end) == (Piece(start, end, is_open=True, is_holiday=False),)
    assert OFFICE.split(start, start) == ()


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2026-06-05 09:00", "2026-06-05 09:00"),
        ("2026-06-05 16:59:59", "2026-06-05 16:59:59"),
        ("2026-06-05 17:00", "2026-06-08 09:00"),
        ("2026-06-07 12:00", "2026-06-08 09:00"),
    ],
)
def test_a_window_holds_its_opening_edge_and_not_its_closing_one(
    instant: str, opening: str
) -> None:
    assert OFFICE.is_open(at(instant)) is (opening == instant)
    assert OFFICE.next_opening(at(instant)) == at(opening)


def test_an_instant_counts_as_the_second_it_falls_in() -> None:
    start, end = at("2026-06-05 10:00:00.900"), at("2026-06-05 10:00:02.100")

    assert OFFICE.elapsed(start, end) == 2
    assert OFFICE.due(start, 2) == at("2026-06-05 10:00:02")
    assert OFFICE.due(start, 0) == start
    assert OFFICE.next_opening(start) == start


@pytest.mark.parametrize(
    "hours",
    [
        BusinessHours(PARIS, ((),) * 7),
        BusinessHours(PARIS, ((),) * 7, (DatedHours(date(2026, 6, 4), OFFICE.week[0]),)),
    ],
)
def test_hours_that_open_no_more_say_so(hours: BusinessHours) -> None:
    with pytest.raises(NeverDue, match="do not open for 1 s"):
        hours.due(at("2026-06-05 10:00"), 1)

    assert hours.due(at("2026-06-05 10:00"), 0) == at("2026-06-05 10:00")


def test_what_a_hundred_years_cannot_hold_is_never_due() -> None:
    minute_a_week = BusinessHours(PARIS, ((window("09:00", "09:01"),), *((),) * 6))

    with pytest.raises(NeverDue):
        minute_a_week.due(at("2026-06-05 10:00"), 5218 * MINUTE + 1)


def test_a_last_day_of_work_is_found_through_to_the_end_of_its_night() -> None:
    dated = (DatedHours(date(2026, 6, 30), (window("22:00", "06:00"),)),)
    hours = BusinessHours(PARIS, ((),) * 7, dated)

    assert hours.due(at("2026-06-05 10:00"), 8 * HOUR) == at("2026-07-01 06:00")


def test_what_makes_no_sense_is_refused() -> None:
    friday = at("2026-06-05 10:00")

    with pytest.raises(ValueError, match="cannot be negative"):
        OFFICE.due(friday, -1)
    with pytest.raises(ValueError, match="cannot end"):
        OFFICE.elapsed(friday, friday - timedelta(seconds=1))
    with pytest.raises(ValueError, match="needs a time zone"):
        OFFICE.elapsed(friday, friday.replace(tzinfo=None) + timedelta(hours=1))
    with pytest.raises(ValueError, match="seven days"):
        BusinessHours(PARIS, OFFICE.week[:6])
    with pytest.raises(ValueError, match="only one set"):
        BusinessHours(PARIS, OFFICE.week, (DatedHours(ARMISTICE), DatedHours(ARMISTICE)))
    with pytest.raises(ValueError, match="whole seconds"):
        Window(time(9, 0, 0, 1), time(17))
    with pytest.raises(ValueError, match="whole seconds"):
        Window(time(9, tzinfo=UTC), time(17))


def test_the_same_hours_are_equal_whatever_has_been_asked_of_them() -> None:
    asked = office()
    asked.elapsed(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))

    assert {asked: "found"}[office()] == "found"
