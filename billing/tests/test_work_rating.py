"""Time, parts and flat rates: what is due, how minutes are rounded, who pays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.evidence import Buyer, Firm, WorkType
from billing.domain.rating import rate
from billing.domain.rounding import RoundingRule
from billing.domain.terms import BillingMode, Hold, Kind, Treatment, Waiver
from billing.explain import explain
from billing.tests.evidence import (
    ON_SITE,
    REMOTE,
    TRAVEL,
    charged,
    covers,
    evidence,
    job,
    own_rate,
    part,
    ticket,
    worked,
)

APR = date(2026, 4, 1)
FLAT = BillingMode.FLAT_RATE


@pytest.mark.parametrize(
    ("work_type", "minutes", "billed", "amount"),
    [
        (REMOTE, 37, 45, "63.00"),  # steps of 15: 0.75 h x 84.00
        (REMOTE, 4, 15, "21.00"),  # at least 15
        (REMOTE, 45, 45, "63.00"),  # whole steps stay
        (REMOTE, 90, 90, "126.00"),  # 29 March, 01:30 to 04:00: 90 real minutes
        (ON_SITE, 22, 30, "48.00"),  # at least 30
        (ON_SITE, 61, 75, "120.00"),
        (TRAVEL, 16, 18, "13.50"),  # steps of 6 without a minimum
    ],
)
def test_minutes_are_raised_to_the_minimum_then_to_whole_steps(
    work_type: WorkType, minutes: int, billed: int, amount: str
) -> None:
    [charge] = charged(evidence(time=[worked(minutes, work_type=work_type)]), APR)

    assert charge.quantity == billed
    assert charge.amount == Decimal(amount)


@given(st.integers(1, 1440), st.integers(0, 120), st.integers(1, 60))
def test_billed_minutes_are_the_fewest_whole_steps_that_hold_the_work(
    worked_minutes: int, minimum: int, step: int
) -> None:
    rule = RoundingRule(minimum, step)

    minutes = rule.billed(worked_minutes)

    assert minutes >= max(worked_minutes, minimum)
    assert minutes % step == 0
    assert minutes - step < max(worked_minutes, minimum)
    assert rule.billed(minutes) == minutes


@pytest.mark.parametrize(
    ("minutes", "rate", "currency", "amount"),
    [
        (50, "100", "EUR", "83.33"),  # not 0.83 h x 100.00 = 83.00
        (5, "120", "EUR", "10.00"),  # not 0.08 h x 120.00 = 9.60
        (20, "1000", "JPY", "333"),  # not 0.33 h x 1,000 = 330
    ],
)
def test_case_13_minutes_are_multiplied_and_rounded_once(
    minutes: int, rate: str, currency: str, amount: str
) -> None:
    firm, buyer = Firm("FR", currency), Buyer(1, "FR", currency)
    given = {"firm": firm, "buyer": buyer, "rates": own_rate(rate, 0, 1)}

    [charge] = charged(evidence(time=[worked(minutes)], **given), APR)

    assert charge.amount == Decimal(amount)
    # what is printed is what was multiplied: minutes, and the price of 60 of them
    assert (charge.quantity, charge.unit_price, charge.price_base) == (minutes, Decimal(rate), 60)


def test_a_clients_own_rate_keeps_the_firms_minimum_and_step() -> None:
    [charge] = charged(evidence(time=[worked(20)], rates=own_rate("76.00")), APR)

    assert charge.quantity == 30
    assert charge.amount == Decimal("38.00")  # 0.5 h x 76.00
    assert charge.basis["rate_level"] == "client"


def test_work_counts_by_the_day_on_which_it_began() -> None:
    entries = [worked(15, date(2026, 3, 31), id=1), worked(15, APR, id=2)]

    [charge] = charged(evidence(time=entries), APR)

    assert charge.source.time_entry_id == 1


def test_covered_work_costs_nothing_and_says_what_it_would_have_cost() -> None:
    coverage = [covers(REMOTE, since=date(2026, 3, 10), until=date(2026, 3, 20))]
    days = [date(2026, 3, day) for day in (9, 10, 20, 21)]
    entries = [worked(60, day, id=day.day) for day in days]

    charges = charged(evidence(time=entries, contracts=coverage), APR)

    assert [(charge.treatment, charge.amount) for charge in charges] == [
        (Treatment.BILLED, Decimal("84.00")),
        (Treatment.COVERED, Decimal("0.00")),
        (Treatment.COVERED, Decimal("0.00")),
        (Treatment.BILLED, Decimal("84.00")),
    ]
    assert {charge.list_amount for charge in charges} == {Decimal("84.00")}


def test_coverage_of_one_type_of_work_leaves_the_others_billed() -> None:
    """Remote is included, on site is not: 3 h covered, 1 h x 96.00."""
    coverage = [covers(REMOTE, since=date(2026, 1, 1))]
    entries = [worked(180, id=1), worked(60, id=2, work_type=ON_SITE)]

    charges = charged(evidence(time=entries, contracts=coverage), APR)

    assert [charge.amount for charge in charges] == [Decimal(0), Decimal("96.00")]


def test_case_20_a_flat_rate_is_due_once_its_ticket_is_closed_and_consumes_the_time() -> None:
    closed = ticket(mode=FLAT, closed_on=date(2026, 3, 31), has_flat_rate=True)
    entries = [
        worked(300, ticket=closed, id=1),
        worked(60, ticket=closed, id=2, is_out_of_scope=True),
    ]

    charges = charged(
        evidence(
            time=entries, flat_rates=[job("299.00", closed)], parts=[part("1", "48", ticket=closed)]
        ),
        APR,
    )

    # 299.00 once, 5 h included, 1 h outside the flat rate x 84.00, the part on top
    assert [(charge.kind, charge.treatment, charge.amount) for charge in charges] == [
        (Kind.FLAT, Treatment.BILLED, Decimal("299.00")),
        (Kind.TIME, Treatment.FLAT, Decimal(0)),
        (Kind.TIME, Treatment.BILLED, Decimal("84.00")),
        (Kind.PART, Treatment.BILLED, Decimal("48.00")),
    ]


def test_case_20_rework_is_printed_at_nothing_and_stays_costed() -> None:
    rework = worked(45, is_billable=False, waiver=Waiver.REWORK)

    [charge] = charged(evidence(time=[rework]), APR)

    assert (charge.treatment, charge.amount, charge.list_amount) == (
        Treatment.WAIVED,
        Decimal("0.00"),
        Decimal("63.00"),
    )
    assert charge.is_printed
    assert charge.source.minutes == 45
    assert explain(charge) == "45 min worked, waived: rework"


def test_case_20_time_outside_the_flat_rate_is_charged_apart() -> None:
    """The five hours are in the 299.00: 59.80 an hour; the sixth is outside and costs 84.00."""
    closed = ticket(mode=FLAT, closed_on=date(2026, 3, 31), has_flat_rate=True)
    entries = [worked(300, ticket=closed, id=1), worked(60, ticket=closed, id=2)]
    entries[1] = replace(entries[1], is_out_of_scope=True)

    inside, outside = charged(evidence(time=entries), APR)

    assert (inside.treatment, inside.amount) == (Treatment.FLAT, Decimal("0.00"))
    assert not inside.is_printed
    assert outside.amount == Decimal("84.00")


@pytest.mark.parametrize("closed_on", [None, APR])
def test_flat_rate_work_waits_while_its_ticket_is_open(closed_on: date | None) -> None:
    still_open = ticket(mode=FLAT, closed_on=closed_on, has_flat_rate=True)

    charges = charged(
        evidence(
            time=[worked(120, ticket=still_open)],
            flat_rates=[job("299.00", still_open)],
            parts=[part("1", "64.90", ticket=still_open)],
        ),
        APR,
    )

    assert [charge.kind for charge in charges] == [Kind.PART]


def test_work_on_a_flat_rate_ticket_without_a_flat_rate_waits_alone() -> None:
    forgotten = ticket(mode=FLAT, closed_on=date(2026, 3, 30))

    rated = rate(evidence(time=[worked(60, id=1, ticket=forgotten), worked(60, id=2)]), APR)

    assert [(one.hold, one.source.time_entry_id) for one in rated.held] == [
        (Hold.FLAT_RATE_MISSING, 1)
    ]
    assert [one.source.time_entry_id for one in rated.charges] == [2]


def test_nothing_is_billed_on_a_ticket_that_is_free_of_charge() -> None:
    free = ticket(mode=BillingMode.FREE, closed_on=date(2026, 3, 30))

    charges = charged(
        evidence(
            time=[worked(60, ticket=free)],
            parts=[part("1", "48.00", ticket=free)],
            flat_rates=[job("149.00", free)],
        ),
        APR,
    )

    assert {charge.treatment for charge in charges} == {Treatment.WAIVED}
    assert {charge.amount for charge in charges} == {Decimal(0)}
    assert sorted(charge.list_amount for charge in charges) == [48, 84, 149]
    assert not any(charge.is_printed for charge in charges)


def test_work_marked_as_not_billable_is_waived() -> None:
    [charge] = charged(evidence(time=[worked(60, is_billable=False)]), APR)

    assert charge.treatment == Treatment.WAIVED
    assert (charge.amount, charge.list_amount) == (Decimal(0), Decimal(84))


def test_parts_are_rounded_half_up_once() -> None:
    """91 m of cable at 0.0350 are 3.185, so 3.19."""
    [charge] = charged(evidence(parts=[part("91", "0.0350")]), APR)

    assert charge.amount == Decimal("3.19")


def test_work_without_a_rate_waits_alone_unless_it_is_covered() -> None:
    unknown = WorkType(9, "Climbing")
    entry = worked(60, id=1, work_type=unknown)
    coverage = [covers(unknown, since=date(2026, 1, 1))]

    rated = rate(evidence(time=[entry, worked(60, id=2)]), APR)
    [covered] = charged(evidence(time=[entry], contracts=coverage), APR)

    assert [(one.hold, one.facts["work_type"]) for one in rated.held] == [
        (Hold.RATE_MISSING, "Climbing")
    ]
    assert [(one.source.time_entry_id, one.amount) for one in rated.charges] == [(2, Decimal(84))]
    assert (covered.treatment, covered.amount) == (Treatment.COVERED, Decimal(0))
