"""What unusual hours cost more: cases 15 and 16, cut by the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import RateCard, RateTable
from billing.domain.evidence import Stretch, TimeWorked, WorkType
from billing.domain.surcharges import Counts, Surcharge, segments_of, stretches_of
from billing.explain import explain
from billing.tests.evidence import REMOTE, charged, evidence, hourly, worked
from core.business_hours import BusinessHours, Interval, Window
from core.periods import Period

APR = date(2026, 4, 1)
PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")
NINE_TO_FIVE = (Window(time(9), time(17)),)
WEEK = (*(NINE_TO_FIVE,) * 5, (), ())
OFFICE = BusinessHours(PARIS, WEEK, holidays=frozenset({date(2026, 5, 1)}))
AFTER_HOURS = Surcharge("after hours", Decimal("1.5"), Counts.OUTSIDE)
HOLIDAYS = Surcharge("holiday", Decimal(2), Counts.HOLIDAYS)
NIGHT_WINDOW = BusinessHours(PARIS, ((Window(time(22), time(6)),),) * 7)
NIGHT = Surcharge("night", Decimal("1.75"), Counts.WINDOW, NIGHT_WINDOW)
AT_100 = RateTable(firm=RateCard({REMOTE.id: [hourly("100.00")]}))


def paris(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def cut(start: datetime, end: datetime, *surcharges: Surcharge) -> list[tuple[int, Decimal, str]]:
    """Return the minutes, the multiplier and the reason of each stretch."""
    found = stretches_of(Interval(start, end), OFFICE, surcharges)
    return [(one.seconds // 60, one.multiplier, one.reason) for one in found]


def stretched(minutes: int, *stretches: Stretch, **fields: Any) -> TimeWorked:
    return worked(minutes, stretches=stretches, **fields)


def test_case_16_billed_minutes_belong_to_the_hours_by_their_share_of_the_clock() -> None:
    """16:00 to 19:00, closing at 17:00: of 150 billable min 50 are normal and 100 are x1.5."""
    times = Interval(paris(10, 16), paris(10, 19))
    entry = worked(180, billable_minutes=150, stretches=stretches_of(times, OFFICE, [AFTER_HOURS]))

    charges = charged(evidence(time=[entry], rates=AT_100), APR)

    # 50 min x 100.00 = 83.33; 100 min x 150.00 = 250.00; 200 weighted minutes in all
    assert [(one.quantity, one.unit_price, one.amount) for one in charges] == [
        (50, Decimal("100.00"), Decimal("83.33")),
        (100, Decimal("150.00"), Decimal("250.00")),
    ]
    assert [one.source.portion for one in charges] == [0, 1]
    assert [one.source.minutes for one in charges] == [60, 120]


def test_case_16_of_several_surcharges_the_highest_counts_and_none_is_multiplied() -> None:
    """On a holiday, at night, outside hours: x2 all the time, never x1.5 x1.75 x2."""
    found = cut(paris(1, 21, month=5), paris(1, 23, month=5), AFTER_HOURS, NIGHT, HOLIDAYS)

    assert found == [(120, Decimal(2), "holiday")]


def test_case_16_the_multiplier_of_the_work_type_is_one_of_them() -> None:
    emergency = replace(REMOTE, multiplier=Decimal(2))
    normal, late = Stretch(3600, Decimal(1)), Stretch(3600, Decimal("1.5"), "night")
    higher = Stretch(3600, Decimal(3), "Christmas")

    entry = stretched(180, normal, late, higher, work_type=emergency)

    assert [(one.minutes, one.multiplier) for one in segments_of(entry, 180)] == [
        (120, Decimal(2)),
        (60, Decimal(3)),
    ]


def test_a_work_type_below_the_normal_rate_stays_below_it() -> None:
    cheap = WorkType(5, "Travel", multiplier=Decimal("0.5"))

    by_clock = segments_of(stretched(60, Stretch(3600, Decimal(1)), work_type=cheap), 60)
    by_minutes = segments_of(worked(60, work_type=cheap), 60)

    assert [one.multiplier for one in by_clock] == [Decimal("0.5")]
    assert by_clock == by_minutes


def test_work_whose_rate_is_one_for_the_night_takes_no_surcharge() -> None:
    night_rate = replace(REMOTE, takes_surcharges=False)
    entry = stretched(60, Stretch(3600, Decimal("1.5"), "night"), work_type=night_rate)

    assert [one.multiplier for one in segments_of(entry, 60)] == [1]


@pytest.mark.parametrize(
    ("start", "end", "stretches"),
    [
        (paris(10, 9), paris(10, 12), []),
        (paris(10, 8), paris(10, 9), [(60, Decimal("1.5"), "after hours")]),
        (
            paris(10, 8, 30),
            paris(10, 17, 30),
            [
                (30, Decimal("1.5"), "after hours"),
                (480, Decimal(1), ""),
                (30, Decimal("1.5"), "after hours"),
            ],
        ),
        (
            paris(13, 21),  # a Friday: after hours, from 22:00 on night, until 06:00 on Saturday
            paris(14, 7),
            [
                (60, Decimal("1.5"), "after hours"),
                (480, Decimal("1.75"), "night"),
                (60, Decimal("1.5"), "after hours"),
            ],
        ),
    ],
)
def test_work_is_cut_where_a_surcharge_begins_or_ends(
    start: datetime, end: datetime, stretches: list[tuple[int, Decimal, str]]
) -> None:
    assert cut(start, end, AFTER_HOURS, NIGHT) == stretches


def test_case_15_the_night_of_summer_time_has_one_hour_less() -> None:
    """29 March, 01:00 to 04:00 on the wall: two hours of the night, not three."""
    start = datetime(2026, 3, 29, 0, tzinfo=UTC)
    end = datetime(2026, 3, 29, 2, tzinfo=UTC)

    assert cut(start, end, NIGHT) == [(120, Decimal("1.75"), "night")]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (datetime(2026, 3, 8, 1, tzinfo=NEW_YORK), datetime(2026, 3, 8, 4, tzinfo=NEW_YORK), 120),
        (
            datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK),
            datetime(2026, 11, 1, 3, 30, tzinfo=NEW_YORK),
            240,
        ),
    ],
)
def test_case_15_stretches_last_as_long_as_the_work_between_two_instants(
    start: datetime, end: datetime, minutes: int
) -> None:
    """8 March: 2 h between 01:00 and 04:00; 1 November: 4 h between 00:30 and 03:30."""
    hours = BusinessHours(NEW_YORK, WEEK)

    found = stretches_of(Interval(start, end), hours, [AFTER_HOURS])

    assert [(one.seconds // 60, one.multiplier) for one in found] == [(minutes, Decimal("1.5"))]


def test_a_surcharge_counts_for_work_that_begins_while_it_holds() -> None:
    from_april = replace(AFTER_HOURS, period=Period.through(APR, None))

    assert cut(paris(31, 18), paris(31, 19), from_april) == []
    assert cut(paris(1, 18, month=4), paris(1, 19, month=4), from_april) == [
        (60, Decimal("1.5"), "after hours")
    ]


def test_the_sentence_names_the_surcharge() -> None:
    entry = stretched(60, Stretch(3600, Decimal("1.5"), "after hours"))

    [charge] = charged(evidence(time=[entry], rates=AT_100), APR)

    assert explain(charge) == "1 h worked, €100.00/h Remote, ×1.5 after hours"


STRETCHES = st.lists(
    st.builds(
        Stretch,
        st.integers(1, 40_000),
        st.sampled_from([Decimal(1), Decimal("1.5"), Decimal(2)]),
    ),
    max_size=6,
)


@given(minutes=st.integers(1, 900), billable=st.integers(0, 900), stretches=STRETCHES)
def test_the_minutes_of_the_portions_add_up_to_those_of_the_entry(
    minutes: int, billable: int, stretches: list[Stretch]
) -> None:
    entry = stretched(minutes, *stretches, billable_minutes=billable)

    charges = charged(evidence(time=[entry], rates=AT_100), APR)

    assert sum(one.source.minutes or 0 for one in charges) == minutes
    assert sum(one.quantity for one in charges) == billable
    assert [one.source.portion for one in charges] == list(range(len(charges)))
    assert all((one.source.minutes or 0) >= 0 for one in charges)
