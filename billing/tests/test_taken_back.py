"""Minutes taken back: credited at the price billed, never more than was billed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.domain.agreements import Block, Drawn
from billing.domain.charge import RatedCharge
from billing.domain.evidence import Portion, TimeTakenBack
from billing.domain.terms import BlockUnit, Kind, Treatment, Unit
from billing.explain import explain
from billing.tests.evidence import ALWAYS, charged, evidence, part, worked

APR, MAY = date(2026, 4, 1), date(2026, 5, 1)
Credit = tuple[Treatment, int, Decimal]


def portion(
    billed: int, unit_price: str, number: int = 0, treatment: str = "billed", **fields: Any
) -> Portion:
    """Return a live charge for a part of an entry, with as many minutes worked as billed."""
    price = Decimal(unit_price)
    amount = (billed * price / 60).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    return Portion(number, 0, treatment, billed, billed, price, amount, **fields)


def taken(minutes: int, *portions: Portion, key: int = 1) -> TimeTakenBack:
    """Return minutes of an entry of March that were found in April not to be owed."""
    return TimeTakenBack(key, worked(120), minutes, APR, "wrong ticket", portions)


def credited(*corrections: TimeTakenBack, **fields: Any) -> list[RatedCharge]:
    return charged(evidence(taken_back=corrections, **fields), MAY)


def told(charges: list[RatedCharge]) -> list[Credit]:
    return [(one.treatment, int(one.source.billed_minutes or 0), one.amount) for one in charges]


def test_minutes_are_credited_at_the_price_at_which_they_were_billed() -> None:
    """15 of 45 min at 84.00 an hour: 21.00 back, whatever the rate is by now."""
    [credit] = credited(taken(15, portion(45, "84.00")))

    assert (credit.kind, credit.treatment) == (Kind.ADJUSTMENT, Treatment.BILLED)
    assert (credit.quantity, credit.unit, credit.unit_price) == (-15, Unit.MINUTE, Decimal("84.00"))
    assert credit.amount == Decimal("-21.00")
    assert credit.period.start == date(2026, 3, 10)  # the day worked, so its tax rate too
    assert explain(credit) == "15 min of 45 min billed are taken back: wrong ticket, €84.00/h"


def test_the_last_piece_of_an_entry_is_credited_first() -> None:
    """50 min at 100.00, 100 min at 150.00; 120 min back: 100 at 150.00 and 20 at 100.00."""
    found = credited(taken(120, portion(50, "100.00"), portion(100, "150.00", 1)))

    assert told(found) == [
        (Treatment.BILLED, -20, Decimal("-33.33")),
        (Treatment.BILLED, -100, Decimal("-250.00")),
    ]
    assert [one.source.portion for one in found] == [0, 1]


def test_no_more_is_credited_than_was_billed() -> None:
    [credit] = credited(taken(500, portion(45, "84.00")))

    assert (credit.source.billed_minutes, credit.amount) == (-45, Decimal("-63.00"))


def test_credits_of_one_piece_add_up_to_the_cent() -> None:
    """50 min at 100.00 are 83.33. Twice 25 min would be 41.67 + 41.67 = 83.34: a cent too much."""
    whole = portion(50, "100.00")

    first, second = credited(taken(25, whole, key=1), taken(25, whole, key=2))

    assert (first.amount, second.amount) == (Decimal("-41.66"), Decimal("-41.67"))
    assert (first.quantity, first.unit, first.unit_price) == (-1, Unit.PRO_RATA, Decimal("41.66"))
    assert (second.quantity, second.unit) == (-25, Unit.MINUTE)


def test_half_a_cent_that_stays_is_rounded_up_whatever_the_minutes() -> None:
    """30 min at 568.50 are 284.25; one minute stays: 9.475, so 9.48, and 274.77 come back."""
    [credit] = credited(taken(29, portion(30, "568.50")))

    assert credit.amount == Decimal("-274.77")


def test_once_all_is_credited_a_further_correction_is_settled_for_nothing() -> None:
    whole = portion(60, "84.00")

    charges = credited(taken(60, whole, key=1), taken(10, whole, key=2))

    assert told(charges) == [
        (Treatment.BILLED, -60, Decimal("-84.00")),
        (Treatment.WAIVED, 0, Decimal("0.00")),
    ]
    assert not charges[1].is_printed


def test_hours_that_were_drawn_are_given_back() -> None:
    """90 min drawn with a weight of 2 took 180; 30 min back give 60."""
    drawn = Drawn(date(2026, 3, 10), Decimal(180), allowance_id=5, bucket_on=date(2026, 3, 1))

    [credit] = credited(taken(30, portion(90, "0", treatment="drawn", drawn=drawn)))

    assert (credit.treatment, credit.amount) == (Treatment.DRAWN, Decimal("0.00"))
    source = credit.source
    assert (source.allowance_id, source.bucket_on) == (5, date(2026, 3, 1))
    assert source.drawn_quantity == -60
    assert explain(credit) == (
        "30 min of 1 h 30 billed are taken back: wrong ticket; the hours are given back"
    )


def test_a_weight_that_is_no_whole_number_gives_back_its_share() -> None:
    """90 min at 1.3333 took 119.9970; 30 min back give a third of it, 39.9990."""
    took = Drawn(date(2026, 3, 10), Decimal("119.9970"), allowance_id=5, bucket_on=ALWAYS.start)

    [credit] = credited(taken(30, portion(90, "0", treatment="drawn", drawn=took)))

    assert credit.source.drawn_quantity == Decimal("-39.9990")


@pytest.mark.parametrize(("minutes", "quantity"), [(30, 0), (60, -1)])
def test_an_incident_is_given_back_only_as_a_whole(minutes: int, quantity: int) -> None:
    block = Block(3, "Incidents", BlockUnit.INCIDENTS, Decimal(5), ALWAYS)
    drawn = Drawn(date(2026, 3, 10), Decimal(1), block_id=3)

    [credit] = credited(
        taken(minutes, portion(60, "0", treatment="drawn", drawn=drawn)), blocks=[block]
    )

    assert credit.source.drawn_quantity == quantity


def test_money_of_a_block_is_given_back_in_whole_cents() -> None:
    """3 min at 20.00 took 1.00 of it; a minute back gives 0.33, the other two 0.67."""
    purse = Block(3, "Money", BlockUnit.MONEY, Decimal(50), ALWAYS)
    drawn = Drawn(date(2026, 3, 10), Decimal(1), block_id=3)
    whole = portion(3, "0", treatment="drawn", drawn=drawn)

    found = credited(taken(1, whole, key=1), taken(2, whole, key=2), blocks=[purse])

    assert [one.source.drawn_quantity for one in found] == [Decimal("-0.33"), Decimal("-0.67")]


def test_what_is_not_final_yet_is_not_credited() -> None:
    assert credited(taken(30)) == []


def test_a_credit_is_due_once_it_was_found() -> None:
    correction = taken(30, portion(60, "84.00"))

    assert charged(evidence(taken_back=[correction]), APR) == []


def test_credits_stand_before_the_work_on_tickets() -> None:
    correction = taken(30, portion(60, "84.00"))

    charges = charged(evidence(taken_back=[correction], parts=[part("1", "48.00")]), MAY)

    assert [charge.kind for charge in charges] == [Kind.ADJUSTMENT, Kind.PART]


@given(
    portions=st.lists(
        st.tuples(st.integers(0, 300), st.decimals("0.01", "300", places=2)),
        min_size=1,
        max_size=4,
    ),
    minutes=st.lists(st.integers(1, 400), min_size=1, max_size=5),
)
def test_credits_never_exceed_what_was_billed(
    portions: list[tuple[int, Decimal]], minutes: list[int]
) -> None:
    billed = [portion(m, str(price), n) for n, (m, price) in enumerate(portions)]
    corrections = [taken(m, *billed, key=key) for key, m in enumerate(minutes, 1)]

    charges = credited(*corrections)

    most = sum(m for m, _ in portions)
    assert -sum(one.source.billed_minutes or 0 for one in charges) == min(most, sum(minutes))
    for number, piece in enumerate(billed):
        back = [one for one in charges if one.source.portion == number]
        sum_back = -sum((one.amount for one in back), Decimal(0))
        assert Decimal(0) <= sum_back <= piece.amount
        if -sum(one.source.billed_minutes or 0 for one in back) == piece.billed:
            assert sum_back == piece.amount
    assert all(one.amount <= 0 for one in charges)
    assert {one.source.time_taken_back_id for one in charges} == {one.id for one in corrections}


PURSE, HOURS, CALLS = range(3, 6)
BLOCKS = [
    Block(PURSE, "Money", BlockUnit.MONEY, Decimal(900), ALWAYS),
    Block(HOURS, "Hours", BlockUnit.MINUTES, Decimal(900), ALWAYS),
    Block(CALLS, "Incidents", BlockUnit.INCIDENTS, Decimal(9), ALWAYS),
]


@st.composite
def pieces(draw: st.DrawFn) -> list[Portion]:
    """Return the live charges of an entry: some billed and credited in part, some drawn."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        minutes = draw(st.integers(1, 120))
        block_id = draw(st.sampled_from([None, PURSE, HOURS, CALLS]))
        if block_id is None:
            price = draw(st.decimals("0.01", "300", places=2))
            piece = portion(minutes, str(price), number)
            noted = (piece.amount * draw(st.integers(0, 3)) / 3).quantize(Decimal("0.01"))
            found.append(replace(piece, credited=noted))
            continue
        most = {PURSE: "99.99", HOURS: "240", CALLS: "1"}[block_id]
        places = {PURSE: 2, HOURS: 4, CALLS: 0}[block_id]
        quantity = draw(st.decimals(0, most, places=places))
        took = Drawn(date(2026, 3, 10), quantity, block_id=block_id)
        found.append(portion(minutes, "0", number, "drawn", drawn=took))
    return found


def less(piece: Portion, credit: RatedCharge) -> Portion:
    """Return the piece as the next run finds it."""
    source = credit.source
    drawn = piece.drawn
    return replace(
        piece,
        billed=piece.billed + (source.billed_minutes or 0),
        amount=piece.amount + credit.amount,
        drawn=drawn and replace(drawn, quantity=drawn.quantity + source.drawn_quantity),
    )


@given(pieces(), st.lists(st.lists(st.integers(1, 200), min_size=1, max_size=3), max_size=4))
def test_run_by_run_no_more_comes_back_than_was_billed_or_drawn(
    billed: list[Portion], runs: list[list[int]]
) -> None:
    """Each run finds what the ones before have left; once all is back, nothing is left."""
    left = list(billed)
    key = 1
    for minutes in runs:
        found = [taken(m, *left, key=key + n) for n, m in enumerate(minutes)]
        key += len(minutes)
        for credit in credited(*found, blocks=BLOCKS):
            number = credit.source.portion
            left[number] = less(left[number], credit)

    asked = sum(sum(minutes) for minutes in runs)
    assert sum(one.billed for one in left) == max(0, sum(one.billed for one in billed) - asked)
    for before, after in zip(billed, left, strict=True):
        kept = after.drawn.quantity if after.drawn else Decimal(0)
        had = before.drawn.quantity if before.drawn else Decimal(0)
        assert after.credited <= after.amount <= before.amount
        assert 0 <= kept <= had
        if not after.billed:
            assert (after.amount, kept) == (after.credited, 0)
    # what was worked last is taken back first
    assert not any(one.billed for one in left[1:]) or left[0].billed == billed[0].billed
