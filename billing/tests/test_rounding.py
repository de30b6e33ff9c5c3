"""From minutes worked to minutes billed: cases 11 and 12, and what must always hold."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import RateCard, RateTable, RoundingTerms
from billing.domain.charge import RatedCharge
from billing.domain.evidence import RoundedBefore, TimeWorked
from billing.domain.rounding import Rounded, RoundingRule, ToRound, round_all, rule_from, share
from billing.domain.terms import RoundingScope, Treatment
from billing.tests.evidence import (
    ALWAYS,
    ON_SITE,
    REMOTE,
    charged,
    covers,
    evidence,
    hourly,
    ticket,
    worked,
)
from core.periods import Period

MAR_10, MAR_11, APR = date(2026, 3, 10), date(2026, 3, 11), date(2026, 4, 1)
Group = tuple[int, int, date | None, str]
BY_ENTRY, BY_TICKET, BY_DAY = RoundingScope.ENTRY, RoundingScope.TICKET, RoundingScope.DAY


def at_120(minimum: int, step: int, scope: RoundingScope = BY_ENTRY, grace: int = 0) -> RateTable:
    """Return rates of 120.00 an hour with one rule of rounding."""
    row = hourly("120.00", minimum, step)
    rounding = RoundingTerms(scope=scope, grace_minutes=grace)
    return RateTable(firm=RateCard({REMOTE.id: [row], ON_SITE.id: [row]}, rounding))


def entries(*minutes: int, on: date = MAR_10) -> list[TimeWorked]:
    """Return entries of these minutes on one ticket."""
    return [worked(each, on, id=number) for number, each in enumerate(minutes, 1)]


def billed_minutes(charges: list[RatedCharge]) -> list[int]:
    return [int(charge.quantity) for charge in charges]


def total(charges: list[RatedCharge]) -> Decimal:
    return sum((charge.amount for charge in charges), Decimal(0))


def carried(charges: list[RatedCharge], scope: RoundingScope) -> list[RoundedBefore]:
    """Return what live charges carry of shared roundings, as the database would say it."""
    worked: Counter[Group] = Counter()
    billed: Counter[Group] = Counter()
    for charge in charges:
        day = charge.period.start if scope == BY_DAY else None
        work_type = {"Remote": REMOTE.id, "On-site": ON_SITE.id}[charge.subject]
        group = (charge.ticket.id if charge.ticket else 0, work_type, day, charge.basis["rounding"])
        worked[group] += charge.source.minutes or 0
        billed[group] += charge.source.billed_minutes or 0
    return [RoundedBefore(*group[:3], worked[group], billed[group], group[3]) for group in worked]


@pytest.mark.parametrize(
    ("scope", "minutes", "amount"),
    [
        (BY_ENTRY, [15, 15, 30], "120.00"),  # 60 min x 120.00
        (BY_TICKET, [9, 9, 27], "90.00"),  # 37 -> 45 min; 8.51, 9.73 and 26.76 are the shares
        (BY_DAY, [9, 9, 27], "90.00"),
    ],
)
def test_case_11_scope_decides_what_is_added_up_before_it_is_rounded(
    scope: RoundingScope, minutes: list[int], amount: str
) -> None:
    charges = charged(evidence(time=entries(7, 8, 22), rates=at_120(15, 15, scope)), APR)

    assert total(charges) == Decimal(amount)
    assert sum(billed_minutes(charges)) == sum(minutes)


def test_case_11_minutes_come_back_to_the_entries_by_the_largest_remainder() -> None:
    """45 x 7/37 = 8.51, 45 x 8/37 = 9.73, 45 x 22/37 = 26.76: 8 + 9 + 26 and 2 to give."""
    charges = charged(evidence(time=entries(7, 8, 22), rates=at_120(15, 15, BY_TICKET)), APR)

    assert billed_minutes(charges) == [8, 10, 27]


@pytest.mark.parametrize(("scope", "minutes"), [(BY_ENTRY, 180), (BY_TICKET, 120)])
def test_case_11_steps_of_an_hour(scope: RoundingScope, minutes: int) -> None:
    """45 + 45 + 5: three hours one by one, 95 min are two hours together."""
    charges = charged(evidence(time=entries(45, 45, 5), rates=at_120(0, 60, scope)), APR)

    assert sum(billed_minutes(charges)) == minutes


def test_case_11_the_order_of_minimum_and_steps_matters() -> None:
    minimum_first = RoundingRule(minimum=20, step=15)
    steps_first = RoundingRule(minimum=20, step=15, rounds_first=True)

    assert minimum_first.billed(5) == 30
    assert steps_first.billed(5) == 20
    assert (minimum_first.billed(31), steps_first.billed(31)) == (45, 45)


@pytest.mark.parametrize(("minutes", "billed"), [(5, 30), (35, 30), (40, 30), (41, 60), (60, 60)])
def test_case_11_ten_minutes_of_grace(minutes: int, billed: int) -> None:
    """35 min are half an hour, 41 min an hour; the first half hour always counts."""
    rule = RoundingRule(step=30, grace=10)

    assert rule.billed(minutes) == billed


def test_grace_never_takes_the_minimum_away() -> None:
    """20 min are a step of 15 and 5 min within the grace, but at least 20 are owed."""
    assert RoundingRule(minimum=20, step=15, grace=10).billed(20) == 30
    assert RoundingRule(minimum=20, step=15, grace=10, rounds_first=True).billed(20) == 20


def test_case_12_work_cut_at_midnight_pays_one_minimum() -> None:
    """23:30 to 00:30 as 30 + 30 with a minimum of 60: 60, not 120."""
    halves = [worked(30, MAR_10, id=1), worked(30, MAR_11, id=2)]

    charges = charged(evidence(time=halves, rates=at_120(60, 1, BY_TICKET)), APR)

    assert billed_minutes(charges) == [60, 0]
    assert total(charges) == Decimal("120.00")


def test_case_12_work_cut_within_a_day_shares_the_minimum() -> None:
    charges = charged(evidence(time=entries(30, 30), rates=at_120(60, 1, BY_DAY)), APR)

    assert billed_minutes(charges) == [30, 30]


def test_case_12_at_the_edge_of_a_contract_the_group_is_rounded_as_a_whole() -> None:
    """30 min on the contract's last day, 30 on the day after it: one minimum of 60."""
    ended = covers(REMOTE, since=date(2026, 1, 1), until=MAR_10)
    halves = [worked(30, MAR_10, id=1), worked(30, MAR_11, id=2)]

    charges = charged(evidence(time=halves, contracts=[ended], rates=at_120(60, 1, BY_TICKET)), APR)

    assert [charge.treatment for charge in charges] == [Treatment.COVERED, Treatment.BILLED]
    assert sum(billed_minutes(charges)) == 60


def test_case_12_rounding_what_is_rounded_changes_nothing() -> None:
    rule = RoundingRule(minimum=20, step=15, grace=5)

    assert [rule.billed(rule.billed(minutes)) for minutes in (1, 20, 31, 34, 36)] == [
        rule.billed(minutes) for minutes in (1, 20, 31, 34, 36)
    ]


def test_other_types_of_work_and_other_tickets_are_rounded_apart() -> None:
    mixed = [
        worked(7, id=1),
        worked(7, id=2, work_type=ON_SITE),
        worked(7, id=3, ticket=ticket("T2")),
    ]

    charges = charged(evidence(time=mixed, rates=at_120(15, 15, BY_TICKET)), APR)

    assert billed_minutes(charges) == [15, 15, 15]


def test_what_is_waived_shares_no_minimum_with_what_is_billed() -> None:
    mixed = [worked(30, id=1, is_billable=False), worked(30, id=2)]

    charges = charged(evidence(time=mixed, rates=at_120(60, 1, BY_TICKET)), APR)

    assert [(charge.treatment, charge.quantity) for charge in charges] == [
        (Treatment.WAIVED, 60),
        (Treatment.BILLED, 60),
    ]


def test_what_was_billed_of_the_group_before_is_not_billed_again() -> None:
    """15 min are billed for 7; 8 more make 15, which are paid for, and 9 more make 24, so 30."""
    before = RoundedBefore(1, REMOTE.id, None, 7, 15, RoundingRule(15, 15, 0, BY_TICKET).code)
    rates = at_120(15, 15, BY_TICKET)

    eight = charged(evidence(time=[worked(8)], rates=rates, rounded=[before]), APR)
    seventeen = charged(evidence(time=[worked(17)], rates=rates, rounded=[before]), APR)

    assert billed_minutes(eight) == [0]
    assert billed_minutes(seventeen) == [15]


def test_billable_minutes_take_the_place_of_those_worked() -> None:
    entry = worked(180, billable_minutes=100)

    [charge] = charged(evidence(time=[entry], rates=at_120(15, 15)), APR)

    # 100 -> 105 min x 120.00; the 180 min worked stay known
    assert (charge.quantity, charge.amount) == (105, Decimal("210.00"))
    assert charge.source.minutes == 180
    assert charge.basis["billable_minutes"] == 100


def test_no_billable_minutes_pay_no_minimum() -> None:
    [charge] = charged(evidence(time=[worked(20, billable_minutes=0)], rates=at_120(60, 15)), APR)

    assert (charge.treatment, charge.quantity, charge.amount) == (Treatment.BILLED, 0, 0)


def test_each_rule_comes_from_the_first_place_that_says_it() -> None:
    rule = rule_from(
        [
            RoundingTerms(step_minutes=6),
            RoundingTerms(minimum_minutes=0, grace_minutes=3),
            RoundingTerms(minimum_minutes=60, step_minutes=60, scope=BY_DAY, rounds_first=True),
        ]
    )

    assert rule == RoundingRule(minimum=0, step=6, grace=3, scope=BY_DAY, rounds_first=True)


def test_contract_then_client_then_firm_say_how_minutes_are_rounded() -> None:
    contract = replace(
        covers(REMOTE, since=date(2026, 3, 11)), rounding=RoundingTerms(step_minutes=1)
    )
    own = RateCard({REMOTE.id: [hourly("90.00", 30)]})
    firm = RateCard({REMOTE.id: [hourly("84.00", 15, 15)]})
    days = [worked(20, MAR_10, id=1), worked(31, MAR_11, id=2)]

    charges = charged(evidence(time=days, contracts=[contract], rates=RateTable(own, firm)), APR)

    # the client's minimum of 30, the firm's steps of 15; the contract's steps of a minute
    assert billed_minutes(charges) == [30, 31]


@given(
    minutes=st.integers(0, 2000),
    minimum=st.integers(0, 120),
    step=st.integers(1, 60),
    rounds_first=st.booleans(),
)
def test_without_grace_no_minute_is_lost(
    minutes: int, minimum: int, step: int, *, rounds_first: bool
) -> None:
    billed = RoundingRule(minimum, step, rounds_first=rounds_first).billed(minutes)

    assert billed >= minutes
    assert billed < max(minutes, minimum) + step


@given(
    minutes=st.integers(0, 2000),
    more=st.integers(0, 200),
    minimum=st.integers(0, 120),
    step=st.integers(1, 60),
    grace=st.integers(0, 60),
)
def test_more_work_never_costs_less(
    minutes: int, more: int, minimum: int, step: int, grace: int
) -> None:
    rule = RoundingRule(minimum, step, grace)

    assert rule.billed(minutes + more) >= rule.billed(minutes) >= 0
    assert rule.billed(minutes) > minutes - step - grace


@given(st.integers(0, 5000), st.lists(st.integers(0, 500), min_size=1, max_size=12))
def test_shares_add_up_and_differ_from_the_exact_share_by_less_than_a_minute(
    minutes: int, weights: list[int]
) -> None:
    parts = share(minutes, weights)

    assert sum(parts) == minutes
    assert min(parts) >= 0
    if whole := sum(weights):
        assert all(
            abs(part * whole - minutes * weight) < whole
            for part, weight in zip(parts, weights, strict=True)
        )


ANY_WORK = st.lists(
    st.builds(
        worked,
        st.integers(1, 300),
        st.dates(date(2026, 3, 1), date(2026, 3, 9)),
        ticket=st.sampled_from([ticket("T1"), ticket("T2")]),
        work_type=st.sampled_from([REMOTE, ON_SITE]),
    ),
    max_size=9,
).map(lambda found: [replace(entry, id=number) for number, entry in enumerate(found, 1)])


@given(
    work=ANY_WORK,
    scope=st.sampled_from(RoundingScope),
    step=st.integers(1, 60),
    grace=st.integers(0, 20),
    price=st.decimals("0.01", "300", places=2),
)
def test_billing_daily_or_once_comes_to_the_same(
    work: list[TimeWorked], scope: RoundingScope, step: int, grace: int, price: Decimal
) -> None:
    row = hourly(str(price), 20, step)
    terms = RoundingTerms(scope=scope, grace_minutes=grace)
    rates = RateTable(firm=RateCard({REMOTE.id: [row], ON_SITE.id: [row]}, terms))

    once = charged(evidence(time=work, rates=rates), date(2026, 3, 10))
    daily: list[RatedCharge] = []
    for day in range(2, 11):
        done = {charge.source.time_entry_id for charge in daily}
        left = [entry for entry in work if entry.id not in done]
        before = carried(daily, scope)
        daily += charged(evidence(time=left, rates=rates, rounded=before), date(2026, 3, day))

    assert total(daily) == total(once)
    assert sum(billed_minutes(daily)) == sum(billed_minutes(once))


@given(work=ANY_WORK, scope=st.sampled_from(RoundingScope), data=st.data())
def test_the_order_of_the_entries_does_not_matter(
    work: list[TimeWorked], scope: RoundingScope, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(work))
    rates = at_120(20, 15, scope)

    assert charged(evidence(time=shuffled, rates=rates), APR) == charged(
        evidence(time=work, rates=rates), APR
    )


def test_what_was_billed_of_a_group_is_never_given_back_by_more_work() -> None:
    """60 min were billed where 10 are left of what was worked: 5 more cost nothing, not less."""
    rule = RoundingRule(step=15, scope=BY_TICKET)
    before = RoundedBefore(1, REMOTE.id, None, worked=10, billed=60, rule=rule.code)
    more = ToRound(7, 1, REMOTE.id, MAR_11, minutes=5, rule=rule)

    assert round_all([more], [before]) == {7: Rounded(0, 15, 60)}


def test_a_rate_row_that_ended_rounds_by_its_own_rule() -> None:
    """Until the 10th steps of 15, from the 11th steps of 60: each day by its own."""
    early = replace(hourly("120.00", 0, 15), period=Period(ALWAYS.start, MAR_11))
    late = replace(hourly("120.00", 0, 60), period=Period.through(MAR_11, None))
    rates = RateTable(firm=RateCard({REMOTE.id: [early, late]}, RoundingTerms(scope=BY_TICKET)))
    days = [worked(20, MAR_10, id=1), worked(20, MAR_11, id=2)]

    assert billed_minutes(charged(evidence(time=days, rates=rates), APR)) == [30, 60]
