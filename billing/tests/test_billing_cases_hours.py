"""The numbered billing cases about hours that are included or were bought in advance."""

from datetime import date
from decimal import Decimal

import pytest

from billing.domain.agreements import DrawWeight
from billing.domain.draws import Placed, is_metered
from billing.domain.terms import BlockUnit
from billing.tests.evidence import K1, ON_SITE, REMOTE
from billing.tests.hours import (
    FEB,
    JAN,
    MAR,
    ON_SITE_ONLY,
    SENIOR,
    allowance,
    asked,
    block,
    draws_of,
    placed,
    rolling,
    taken,
    with_hours,
)

TENTH_OF_MARCH = date(2026, 3, 10)
DOUBLE = [DrawWeight(Decimal(2), work_role_id=SENIOR)]


@pytest.mark.parametrize(
    ("prorates", "minutes"),
    [(False, 600), (True, 232)],
)
def test_05_a_first_piece_of_a_month_grants_all_of_it_or_its_days(
    prorates: bool,  # noqa: FBT001  (a column of the table)
    minutes: int,
) -> None:
    contract = with_hours(allowance(10, date(2026, 3, 20), prorates_stub=prorates))

    where = placed(asked(601, date(2026, 3, 25), contract))[1, 0]

    # 12 of 31 days: 600 x 12 / 31 = 232.26 minutes, 3.87 h
    assert taken(where) == [(MAR, minutes, minutes)]


def test_17_a_late_entry_takes_from_the_blocks_that_were_valid_on_the_day_worked() -> None:
    blocks = [
        block("600", MAR, id=2),
        block("240", JAN, date(2026, 3, 31), id=1),
    ]

    places = placed(asked(300, date(2026, 3, 30)), blocks=blocks)

    # 4 h are left in A, which ends on 31 March; the fifth hour comes from B, which began in March
    assert taken(places[1, 0]) == [(1, 240, 240), (2, 60, 60)]


def test_17_overage_on_one_entry_is_split_to_the_minute() -> None:
    contract = with_hours()
    prepaid = block("90", JAN, contract_id=K1.id)

    where = placed(asked(120, TENTH_OF_MARCH, contract), blocks=[prepaid])[1, 0]

    # 1.5 h are left of 2 h worked; half an hour is billed at the rate that the chain finds
    assert taken(where) == [(1, 90, 90)]
    assert (where.rest_minutes, where.overage_rate) == (30, None)


def test_17_an_hour_of_a_senior_takes_two_hours_or_its_price() -> None:
    by_a_senior = asked(60, TENTH_OF_MARCH, work_role_id=SENIOR, hourly_rate=Decimal("150.00"))

    from_time = placed(by_a_senior, blocks=[block("600", weights=DOUBLE)])[1, 0]
    from_money = placed(by_a_senior, blocks=[block("500", unit=BlockUnit.MONEY, weights=DOUBLE)])

    assert taken(from_time) == [(1, 60, 120)]
    assert taken(from_money[1, 0]) == [(1, 60, Decimal("150.00"))]


def test_18_hours_carried_over_are_used_first_and_only_once() -> None:
    contract = with_hours(rolling(10))
    january = asked(360, date(2026, 1, 20), contract, key=(1, 0))
    february = asked(180, date(2026, 2, 20), contract, key=(2, 0))
    march = asked(780, date(2026, 3, 20), contract, key=(3, 0))

    places = placed(january, february, march)

    assert taken(places[2, 0]) == [(JAN, 180, 180)]
    # January's last hour has expired, so March has February's ten and its own ten
    assert taken(places[3, 0]) == [(FEB, 600, 600), (MAR, 180, 180)]


def test_19_included_remote_work_does_not_eat_prepaid_hours_on_site() -> None:
    contract = with_hours()
    on_site_hours = block("600", contract_id=K1.id, work_type_ids=ON_SITE_ONLY)

    assert not is_metered(contract, REMOTE.id, TENTH_OF_MARCH, [on_site_hours])
    assert is_metered(contract, ON_SITE.id, TENTH_OF_MARCH, [on_site_hours])
    remote = placed(asked(60, TENTH_OF_MARCH, contract), blocks=[on_site_hours])[1, 0]
    assert remote == Placed((), 60)


def test_30_late_work_takes_what_its_own_month_has_left_and_nothing_from_the_next() -> None:
    contract = with_hours(allowance(3, overage_rate=Decimal("120.00")))
    in_march = asked(120, TENTH_OF_MARCH, contract)
    frozen = draws_of(placed(in_march))

    late = placed(asked(120, date(2026, 3, 20), contract, key=(2, 0)), drawn=frozen)[2, 0]

    # 3 h less 2 h billed: 1 h is still in March, 1 h is overage at March's rate
    assert taken(late) == [(MAR, 60, 60)]
    assert (late.rest_minutes, late.overage_rate) == (60, Decimal("120.00"))
