"""On which days maintenance comes round."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.domain.recurrence import (
    ImpossibleRule,
    Kind,
    Rhythm,
    check_rule,
    days_between,
    rule_of,
)


def first_days(rhythm: Rhythm, kind: Kind, first: date, count: int) -> list[str]:
    rule = rule_of(rhythm, kind, first)
    end = first + timedelta(days=3000)
    return [f"{day:%d %b %y}" for day in days_between(rule, first, first, end, most=count)]


@pytest.mark.parametrize(
    ("rhythm", "kind", "first", "days"),
    [
        (Rhythm.WEEKLY, Kind.DATE, date(2026, 3, 3), ["03 Mar 26", "10 Mar 26", "17 Mar 26"]),
        (Rhythm.FORTNIGHTLY, Kind.DATE, date(2026, 3, 3), ["03 Mar 26", "17 Mar 26", "31 Mar 26"]),
        (Rhythm.MONTHLY, Kind.DATE, date(2026, 1, 31), ["31 Jan 26", "28 Feb 26", "31 Mar 26"]),
        (Rhythm.MONTHLY, Kind.DATE, date(2028, 1, 30), ["30 Jan 28", "29 Feb 28", "30 Mar 28"]),
        (Rhythm.MONTHLY, Kind.WEEKDAY, date(2026, 3, 3), ["03 Mar 26", "07 Apr 26", "05 May 26"]),
        (Rhythm.MONTHLY, Kind.WEEKDAY, date(2026, 3, 31), ["31 Mar 26", "28 Apr 26", "26 May 26"]),
        (Rhythm.QUARTERLY, Kind.DATE, date(2026, 1, 5), ["05 Jan 26", "05 Apr 26", "05 Jul 26"]),
        (Rhythm.HALF_YEARLY, Kind.DATE, date(2026, 1, 5), ["05 Jan 26", "05 Jul 26", "05 Jan 27"]),
        (Rhythm.YEARLY, Kind.DATE, date(2024, 2, 29), ["29 Feb 24", "28 Feb 25", "28 Feb 26"]),
    ],
)
def test_a_rhythm_comes_round_from_its_first_day(
    rhythm: Rhythm, kind: Kind, first: date, days: list[str]
) -> None:
    assert first_days(rhythm, kind, first, 3) == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "monthly",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=MONTHLY;BYHOUR=3",
        "FREQ=DAILY;COUNT=5",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY\nRDATE:20260101",
        "FREQ=DAILY;" + "BYMONTH=1;" * 40,
    ],
)
def test_what_is_no_rule_of_days_is_refused(text: str) -> None:
    with pytest.raises(ImpossibleRule):
        check_rule(text, date(2026, 3, 1))


def test_a_rule_ends_with_its_last_day() -> None:
    rule = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260317"

    days = days_between(rule, date(2026, 3, 3), date(2026, 1, 1), date(2026, 12, 31), most=99)

    assert days == [date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17)]


DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(st.sampled_from(Rhythm), st.sampled_from(Kind), DAYS, st.integers(0, 900))
def test_looking_at_two_stretches_finds_what_one_finds(
    rhythm: Rhythm, kind: Kind, first: date, cut: int
) -> None:
    rule, end = rule_of(rhythm, kind, first), first + timedelta(days=900)
    middle = first + timedelta(days=cut)

    whole = days_between(rule, first, first, end, most=999)
    before = days_between(rule, first, first, middle - timedelta(days=1), most=999)
    after = days_between(rule, first, middle, end, most=999)

    assert whole == before + after
    assert whole[0] == first
