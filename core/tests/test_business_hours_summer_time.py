"""Business hours in the nights in which clocks are put forward or back, worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.business_hours import BusinessHours
from core.tests.places import (
    HOUR,
    LONDON,
    LORD_HOWE,
    MINUTE,
    NEW_YORK,
    PARIS,
    at,
    every_day,
    nights,
    office,
    window,
)

Day = tuple[int, int, int]


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-08 01:00", "2026-03-08 04:00", 2),  # case 15: the wall says 3
        ("2026-11-01 00:30", "2026-11-01 03:30", 4),  # case 15: the wall says 3
    ],
)
def test_what_elapses_is_real_time(start: str, end: str, hours: int) -> None:
    always = BusinessHours.around_the_clock(NEW_YORK)

    assert always.elapsed(at(start, NEW_YORK), at(end, NEW_YORK)) == hours * HOUR
    assert always.due(at(start, NEW_YORK), hours * HOUR) == at(end, NEW_YORK)


def test_an_hour_shown_twice_elapses_twice() -> None:
    always = BusinessHours.around_the_clock(NEW_YORK)
    first, second = (at("2026-11-01 01:30", NEW_YORK, fold=fold) for fold in (0, 1))

    assert always.elapsed(first, second) == HOUR
    assert always.due(first, HOUR).astimezone(NEW_YORK).isoformat() == "2026-11-01T01:30:00-05:00"
    assert [piece.seconds for piece in always.split(first, second)] == [HOUR]


@pytest.mark.parametrize(
    ("zone", "evening", "minutes"),
    [
        (PARIS, "2026-03-27", 8 * 60),
        (PARIS, "2026-03-28", 7 * 60),  # 2:00 -> 3:00
        (PARIS, "2026-10-24", 9 * 60),  # 3:00 -> 2:00
        (LONDON, "2026-03-28", 7 * 60),  # 1:00 -> 2:00
        (LONDON, "2026-10-24", 9 * 60),  # 2:00 -> 1:00
        (NEW_YORK, "2026-03-07", 7 * 60),  # 2:00 -> 3:00
        (NEW_YORK, "2026-10-31", 9 * 60),  # 2:00 -> 1:00
        (NEW_YORK, "2026-03-28", 8 * 60),  # Europe's night is an ordinary one there
        (LORD_HOWE, "2026-04-04", 8 * 60 + 30),  # 2:00 -> 1:30
        (LORD_HOWE, "2026-10-03", 7 * 60 + 30),  # 2:00 -> 2:30
    ],
)
def test_a_night_shift_from_22_to_6_lasts_as_long_as_the_night(
    zone: ZoneInfo, evening: str, minutes: int
) -> None:
    begins = at(f"{evening} 22:00", zone)

    ends = nights(zone).due(begins, minutes * MINUTE)

    assert f"{ends.astimezone(zone):%H:%M}" == "06:00"
    assert nights(zone).elapsed(begins, begins + timedelta(hours=15)) == minutes * MINUTE


@pytest.mark.parametrize(
    ("zone", "start", "hours", "due"),
    [
        # Shifts that begin at 22:00; the due time is told in UTC.
        (PARIS, "2026-03-28 22:00", 6, datetime(2026, 3, 29, 3, tzinfo=UTC)),  # 5:00 summer time
        (PARIS, "2026-10-24 22:00", 6, datetime(2026, 10, 25, 2, tzinfo=UTC)),  # 3:00 winter time
        (NEW_YORK, "2026-03-07 22:00", 6, datetime(2026, 3, 8, 9, tzinfo=UTC)),  # 5:00 EDT
        (NEW_YORK, "2026-10-31 22:00", 6, datetime(2026, 11, 1, 8, tzinfo=UTC)),  # 3:00 EST
    ],
)
def test_a_target_over_the_change_is_due_after_real_hours(
    zone: ZoneInfo, start: str, hours: int, due: datetime
) -> None:
    assert nights(zone).due(at(start, zone), hours * HOUR) == due


@pytest.mark.parametrize(
    ("zone", "start", "due"),
    [
        # Two hours from Friday 16:00: one on Friday, one on Monday, by the clock of the day.
        (PARIS, "2026-03-27 16:00", datetime(2026, 3, 30, 8, tzinfo=UTC)),
        (PARIS, "2026-10-23 16:00", datetime(2026, 10, 26, 9, tzinfo=UTC)),
        (NEW_YORK, "2026-03-06 16:00", datetime(2026, 3, 9, 14, tzinfo=UTC)),
        (NEW_YORK, "2026-10-30 16:00", datetime(2026, 11, 2, 15, tzinfo=UTC)),
    ],
)
def test_an_office_opens_at_nine_by_the_clock_on_its_wall(
    zone: ZoneInfo, start: str, due: datetime
) -> None:
    assert office(zone).due(at(start, zone), 2 * HOUR) == due
    assert office(zone).elapsed(at(start, zone), due) == 2 * HOUR


@pytest.mark.parametrize(
    ("opens", "closes", "day", "expected"),
    [
        # 2:00 to 3:00 is not shown: such an edge counts at the jump, 7:00 UTC.
        ("02:30", "08:00", (2026, 3, 8), [("07:00", "12:00")]),
        ("00:00", "02:30", (2026, 3, 8), [("05:00", "07:00")]),
        ("02:15", "02:45", (2026, 3, 8), []),
        ("02:30", "03:15", (2026, 3, 8), [("07:00", "07:15")]),
        # 1:00 to 2:00 is shown twice: such an edge counts when it is shown first.
        ("00:00", "01:30", (2026, 11, 1), [("04:00", "05:30")]),
        ("01:30", "08:00", (2026, 11, 1), [("05:30", "13:00")]),
        ("01:00", "02:00", (2026, 11, 1), [("05:00", "07:00")]),
    ],
)
def test_an_edge_never_shown_counts_at_the_jump_and_one_shown_twice_at_first(
    opens: str, closes: str, day: Day, expected: list[tuple[str, str]]
) -> None:
    hours = BusinessHours(NEW_YORK, every_day(window(opens, closes)))

    openings = [(f"{one.start:%H:%M}", f"{one.end:%H:%M}") for one in hours.opens(date(*day))]

    assert openings == expected


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        (PARIS, (2026, 3, 29), 23 * 60),
        (PARIS, (2026, 10, 25), 25 * 60),
        (NEW_YORK, (2026, 3, 8), 23 * 60),
        (NEW_YORK, (2026, 11, 1), 25 * 60),
        (LORD_HOWE, (2026, 4, 5), 24 * 60 + 30),
        (LORD_HOWE, (2026, 10, 4), 23 * 60 + 30),
        (ZoneInfo("America/Havana"), (2026, 11, 1), 25 * 60),  # midnight comes twice
        (ZoneInfo("America/Santiago"), (2026, 9, 6), 23 * 60),  # and here not at all
        (ZoneInfo("Pacific/Apia"), (2011, 12, 30), 0),  # a day that was left out
    ],
)
def test_a_local_day_is_as_long_as_its_clock_makes_it(
    zone: ZoneInfo, day: Day, minutes: int
) -> None:
    openings = BusinessHours.around_the_clock(zone).opens(date(*day))

    assert sum(one.seconds for one in openings) == minutes * MINUTE


def test_a_late_evening_in_new_york_belongs_to_its_own_day() -> None:
    # Case 14: 31 March 20:30 in New York is already 1 April in UTC.
    hours = BusinessHours(NEW_YORK, every_day(window("20:00", "21:00")))

    (evening,) = hours.opens(date(2026, 3, 31))

    assert evening.start == datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
    assert evening.start <= at("2026-03-31 20:30", NEW_YORK) < evening.end
