"""What must hold for every contract line, whatever was agreed and however often it changed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import BilledPeriod, Counted, LineTerm, LineVersion, Rhythm, Tier
from billing.domain.charge import RatedCharge
from billing.domain.terms import (
    ChangeEffect,
    Pricing,
    Proration,
    QuantityRule,
    StubRule,
    Timing,
    Treatment,
)
from billing.tests.agreed_lines import Billed, agreed, carried
from billing.tests.evidence import K1, charged, evidence, version
from billing.tests.reckoning import reckon
from core.periods import FOREVER, Period

START, LAST = date(2024, 1, 1), date(2026, 6, 30)
AFTERWARDS = date(2026, 12, 31)
# Every cycle that these lines can begin by then is over or due.
MUCH_LATER = date(2028, 6, 30)
CENT = Decimal("0.01")
days = st.dates(START, LAST)
prices = st.decimals("0", "9999.9999", places=4)
quantities = st.decimals("0", "200", places=2)


@st.composite
def periods(draw: st.DrawFn, longest: int = 400) -> Period:
    start = draw(days)
    return Period(start, start + timedelta(days=draw(st.integers(1, longest))))


@st.composite
def tiers(draw: st.DrawFn) -> tuple[Tier, ...]:
    limits = sorted(draw(st.sets(st.integers(1, 150), max_size=3)))
    return tuple(Tier(limit, draw(prices)) for limit in [*map(Decimal, limits), None])


agreements = st.builds(
    LineVersion,
    starts_on=days,
    quantity=quantities,
    unit_price=prices,
    effect=st.sampled_from(ChangeEffect),
    included_quantity=st.integers(0, 50).map(Decimal),
    overage_price=prices,
    tiers=tiers(),
)
kept = st.sets(st.sampled_from(["quantity", "unit_price", "overage_price", "tiers"]))


@st.composite
def versions_from(draw: st.DrawFn, first: date) -> tuple[LineVersion, ...]:
    """Return versions of which each leaves some values as the one before had them."""
    versions = [replace(draw(agreements), starts_on=first)]
    for day in sorted(draw(st.sets(st.dates(first + timedelta(days=1), AFTERWARDS), max_size=3))):
        same = {name: getattr(versions[-1], name) for name in draw(kept)}
        versions.append(replace(draw(agreements), starts_on=day, **same))
    return tuple(versions)


rhythms = st.builds(
    Rhythm,
    months=st.sampled_from([1, 1, 3, 6, 12]),
    anchor=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    timing=st.sampled_from(Timing),
    stub=st.sampled_from(StubRule),
    proration=st.sampled_from(Proration),
)
fleets = st.lists(
    st.builds(Counted, st.integers(1, 99), st.just("PC"), periods()),
    max_size=6,
    unique_by=lambda each: each.id,
)


@st.composite
def lines(draw: st.DrawFn, rhythm: Rhythm | None = None) -> LineTerm:
    start = draw(days)
    end = draw(st.none() | st.integers(1, 700))
    return LineTerm(
        id=1,
        contract=K1,
        description="Workstation care",
        owed=Period(start, FOREVER if end is None else start + timedelta(days=end)),
        versions=draw(versions_from(start)),
        rhythm=rhythm or draw(rhythms),
        pauses=draw(st.lists(periods(200), max_size=2)),
        pricing=draw(st.sampled_from(Pricing)),
        quantity_rule=draw(st.sampled_from(QuantityRule)),
        counted=draw(st.none() | fleets),
    )


def bill(
    line: LineTerm, as_of: date, billed: Billed | None = None
) -> tuple[list[RatedCharge], Billed]:
    charges = charged(evidence(line, billed=billed or {}), as_of)
    return charges, carried(charges, billed or {})


def sums(billed: Billed) -> dict[date, Decimal]:
    """Return what is carried by cycle, without what has been given back whole."""
    return {day: each.amount for day, each in sorted(billed.get(1, {}).items()) if each.amount}


@given(line=lines(), as_of=st.dates(START, MUCH_LATER))
def test_each_cycle_costs_what_a_reckoning_day_by_day_says(line: LineTerm, as_of: date) -> None:
    charges, billed = bill(line, as_of)

    reckoned = reckon(line, as_of + timedelta(days=400))
    for day, each in billed.get(1, {}).items():
        assert each.amount == reckoned[day]
    for charge in charges:
        assert sum(Decimal(each["amount"]) for each in charge.basis["slices"]) == charge.list_amount


@given(line=lines())
def test_in_the_end_every_cycle_is_billed(line: LineTerm) -> None:
    _, billed = bill(line, MUCH_LATER)

    reckoned = reckon(line, MUCH_LATER)
    due = {day: amount for day, amount in reckoned.items() if amount and is_over(line, day)}
    assert {day: amount for day, amount in sums(billed).items() if day in due} == due


def is_over(line: LineTerm, day: date) -> bool:
    """Whether a cycle of that name must be due by then, in arrears too."""
    return day < MUCH_LATER - timedelta(days=366) or line.owed.end <= MUCH_LATER


@given(line=lines(), as_of=st.dates(START, MUCH_LATER))
def test_nothing_is_owed_below_zero_and_each_line_is_quantity_times_price(
    line: LineTerm, as_of: date
) -> None:
    for charge in bill(line, as_of)[0]:
        assert charge.amount >= 0
        if charge.treatment == Treatment.BILLED:
            product = (charge.quantity * charge.unit_price).quantize(CENT, ROUND_HALF_UP)
            assert product == charge.amount
        else:
            assert charge.amount == 0


@given(line=lines(), steps=st.lists(st.integers(0, 60), min_size=1, max_size=20))
def test_billing_often_or_once_comes_to_the_same(line: LineTerm, steps: list[int]) -> None:
    day, often = line.owed.start, Billed()
    for step in steps:
        day += timedelta(days=step)
        charges, often = bill(line, day, often)
        assert all(charge.source.revision == 0 for charge in charges)

    once = bill(line, day)[1]

    assert often == once


@given(rhythm=rhythms, data=st.data(), steps=st.lists(st.integers(0, 200), min_size=1, max_size=6))
def test_any_history_of_changes_ends_where_billing_once_would(
    rhythm: Rhythm, data: st.DataObject, steps: list[int]
) -> None:
    """Each run finds the line agreed anew; credits never take back more than was billed."""
    day, billed = START, Billed()
    timing = rhythm.timing
    for step in steps:
        day += timedelta(days=step)
        other = data.draw(st.just(rhythm) | rhythms)
        changed = data.draw(lines(replace(other, timing=timing)))
        _, billed = bill(changed, day, billed)
        assert all(each.amount >= 0 for each in billed.get(1, {}).values())

    final = data.draw(lines(rhythm))
    _, step_by_step = bill(final, MUCH_LATER, billed)

    assert sums(step_by_step) == sums(bill(final, MUCH_LATER)[1])
    assert bill(final, MUCH_LATER, step_by_step)[0] == []


@given(rhythm=rhythms, data=st.data(), steps=st.lists(st.integers(0, 200), min_size=2, max_size=6))
def test_no_more_comes_back_than_credit_notes_have_left(
    rhythm: Rhythm, data: st.DataObject, steps: list[int]
) -> None:
    """After each run a person gives back nothing, a third or all of what can still come back."""
    day, billed = START, Billed()
    for step in steps:
        day += timedelta(days=step)
        _, billed = bill(data.draw(lines(rhythm)), day, billed)
        assert all(0 <= each.credited <= each.amount for each in billed.get(1, {}).values())
        part = data.draw(st.sampled_from([0, 1, 3]))
        billed = {1: {on: credited(each, part) for on, each in billed.get(1, {}).items()}}


def credited(each: BilledPeriod, part: int) -> BilledPeriod:
    """Return the period after a credit note over so many thirds of what is left of it."""
    more = (each.left * part / 3).quantize(CENT, ROUND_HALF_UP)
    return replace(each, credited=each.credited + more)


@given(line=lines(), data=st.data())
def test_the_order_of_evidence_does_not_matter(line: LineTerm, data: st.DataObject) -> None:
    mixed = replace(
        line,
        pauses=data.draw(st.permutations(line.pauses)),
        counted=None if line.counted is None else data.draw(st.permutations(line.counted)),
    )
    second = replace(line, id=2)

    charges = charged(evidence(line, second), LAST)

    assert charged(evidence(second, line), LAST) == charges
    assert charged(evidence(mixed, second), LAST)[: len(charges)] == charges


@given(
    price=prices,
    months=st.sampled_from([1, 3, 6, 12]),
    proration=st.sampled_from(Proration),
    cuts=st.sets(st.integers(1, 27), max_size=8),
)
def test_the_pieces_of_a_period_add_up_to_its_price(
    price: Decimal, months: int, proration: Proration, cuts: set[int]
) -> None:
    """Each piece is priced alike, but includes another number of units, so that none is merged."""
    starts = [START, *(START + timedelta(days=cut) for cut in sorted(cuts))]
    versions = [
        version(day, 0, str(price), included_quantity=Decimal(n)) for n, day in enumerate(starts)
    ]
    line = agreed(*versions, months=months, proration=proration, pricing=Pricing.PACKAGE)

    [charge] = charged(evidence(line), START)

    pieces = [Decimal(each["amount"]) for each in charge.basis["slices"]]
    assert len(pieces) == len(starts)
    assert sum(pieces) == charge.amount == price.quantize(CENT, ROUND_HALF_UP)
