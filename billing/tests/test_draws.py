"""Drawing from allowances and blocks: which hours pay for which work, and what is overage."""

from datetime import date
from decimal import Decimal

import pytest

from billing.domain.agreements import Drawn, DrawWeight
from billing.domain.draws import is_metered
from billing.domain.terms import BlockUnit
from billing.tests.evidence import K1, ON_SITE, REMOTE
from billing.tests.hours import (
    APR,
    FEB,
    JAN,
    MAR,
    MAY,
    REMOTE_ONLY,
    SENIOR,
    allowance,
    asked,
    block,
    draws_of,
    placed,
    rolling,
    rows,
    statement_of,
    taken,
    with_hours,
)
from core.periods import Period

TENTH_OF_MARCH = date(2026, 3, 10)
DOUBLE = [DrawWeight(Decimal(2), work_role_id=SENIOR)]


def test_included_work_takes_from_the_month_it_was_worked_in_and_the_rest_is_overage() -> None:
    contract = with_hours(allowance(2, overage_rate=Decimal("120.00")))

    places = placed(
        asked(90, date(2026, 3, 30), contract, key=(1, 0)),
        asked(60, date(2026, 3, 31), contract, key=(2, 0)),
        asked(60, APR, contract, key=(3, 0)),
    )

    assert taken(places[1, 0]) == [(MAR, 90, 90)]
    # 2 h less 1.5 h leave half an hour; the other half hour costs 120.00 an hour
    assert taken(places[2, 0]) == [(MAR, 30, 30)]
    assert (places[2, 0].rest_minutes, places[2, 0].overage_rate) == (30, Decimal("120.00"))
    assert taken(places[3, 0]) == [(APR, 60, 60)]


def test_work_is_served_by_the_day_worked_then_by_its_key_however_it_is_listed() -> None:
    contract = with_hours(allowance(1))
    requests = [
        asked(40, date(2026, 3, 11), contract, key=(1, 0)),
        asked(40, TENTH_OF_MARCH, contract, key=(3, 0)),
        asked(40, TENTH_OF_MARCH, contract, key=(2, 0)),
    ]

    places = placed(*requests)

    assert [places[key].rest_minutes for key in ((2, 0), (3, 0), (1, 0))] == [0, 20, 40]
    assert placed(*reversed(requests)) == places


def test_a_weighted_hour_that_is_only_partly_left_is_split_into_whole_minutes() -> None:
    contract = with_hours(allowance(1), weights=DOUBLE)
    first = asked(45, TENTH_OF_MARCH, contract)
    by_a_senior = asked(60, date(2026, 3, 11), contract, key=(2, 0), work_role_id=SENIOR)

    places = placed(first, by_a_senior)

    # 15 minutes are left: 7 minutes of a senior take 14, the 8th would overdraw the month
    assert taken(places[2, 0]) == [(MAR, 7, 14)]
    assert places[2, 0].rest_minutes == 53


@pytest.mark.parametrize(
    ("weights", "quantity"),
    [
        ([DrawWeight(Decimal("1.25"))], "75"),
        ([DrawWeight(Decimal("1.25")), DrawWeight(Decimal("0.5"), REMOTE.id)], "30"),
        # weights for the type and for the role do not multiply: the higher counts
        ([DrawWeight(Decimal("1.5"), REMOTE.id), DrawWeight(Decimal(2), None, SENIOR)], "120"),
        ([DrawWeight(Decimal(1), REMOTE.id, SENIOR), DrawWeight(Decimal(2), None, SENIOR)], "60"),
        ([DrawWeight(Decimal(3), ON_SITE.id)], "60"),
        ([DrawWeight(Decimal("1.3333"))], "79.9980"),
        ([DrawWeight(Decimal(0), REMOTE.id)], "0"),
    ],
)
def test_the_weight_nearest_to_the_work_counts(weights: list[DrawWeight], quantity: str) -> None:
    contract = with_hours(allowance(10), weights=weights)

    where = placed(asked(60, TENTH_OF_MARCH, contract, work_role_id=SENIOR))[1, 0]

    assert taken(where) == [(MAR, 60, Decimal(quantity))]


def test_late_work_does_not_take_hours_that_a_later_month_has_taken_already() -> None:
    contract = with_hours(rolling(10, since=MAR))
    march = asked(360, date(2026, 3, 5), contract, key=(1, 0))
    april = asked(180, date(2026, 4, 5), contract, key=(2, 0))
    frozen = draws_of(placed(march, april))

    late = placed(asked(120, date(2026, 3, 25), contract, key=(3, 0)), drawn=frozen)[3, 0]

    # of March's 10 h, March took 6 and April 3
    assert (taken(late), late.rest_minutes) == ([(MAR, 60, 60)], 60)


def test_a_cap_limits_what_a_month_may_carry_and_cuts_off_the_oldest() -> None:
    contract = with_hours(rolling(10, cap=12, age=2))
    march = asked(60 * 25, date(2026, 3, 31), contract)

    where = placed(march)[1, 0]

    # 20 h are left at the end of February, 12 are carried: 2 of January's and February's 10
    assert taken(where) == [(JAN, 120, 120), (FEB, 600, 600), (MAR, 600, 600)]
    assert where.rest_minutes == 180


def test_a_cap_that_cuts_off_a_whole_month_cuts_into_the_next() -> None:
    contract = with_hours(rolling(10, cap=5, age=2))
    january = asked(60 * 7, date(2026, 1, 31), contract)
    march = asked(60 * 16, date(2026, 3, 31), contract, key=(2, 0))

    places = placed(january, march)

    # 3 h and 10 h are left at the end of February, 5 are carried: none of January's
    assert taken(places[2, 0]) == [(FEB, 300, 300), (MAR, 600, 600)]


def test_late_work_finds_no_more_carried_over_than_the_cap_allowed() -> None:
    contract = with_hours(rolling(10, cap=4))
    frozen = draws_of(placed(asked(240, date(2026, 2, 5), contract)))

    late = placed(asked(60, date(2026, 2, 20), contract, key=(2, 0)), drawn=frozen)[2, 0]

    # January's 4 h are used up; the 6 h that expired do not come back
    assert (frozen[0].bucket_on, taken(late)) == (JAN, [(FEB, 60, 60)])


def test_what_was_given_back_can_be_taken_again() -> None:
    contract = with_hours(allowance(2))
    frozen = [
        Drawn(TENTH_OF_MARCH, Decimal(120), allowance_id=1, bucket_on=MAR),
        Drawn(TENTH_OF_MARCH, Decimal(-45), allowance_id=1, bucket_on=MAR),
    ]

    where = placed(asked(60, date(2026, 3, 12), contract), drawn=frozen)[1, 0]

    assert (taken(where), where.rest_minutes) == ([(MAR, 45, 45)], 15)


def test_an_allowance_for_one_type_of_work_leaves_other_work_to_the_one_for_all() -> None:
    contract = with_hours(
        allowance(1, id=1, overage_rate=Decimal(90)),
        allowance(1, id=2, work_type_ids=REMOTE_ONLY, overage_rate=Decimal(70)),
    )

    remote = placed(asked(180, TENTH_OF_MARCH, contract))[1, 0]
    on_site = placed(asked(180, TENTH_OF_MARCH, contract, work_type_id=ON_SITE.id))[1, 0]

    assert [draw.source.allowance_id for draw in remote.draws] == [2, 1]
    assert (remote.rest_minutes, remote.overage_rate) == (60, Decimal(70))
    assert [draw.source.allowance_id for draw in on_site.draws] == [1]
    assert (on_site.rest_minutes, on_site.overage_rate) == (120, Decimal(90))


def test_an_allowance_comes_before_the_blocks_of_its_contract() -> None:
    contract = with_hours(allowance(1))
    blocks = [block("600", id=1), block("60", id=2, contract_id=K1.id)]

    where = placed(asked(180, TENTH_OF_MARCH, contract), blocks=blocks)[1, 0]

    # a block of no contract does not serve work that a contract includes
    assert (taken(where), where.rest_minutes) == ([(MAR, 60, 60), (2, 60, 60)], 60)


def test_work_that_a_contract_only_prices_takes_from_blocks_and_not_from_its_allowance() -> None:
    contract = with_hours(allowance(1, overage_rate=Decimal("120.00")))
    blocks = [block("60", id=1), block("60", id=2, contract_id=K1.id)]
    priced = asked(180, TENTH_OF_MARCH, contract, is_included=False)

    where = placed(priced, blocks=blocks)[1, 0]

    assert taken(where) == [(2, 60, 60), (1, 60, 60)]
    assert (where.rest_minutes, where.overage_rate) == (60, None)


def test_work_is_metered_from_the_day_its_hours_begin() -> None:
    contract = with_hours(allowance(10, FEB, until=date(2026, 3, 31)))
    prepaid = block("60", MAR, date(2026, 3, 31))

    days = [date(2026, 1, 31), FEB, date(2026, 3, 31), APR]
    assert [is_metered(contract, REMOTE.id, day, []) for day in days] == [False, True, True, False]
    # a block goes on counting when it has expired: work beyond it is not free
    assert [is_metered(None, REMOTE.id, day, [prepaid]) for day in days[1:]] == [False, True, True]
    assert not is_metered(contract, REMOTE.id, FEB, [], is_included=False)


def test_a_block_pays_only_for_work_of_its_days() -> None:
    prepaid = block("600", MAR, date(2026, 3, 31))
    days = [date(2026, 2, 28), MAR, date(2026, 3, 31), APR]

    places = placed(*(asked(10, day, key=(n, 0)) for n, day in enumerate(days)), blocks=[prepaid])

    assert [places[n, 0].rest_minutes for n in range(4)] == [10, 0, 0, 10]


def test_a_block_of_money_pays_for_whole_minutes_to_the_cent() -> None:
    blocks = [
        block("50", unit=BlockUnit.MONEY, id=1),
        block("100", FEB, unit=BlockUnit.MONEY, id=2),
    ]

    where = placed(asked(60, TENTH_OF_MARCH, hourly_rate=Decimal("95.00")), blocks=blocks)[1, 0]

    # 31 minutes cost 49.08, the 32nd would come to 50.67; the other 29 cost 45.92: 95.00 together
    assert taken(where) == [(1, 31, Decimal("49.08")), (2, 29, Decimal("45.92"))]


def test_money_and_what_is_billed_beyond_it_come_to_what_the_work_costs() -> None:
    """2 min at 20.10 an hour are 0.67. Of 0.34 one is paid; the other is printed as 0.34."""
    purse = block("0.34", unit=BlockUnit.MONEY)

    where = placed(asked(2, TENTH_OF_MARCH, hourly_rate=Decimal("20.10")), blocks=[purse])[1, 0]

    # 0.335 rounds up to 0.34 on both sides, which would be 0.68: the block pays 0.33
    assert (taken(where), where.rest_minutes) == ([(1, 1, Decimal("0.33"))], 1)


def test_a_purse_that_is_empty_pays_for_nothing_however_little_it_costs() -> None:
    purse = block("10.00", unit=BlockUnit.MONEY)
    spent = [Drawn(MAR, Decimal(10), block_id=1)]

    where = placed(
        asked(1, TENTH_OF_MARCH, hourly_rate=Decimal("0.20")), blocks=[purse], drawn=spent
    )[1, 0]

    assert (taken(where), where.rest_minutes) == ([], 1)


def test_an_incident_is_taken_once_for_a_ticket_whenever_it_is_worked_on() -> None:
    incidents = block("1", JAN, date(2026, 3, 31), unit=BlockUnit.INCIDENTS)
    first = asked(45, TENTH_OF_MARCH, key=(1, 0), ticket_id=1)
    again = asked(300, APR, key=(2, 0), ticket_id=1)
    other = asked(45, date(2026, 3, 12), key=(3, 0), ticket_id=2)

    places = placed(first, again, other, blocks=[incidents])

    assert taken(places[1, 0]) == [(1, 45, 1)]
    assert taken(places[2, 0]) == [(1, 300, 0)]
    assert (taken(places[3, 0]), places[3, 0].rest_minutes) == ([], 45)


def test_an_incident_already_taken_comes_before_the_month_of_an_allowance() -> None:
    contract = with_hours(allowance(10))
    incidents = block("5", unit=BlockUnit.INCIDENTS, contract_id=K1.id)
    frozen = [Drawn(FEB, Decimal(1), block_id=1, ticket_id=1)]

    on_it = placed(asked(60, MAR, contract), blocks=[incidents], drawn=frozen)[1, 0]
    on_another = placed(asked(60, MAR, contract, ticket_id=2), blocks=[incidents], drawn=frozen)

    assert taken(on_it) == [(1, 60, 0)]
    assert taken(on_another[1, 0]) == [(MAR, 60, 60)]


def test_a_cap_agreed_later_cuts_off_no_more_than_is_free() -> None:
    """10 h of January, 8 h of them used in February; then at most 1 h may be carried.

    At the end of January 10 h were left, 9 h too many, but only 2 h are free to be cut off.
    """
    contract = with_hours(rolling(10, cap=1, age=2))
    frozen = [Drawn(date(2026, 2, 10), Decimal(480), allowance_id=1, bucket_on=JAN)]

    where = placed(asked(700, date(2026, 2, 20), contract), drawn=frozen)[1, 0]

    drawn = [*frozen, *(draw.source for draw in where.draws)]
    assert taken(where) == [(FEB, 600, 600)]
    balance = statement_of(contract.allowances[0], drawn, date(2026, 2, 28))
    assert rows(balance) == ["10 0 0 2 8", "10 8 18 0 0"]


def test_months_are_counted_from_the_anchor_and_clamped() -> None:
    contract = with_hours(allowance(1, date(2026, 1, 31), anchor=date(2026, 1, 31)))
    days = [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 30), date(2026, 3, 31)]

    places = placed(*(asked(60, day, contract, key=(n, 0)) for n, day in enumerate(days)))

    months = [date(2026, 1, 31), date(2026, 2, 28), None, date(2026, 3, 31)]
    assert [next((b for b, *_ in taken(places[n, 0])), None) for n in range(4)] == months


def test_a_month_that_is_paused_throughout_grants_nothing() -> None:
    pauses = [Period(date(2026, 3, 20), APR), Period(JAN, date(2026, 3, 1))]
    contract = with_hours(rolling(10), pauses=[*pauses, Period(APR, MAY)])

    places = placed(
        asked(60, date(2026, 3, 19), contract, key=(1, 0)),
        asked(900, date(2026, 4, 19), contract, key=(2, 0)),
    )

    # January, February and April are paused; March, paused for some days, grants its ten hours
    assert taken(places[1, 0]) == [(MAR, 60, 60)]
    assert (taken(places[2, 0]), places[2, 0].rest_minutes) == ([(MAR, 540, 540)], 360)
