"""Work that hours pay for: cases 17, 19 and 30, split exactly where the hours end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import (
    Allowance,
    Block,
    Contract,
    CoverageRule,
    Drawn,
    DrawWeight,
    RateCard,
    RateTable,
)
from billing.domain.charge import RatedCharge
from billing.domain.evidence import Stretch
from billing.domain.terms import BlockUnit, CoverageEffect, Treatment
from billing.explain import explain
from billing.tests.evidence import ON_SITE, REMOTE, charged, evidence, hourly, ticket, worked
from core.periods import Period

MAR, APR, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
INCLUDED = CoverageEffect.INCLUDED
RATES = RateTable(firm=RateCard({REMOTE.id: [hourly("100.00")], ON_SITE.id: [hourly("130.00")]}))
Line = tuple[Treatment, int, Decimal]


def silver(minutes: int, overage: str = "120.00", **fields: object) -> Contract:
    """Return a contract with monthly minutes of remote work and on-site work at 150.00."""
    allowance = Allowance(
        5, "Silver hours", minutes, YEAR, YEAR.start, frozenset({REMOTE.id}), Decimal(overage)
    )
    rules = (
        CoverageRule(1, INCLUDED, work_type_id=REMOTE.id),
        CoverageRule(2, CoverageEffect.AT_RATE, Decimal("150.00"), ON_SITE.id),
    )
    given = {"rules": rules, "allowances": (allowance,), **fields}
    return Contract(1, "K001", "Silver", YEAR, **given)  # type: ignore[arg-type]  # named as the value names them


def drew(minutes: int, month: date = MAR) -> Drawn:
    """Return what live charges have taken from a month of the allowance."""
    return Drawn(month, Decimal(minutes), allowance_id=5, bucket_on=month)


def lines(charges: list[RatedCharge]) -> list[Line]:
    return [(one.treatment, int(one.quantity), one.amount) for one in charges]


def total(charges: list[RatedCharge]) -> Decimal:
    return sum((one.amount for one in charges), Decimal(0))


def test_case_17_overage_is_split_off_exactly_on_the_same_entry() -> None:
    """1.5 h left, 2 h worked, overage at 180.00: 1.5 h at 0.00 and 0.5 h = 90.00."""
    gold = silver(600, overage="180.00")

    charges = charged(
        evidence(time=[worked(120)], contracts=[gold], drawn=[drew(510)], rates=RATES), APR
    )

    assert lines(charges) == [
        (Treatment.DRAWN, 90, Decimal("0.00")),
        (Treatment.BILLED, 30, Decimal("90.00")),
    ]
    assert [one.source.minutes for one in charges] == [90, 30]
    assert {one.source.time_entry_id for one in charges} == {1}
    assert [one.list_amount for one in charges] == [Decimal("150.00"), Decimal("50.00")]
    drawn = charges[0].source
    assert (drawn.allowance_id, drawn.bucket_on, drawn.drawn_quantity) == (5, MAR, 90)


def test_case_17_both_pieces_say_why() -> None:
    gold = silver(600, overage="180.00")

    drawn, beyond = charged(
        evidence(time=[worked(120)], contracts=[gold], drawn=[drew(510)], rates=RATES), APR
    )

    assert explain(drawn) == "2 h worked, of which 1 h 30: from “Silver hours”, March 2026"
    assert explain(beyond) == (
        "2 h worked, of which 30 min: beyond the hours of contract K001, "
        "€180.00/h Remote (rate of contract K001)"
    )


def test_case_17_blocks_are_drawn_by_the_day_worked_whenever_it_was_entered() -> None:
    """A has 4 h until 31 March, B 10 h from 1 March: 5 h of the 30th take 4 h of A, 1 h of B."""
    a = Block(1, "A", BlockUnit.MINUTES, Decimal(240), Period(date(2025, 4, 1), APR))
    b = Block(2, "B", BlockUnit.MINUTES, Decimal(600), Period(MAR, date(2027, 3, 1)))
    entry = worked(300, date(2026, 3, 30))

    charges = charged(evidence(time=[entry], blocks=[a, b], rates=RATES), date(2026, 4, 3))

    assert lines(charges) == [
        (Treatment.DRAWN, 240, Decimal("0.00")),
        (Treatment.DRAWN, 60, Decimal("0.00")),
    ]
    assert [one.source.drawn_block_id for one in charges] == [1, 2]


def test_case_17_a_night_hour_takes_an_hour_of_hours_and_more_of_money() -> None:
    """At 100.00 and x1.5 a night hour takes 60 min of a block of hours, 150.00 of one of money."""
    entry = worked(60, stretches=[Stretch(3600, Decimal("1.5"), "night")])
    hours = Block(1, "Hours", BlockUnit.MINUTES, Decimal(600), YEAR)
    money = Block(1, "Money", BlockUnit.MONEY, Decimal(500), YEAR)

    [of_hours] = charged(evidence(time=[entry], blocks=[hours], rates=RATES), APR)
    [of_money] = charged(evidence(time=[entry], blocks=[money], rates=RATES), APR)

    assert of_hours.source.drawn_quantity == 60
    assert of_money.source.drawn_quantity == Decimal("150.00")
    assert explain(of_money) == "1 h worked, €150.00 of “Money”"


def test_case_17_a_weight_takes_more_hours() -> None:
    heavy = silver(600, weights=(DrawWeight(Decimal(2)),))

    [charge] = charged(evidence(time=[worked(60)], contracts=[heavy], rates=RATES), APR)

    assert (charge.quantity, charge.source.drawn_quantity) == (60, 120)
    assert explain(charge) == "1 h worked, counted as 2 h of “Silver hours”, March 2026"


def test_case_19_a_ticket_with_hours_overage_and_work_at_a_rate_of_its_own() -> None:
    """2 h left; 3 h remote and 1 h on site: 0.00 + 120.00 + 150.00 = 270.00."""
    entries = [worked(180, id=1), worked(60, id=2, work_type=ON_SITE)]

    charges = charged(
        evidence(time=entries, contracts=[silver(300)], drawn=[drew(180)], rates=RATES), APR
    )

    assert lines(charges) == [
        (Treatment.DRAWN, 120, Decimal("0.00")),
        (Treatment.BILLED, 60, Decimal("120.00")),
        (Treatment.BILLED, 60, Decimal("150.00")),
    ]
    assert total(charges) == Decimal("270.00")


def test_case_30_late_time_is_rated_by_the_month_in_which_it_was_worked() -> None:
    """March had 1 h left; 2 h of March arrive in April: 1 h at 0.00, 1 h = 120.00."""
    late = worked(120, date(2026, 3, 20))
    plan = silver(600)

    charges = charged(evidence(time=[late], contracts=[plan], drawn=[drew(540)], rates=RATES), MAY)

    assert lines(charges) == [
        (Treatment.DRAWN, 60, Decimal("0.00")),
        (Treatment.BILLED, 60, Decimal("120.00")),
    ]
    assert {one.period.start for one in charges} == {date(2026, 3, 20)}
    assert charges[0].source.bucket_on == MAR


def test_an_overage_rate_of_nothing_is_a_price() -> None:
    [charge] = charged(
        evidence(time=[worked(60)], contracts=[silver(0, overage="0")], rates=RATES), APR
    )

    assert (charge.treatment, charge.amount) == (Treatment.BILLED, Decimal("0.00"))


def test_included_work_without_any_hours_is_covered() -> None:
    flat_fee = silver(0, allowances=())

    [charge] = charged(evidence(time=[worked(60)], contracts=[flat_fee], rates=RATES), APR)

    assert (charge.treatment, charge.amount) == (Treatment.COVERED, Decimal("0.00"))


def test_what_is_waived_takes_no_hours() -> None:
    [charge] = charged(
        evidence(time=[worked(60, is_billable=False)], contracts=[silver(600)], rates=RATES), APR
    )

    assert (charge.treatment, charge.source.allowance_id) == (Treatment.WAIVED, None)


def test_the_minutes_worked_are_shared_by_the_pieces_to_the_minute() -> None:
    """37 min are billed as 45: 30 from the month, 15 beyond. 37 x 30/45 = 24.67 and 12.33."""
    steps = RateTable(firm=RateCard({REMOTE.id: [hourly("100.00", 15, 15)]}))

    charges = charged(evidence(time=[worked(37)], contracts=[silver(30)], rates=steps), APR)

    assert [(one.source.minutes, one.source.billed_minutes) for one in charges] == [
        (25, 30),
        (12, 15),
    ]


def test_all_that_is_taken_from_one_month_is_one_line() -> None:
    """An hour by day and one by night: hours know no surcharge, so it is one line of 2 h."""
    day, night = Stretch(3600, Decimal(1)), Stretch(3600, Decimal("1.5"), "night")

    charges = charged(
        evidence(time=[worked(120, stretches=[day, night])], contracts=[silver(600)], rates=RATES),
        APR,
    )

    assert lines(charges) == [(Treatment.DRAWN, 120, Decimal("0.00"))]
    assert charges[0].list_amount == Decimal("250.00")  # 100.00 + 150.00


def test_an_incident_pays_for_all_work_on_its_ticket() -> None:
    incidents = Block(3, "Five incidents", BlockUnit.INCIDENTS, Decimal(5), YEAR)
    entries = [worked(60, id=1), worked(30, id=2), worked(15, id=3, ticket=ticket("T2"))]

    charges = charged(evidence(time=entries, blocks=[incidents], rates=RATES), APR)

    assert [(one.treatment, one.source.drawn_quantity) for one in charges] == [
        (Treatment.DRAWN, 1),
        (Treatment.DRAWN, 0),
        (Treatment.DRAWN, 1),
    ]
    assert [explain(one) for one in charges[:2]] == [
        "1 h worked, one incident of “Five incidents”",
        "30 min worked, on the incident of “Five incidents” already taken for this ticket",
    ]


@given(
    days=st.lists(st.integers(1, 31), min_size=1, max_size=8),
    minutes=st.integers(1, 240),
    granted=st.integers(0, 900),
    data=st.data(),
)
def test_hours_are_drawn_alike_daily_at_once_and_in_any_order(
    days: list[int], minutes: int, granted: int, data: st.DataObject
) -> None:
    work = [worked(minutes, date(2026, 3, day), id=n) for n, day in enumerate(days, 1)]
    given = {"contracts": [silver(granted)], "rates": RATES}

    once = charged(evidence(time=data.draw(st.permutations(work)), **given), APR)
    daily: list[RatedCharge] = []
    for day in sorted(set(days)):
        drawn = [drew(int(one.source.drawn_quantity)) for one in daily if one.source.allowance_id]
        same_day = [entry for entry in work if entry.worked_on == date(2026, 3, day)]
        daily += charged(evidence(time=same_day, drawn=drawn, **given), MAY)

    taken = sum(one.source.drawn_quantity for one in once)
    assert taken == min(granted, minutes * len(days))
    assert sorted(lines(daily)) == sorted(lines(once))
    assert sum(one.source.minutes or 0 for one in once) == minutes * len(days)


def test_a_block_of_the_client_pays_for_work_that_no_contract_includes() -> None:
    block = Block(4, "Ten hours", BlockUnit.MINUTES, Decimal(600), YEAR)
    entries = [worked(60, id=1), worked(60, id=2, work_type=ON_SITE)]

    charges = charged(
        evidence(time=entries, contracts=[silver(600)], blocks=[block], rates=RATES), APR
    )

    # remote from the contract's hours, on-site (priced, not included) from the client's block
    assert [(one.source.allowance_id, one.source.drawn_block_id) for one in charges] == [
        (5, None),
        (None, 4),
    ]


def test_the_chain_prices_overage_where_the_allowance_names_no_rate() -> None:
    [allowance] = silver(0).allowances
    unpriced = silver(0, allowances=(replace(allowance, overage_rate=None),))

    [charge] = charged(evidence(time=[worked(60)], contracts=[unpriced], rates=RATES), APR)

    assert charge.amount == Decimal("100.00")
