"""Whatever was granted and worked: nothing is overdrawn, nothing is lost, nothing counts twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from billing.domain.agreements import Allowance, Block, Contract, Drawn, DrawWeight
from billing.domain.balances import statement
from billing.domain.buckets import granted_in, is_needed, month_needed, serves_on
from billing.domain.draws import Key, Placed, Request, place
from billing.domain.terms import BlockUnit, Rollover
from billing.tests.evidence import K1, ON_SITE, REMOTE
from billing.tests.hours import (
    JAN,
    REMOTE_ONLY,
    SENIOR,
    allowance,
    asked,
    block,
    draws_of,
    rolling,
    with_hours,
)
from core.periods import Period, nth_period, number_holding

# Most lie close together, so that pieces of work meet in a month and its hours run out.
close = st.dates(JAN, date(2026, 2, 10))
days = st.one_of(close, close, close, st.dates(JAN, date(2026, 12, 31)))
pauses = st.lists(
    st.builds(lambda day, n: Period(day, day + timedelta(days=n)), days, st.integers(0, 70)),
    max_size=1,
)
factors = st.sampled_from(["0", "0.5", "1", "1.3333", "2"])
weights = factors.map(lambda factor: [DrawWeight(Decimal(factor), work_role_id=SENIOR)])
types = st.sampled_from([REMOTE.id, ON_SITE.id])


@dataclass(frozen=True)
class Year:
    """A contract with its hours, the client's blocks, and the work of a year."""

    contract: Contract
    blocks: Sequence[Block]
    work: Sequence[Request]

    def place(self, work: Iterable[Request], drawn: Sequence[Drawn] = ()) -> dict[Key, Placed]:
        return place(work, [self.contract], self.blocks, drawn)


@st.composite
def hours_a_month(draw: st.DrawFn, key: int) -> Allowance:
    fields: dict[str, Any] = {
        "id": key,
        "since": draw(st.just(JAN) | days),
        "anchor": draw(st.sampled_from([JAN, date(2025, 12, 31), date(2026, 1, 20)])),
        "prorates_stub": draw(st.booleans()),
        "work_type_ids": draw(st.sampled_from([frozenset(), frozenset(), REMOTE_ONLY])),
    }
    hours = draw(st.integers(0, 12))
    if draw(st.booleans()):
        return allowance(hours, **fields)
    cap = draw(st.none() | st.integers(0, 15))
    return rolling(hours, cap, draw(st.integers(1, 4)), **fields)


@st.composite
def prepaid(draw: st.DrawFn, key: int) -> Block:
    first, last = sorted([draw(days), draw(days)])
    unit = draw(st.sampled_from(BlockUnit))
    quantity = draw(st.integers(0, 3 if unit == BlockUnit.INCIDENTS else 900))
    contract_id = draw(st.sampled_from([None, K1.id]))
    return block(
        str(quantity),
        first,
        last,
        id=key,
        unit=unit,
        contract_id=contract_id,
        weights=draw(weights),
    )


@st.composite
def years(draw: st.DrawFn) -> Year:
    hours = [draw(hours_a_month(key)) for key in range(1, draw(st.sampled_from([1, 2, 1, 0])) + 1)]
    contract = with_hours(*hours, pauses=draw(pauses), weights=draw(weights))
    work = [
        asked(
            draw(st.integers(1, 240)),
            draw(days),
            draw(st.sampled_from([contract, contract, contract, None])),
            key=(key, 0),
            work_type_id=draw(types),
            work_role_id=draw(st.sampled_from([None, SENIOR])),
            ticket_id=draw(st.integers(1, 4)),
            hourly_rate=draw(st.decimals(0, 300, places=2)),
        )
        for key in range(1, draw(st.sampled_from([8, 12, 5, 1])) + 1)
    ]
    blocks = [draw(prepaid(key)) for key in range(1, draw(st.integers(0, 3)) + 1)]
    return Year(contract, blocks, work)


def assert_nothing_is_overdrawn(year: Year, drawn: Iterable[Drawn]) -> None:
    taken: dict[tuple[int | None, date | None, int | None], Decimal] = defaultdict(Decimal)
    for one in drawn:
        taken[one.allowance_id, one.bucket_on, one.block_id] += one.quantity
    granted: dict[tuple[int | None, date | None, int | None], Decimal] = {
        (None, None, one.id): one.quantity for one in year.blocks
    }
    for hours in year.contract.allowances:
        for number in range(-1, 14):
            month = nth_period(hours.anchor, number)
            minutes = granted_in(month, hours)
            granted[hours.id, month.start, None] = Decimal(minutes)

    assert all(quantity <= granted[bucket] for bucket, quantity in taken.items())


def assert_every_hour_has_a_place(year: Year, drawn: list[Drawn], through: date) -> None:
    everything: list[Allowance | Block] = [*year.contract.allowances, *year.blocks]
    for hours in everything:
        balance = statement(hours, drawn, through, year.contract.pauses)

        assert balance.granted == balance.drawn + balance.expired + balance.left
        assert all(month.expired >= 0 and month.left >= 0 for month in balance.months)
        assert all(later.carried_in == month.left for month, later in pairwise(balance.months))


@given(years(), days)
def test_every_minute_is_drawn_or_left_and_no_bucket_is_overdrawn(year: Year, day: date) -> None:
    places = year.place(year.work)

    drawn = draws_of(places)
    assert_nothing_is_overdrawn(year, drawn)
    assert_every_hour_has_a_place(year, drawn, day)
    for request in year.work:
        where = places[request.key]
        assert sum(one.minutes for one in where.draws) + where.rest_minutes == request.minutes
        assert all(one.minutes > 0 and one.quantity >= 0 for one in where.draws)


@settings(max_examples=300)
@given(st.data())
def test_what_a_cap_cuts_off_is_the_same_month_by_month_as_at_once(data: st.DataObject) -> None:
    """Small caps and much work, so that nearly every month has something to cut off."""
    hours = rolling(
        data.draw(st.integers(1, 4)), data.draw(st.integers(0, 5)), data.draw(st.integers(1, 3))
    )
    contract = with_hours(hours)
    sizes = data.draw(st.lists(st.integers(1, 300), min_size=2, max_size=7))
    on = [data.draw(st.dates(JAN, date(2026, 6, 30))) for _size in sizes]
    work = [asked(m, on[n], contract, key=(n, 0)) for n, m in enumerate(sizes)]
    year = Year(contract, (), work)

    drawn: list[Drawn] = []
    monthly: dict[Key, Placed] = {}
    for month in range(1, 7):
        places = year.place([one for one in work if one.worked_on.month == month], drawn)
        drawn.extend(draws_of(places))
        monthly |= places

    assert monthly == year.place(work)
    assert_every_hour_has_a_place(year, drawn, date(2026, 6, 30))


@given(years(), st.data())
def test_a_cap_that_is_agreed_later_makes_nothing_negative(year: Year, data: st.DataObject) -> None:
    drawn = draws_of(year.place(year.work))
    tighter = [
        replace(hours, cap_minutes=data.draw(st.integers(0, 300)))
        for hours in year.contract.allowances
    ]
    later = replace(year, contract=replace(year.contract, allowances=tighter))

    assert_every_hour_has_a_place(later, drawn, data.draw(days))


@given(years(), st.data())
def test_late_work_overdraws_nothing_that_was_taken_before(year: Year, data: st.DataObject) -> None:
    on_time = data.draw(st.sets(st.sampled_from([one.key for one in year.work])))
    frozen = draws_of(year.place(one for one in year.work if one.key in on_time))

    late = year.place([one for one in year.work if one.key not in on_time], frozen)

    drawn = frozen + draws_of(late)
    assert_nothing_is_overdrawn(year, drawn)
    assert_every_hour_has_a_place(year, drawn, data.draw(days))


@given(years(), st.data())
def test_money_drawn_and_the_rest_come_to_what_the_work_costs(
    year: Year, data: st.DataObject
) -> None:
    """Whatever was taken from the blocks before, and however many of them pay."""
    on_time = data.draw(st.sets(st.sampled_from([one.key for one in year.work])))
    frozen = draws_of(year.place(one for one in year.work if one.key in on_time))
    late = [one for one in year.work if one.key not in on_time]
    money = {one.id for one in year.blocks if one.unit == BlockUnit.MONEY}

    places = year.place(late, frozen)

    for request in late:
        draws = places[request.key].draws
        if any(one.source.block_id not in money for one in draws):
            continue
        rest = cost(request, places[request.key].rest_minutes)
        assert sum(one.quantity for one in draws) + rest == cost(request, request.minutes)


def cost(request: Request, minutes: int) -> Decimal:
    """Return what so many minutes cost on an invoice."""
    exact = minutes * (request.hourly_rate or Decimal(0)) / 60
    return exact.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


@given(years(), st.randoms())
def test_the_order_in_which_work_is_listed_does_not_matter(year: Year, chance: object) -> None:
    shuffled = list(year.work)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random

    assert year.place(shuffled) == year.place(year.work)


# One year in twenty shows it when what was drawn before is forgotten.
@settings(max_examples=400)
@given(years(), st.lists(close | days, min_size=1, max_size=4))
def test_billing_step_by_step_draws_as_billing_once(year: Year, cuts: list[date]) -> None:
    edges = [date.min, *sorted(cuts), date.max]
    drawn: list[Drawn] = []
    step_by_step: dict[Key, Placed] = {}
    for since, until in pairwise(edges):
        step = [one for one in year.work if since <= one.worked_on < until]
        places = year.place(step, drawn)
        drawn.extend(draws_of(places))
        step_by_step |= places

    assert step_by_step == year.place(year.work)


@given(years())
def test_minutes_are_taken_only_while_they_can_be_used(year: Year) -> None:
    allowances = {one.id: one for one in year.contract.allowances}

    for one in draws_of(year.place(year.work)):
        if one.allowance_id is None or one.bucket_on is None:
            continue
        hours = allowances[one.allowance_id]
        age = hours.age_months if hours.rollover == Rollover.OLDEST_FIRST else 0
        later = number_holding(hours.anchor, one.worked_on) - number_holding(
            hours.anchor, one.bucket_on
        )
        assert 0 <= later <= age


@given(years(), st.data(), days)
def test_draws_that_are_not_needed_decide_on_nothing(
    year: Year, data: st.DataObject, since: date
) -> None:
    on_time = data.draw(st.sets(st.sampled_from([one.key for one in year.work])))
    drawn = draws_of(year.place(one for one in year.work if one.key in on_time))
    later = [one for one in year.work if one.key not in on_time and one.worked_on >= since]
    months = {one.id: month_needed(one, since) for one in year.contract.allowances}
    blocks = {one.id for one in year.blocks if is_needed(one, since)}
    served = {one.id for one in year.blocks if serves_on(one, since)}
    tickets = {one.ticket_id for one in later}

    needed = [
        one
        for one in drawn
        if one.block_id in blocks
        or (one.block_id in served and one.ticket_id in tickets)
        or (one.bucket_on and one.bucket_on >= months[one.allowance_id or 0])
    ]

    assert year.place(later, needed) == year.place(later, drawn)


def test_a_block_is_needed_for_work_until_its_last_day() -> None:
    block = Block(
        1, "-", BlockUnit.MINUTES, Decimal(600), Period(date(2026, 1, 1), date(2026, 7, 1))
    )

    assert is_needed(block, date(2025, 12, 1))
    assert is_needed(block, date(2026, 6, 30))
    assert not is_needed(block, date(2026, 7, 1))
