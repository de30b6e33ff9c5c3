"""Prices that rise: what a step does to which line, and what stands in its way."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.models import ContractLine, Indexation
from contracts.operations._indexation import IndexationNotPossible
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.leave_out_indexation import leave_out_indexation
from contracts.operations.set_index_base import set_index_base
from contracts.operations.undo_indexation import undo_indexation
from contracts.tests.factories import ContractFactory, ContractLineFactory, LineVersionFactory
from contracts.tests.indexing import (
    NEW_YEAR,
    five_percent,
    index_of,
    prices,
    steps_until,
    with_index,
)

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 1, 1)
OCTOBERS = {date(2025, 10, 1): "114.25", date(2026, 10, 1): "116.00"}


@pytest.fixture
def care() -> ContractLine:
    """Ten devices at 25.00 since 2025."""
    line: ContractLine = ContractLineFactory.create()
    return line


@pytest.fixture
def flat() -> ContractLine:
    """A flat price of 1,000.00 since 2025."""
    line: ContractLine = ContractLineFactory.create(quantity=1, unit_price=Decimal(1000))
    return line


def test_a_percentage_raises_the_price_and_keeps_the_quantity(care: ContractLine) -> None:
    clause = five_percent(care.contract)

    step = apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    assert prices(care) == [("2025-01-01", "10", "25.00"), ("2026-01-01", "10", "26.25")]
    assert (step.factor, step.is_applied) == (Decimal("1.05"), True)
    assert care.versions.get(starts_on=NEW_YEAR).reason == "Increase of 5% as agreed"


def test_the_next_step_compounds_on_the_price_before(care: ContractLine) -> None:
    clause = five_percent(care.contract)

    for day in (NEW_YEAR, NEXT_YEAR):
        apply_indexation(clause_id=clause.pk, effective_on=day)

    assert prices(care)[1:] == [
        ("2026-01-01", "10", "26.25"),  # 25.00 x 1.05
        ("2027-01-01", "10", "27.56"),  # 26.25 x 1.05 = 27.5625
    ]


def test_the_preview_works_out_missed_steps_one_on_top_of_the_other(care: ContractLine) -> None:
    five_percent(care.contract)

    due = steps_until(date(2027, 6, 30))

    assert [(step.effective_on, step.lines[0].step.new.unit_price) for step in due] == [
        (NEW_YEAR, Decimal("26.25")),
        (NEXT_YEAR, Decimal("27.56")),
    ]
    assert [step.monthly for step in due] == [Decimal("12.50"), Decimal("13.10")]


def test_missed_steps_are_decided_in_their_order(care: ContractLine) -> None:
    clause = five_percent(care.contract)

    with pytest.raises(IndexationNotPossible, match=r"increase of K\d+ on 1 Jan 2026 first"):
        apply_indexation(clause_id=clause.pk, effective_on=NEXT_YEAR)

    assert care.versions.count() == 1


def test_a_step_is_applied_once(care: ContractLine) -> None:
    clause = five_percent(care.contract)
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    with pytest.raises(IndexationNotPossible, match="no undecided increase on 1 Jan 2026"):
        apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    assert prices(care)[1:] == [("2026-01-01", "10", "26.25")]


def test_later_quantities_rise_with_the_price_and_a_later_price_stays(care: ContractLine) -> None:
    LineVersionFactory.create(line=care, starts_on=date(2026, 3, 1), quantity=12)
    LineVersionFactory.create(
        line=care, starts_on=date(2026, 6, 1), quantity=12, unit_price=Decimal(24)
    )
    clause = five_percent(care.contract)

    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    assert prices(care)[1:] == [
        ("2026-01-01", "10", "26.25"),
        ("2026-03-01", "12", "26.25"),
        ("2026-06-01", "12", "24.00"),
    ]


def test_a_change_of_quantity_on_the_very_day_is_raised_in_place(care: ContractLine) -> None:
    LineVersionFactory.create(line=care, starts_on=NEW_YEAR, quantity=12)
    clause = five_percent(care.contract)

    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    assert prices(care)[1:] == [("2026-01-01", "12", "26.25")]


def test_an_index_step_always_starts_from_the_base(flat: ContractLine) -> None:
    clause = with_index(flat.contract, index_of(OCTOBERS))

    for day in (NEW_YEAR, NEXT_YEAR):
        apply_indexation(clause_id=clause.pk, effective_on=day)

    assert prices(flat)[1:] == [
        ("2026-01-01", "1", "1081.40"),  # 1,000.00 x 114.25 / 105.65 = 1,081.4008
        ("2027-01-01", "1", "1097.96"),  # 1,000.00 x 116.00 / 105.65 = 1,097.9649
    ]


def test_a_cap_limits_the_step_against_the_price_before(flat: ContractLine) -> None:
    with_index(flat.contract, index_of(OCTOBERS), cap_percent=Decimal(4))

    first, second = (step.lines[0].step for step in steps_until(NEXT_YEAR))

    assert (first.new.unit_price, first.limit) == (Decimal("1040.00"), "cap")
    assert (second.new.unit_price, second.limit) == (Decimal("1081.60"), "cap")


def test_a_missing_value_stands_in_the_way_and_nothing_is_written(flat: ContractLine) -> None:
    clause = with_index(flat.contract, index_of({}))

    with pytest.raises(IndexationNotPossible, match="cannot be worked out yet"):
        apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    assert steps_until(NEW_YEAR)[0].lines[0].step.obstacle == "no_value"
    assert (flat.versions.count(), Indexation.objects.count()) == (1, 0)


def test_packages_and_tiers_rise_with_the_unit_price() -> None:
    line = ContractLineFactory.create(quantity=None, pricing="package")
    LineVersionFactory.create(
        line=line,
        quantity=70,
        unit_price=Decimal(500),
        included_quantity=50,
        overage_price=Decimal(12),
        tiers=[{"up_to": "25", "unit_price": "30"}, {"up_to": None, "unit_price": "22.5"}],
    )
    clause = five_percent(line.contract)

    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    raised = line.versions.get(starts_on=NEW_YEAR)
    assert (raised.unit_price, raised.overage_price) == (Decimal(525), Decimal("12.60"))
    assert raised.included_quantity == 50
    assert raised.tiers == [
        {"up_to": "25", "unit_price": "31.5"},
        {"up_to": None, "unit_price": "23.63"},
    ]  # 22.50 x 1.05 = 23.625


def test_only_running_lines_that_follow_are_raised() -> None:
    contract = ContractFactory.create()
    ContractLineFactory.create(contract=contract, is_indexed=False)
    ContractLineFactory.create(contract=contract, last_day_on=date(2025, 12, 31))
    ContractLineFactory.create(contract=contract, rhythm_months=0)
    ContractLineFactory.create(contract=contract, starts_on=NEW_YEAR)
    until_new_year = ContractLineFactory.create(contract=contract, last_day_on=NEW_YEAR)
    five_percent(contract)

    (step,) = steps_until(NEW_YEAR)

    assert [one.line for one in step.lines] == [until_new_year]


def test_a_contract_that_has_ended_has_no_step(care: ContractLine) -> None:
    care.contract.last_day_on = date(2025, 12, 31)
    care.contract.save()
    five_percent(care.contract)

    assert steps_until(NEXT_YEAR) == []


def test_a_price_changed_by_hand_stops_the_index_until_a_base_is_named(flat: ContractLine) -> None:
    clause = with_index(flat.contract, index_of(OCTOBERS))
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    june = date(2026, 6, 1)
    LineVersionFactory.create(line=flat, starts_on=june, quantity=1, unit_price=Decimal(900))
    obstacle = steps_until(NEXT_YEAR)[0].lines[0].step.obstacle

    set_index_base(clause_id=clause.pk, line_id=flat.pk, starts_on=june, month_on=date(2025, 10, 1))
    apply_indexation(clause_id=clause.pk, effective_on=NEXT_YEAR)

    assert obstacle == "changed"
    assert prices(flat)[-1] == ("2027-01-01", "1", "913.79")  # 900.00 x 116.00 / 114.25


def test_a_percentage_compounds_on_a_price_changed_by_hand(care: ContractLine) -> None:
    LineVersionFactory.create(line=care, starts_on=date(2025, 9, 1), unit_price=Decimal(24))
    clause = five_percent(care.contract)

    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    assert prices(care)[-1] == ("2026-01-01", "10", "25.20")


def test_a_line_that_began_later_has_the_level_of_the_step_before(flat: ContractLine) -> None:
    clause = with_index(flat.contract, index_of(OCTOBERS))
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    later = ContractLineFactory.create(
        contract=flat.contract, starts_on=date(2026, 4, 1), quantity=1, unit_price=Decimal(400)
    )

    apply_indexation(clause_id=clause.pk, effective_on=NEXT_YEAR)

    assert prices(later)[-1] == ("2027-01-01", "1", "406.13")  # 400.00 x 116.00 / 114.25


def test_a_step_left_out_is_gone_for_a_percentage(care: ContractLine) -> None:
    clause = five_percent(care.contract)

    leave_out_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    apply_indexation(clause_id=clause.pk, effective_on=NEXT_YEAR)

    assert prices(care)[1:] == [("2027-01-01", "10", "26.25")]


def test_an_index_catches_up_with_a_step_left_out(flat: ContractLine) -> None:
    clause = with_index(flat.contract, index_of(OCTOBERS))

    leave_out_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    apply_indexation(clause_id=clause.pk, effective_on=NEXT_YEAR)

    assert prices(flat)[1:] == [("2027-01-01", "1", "1097.96")]


def test_undoing_a_step_gives_every_price_back(care: ContractLine) -> None:
    LineVersionFactory.create(line=care, starts_on=date(2026, 3, 1), quantity=12)
    clause = five_percent(care.contract)
    step = apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    undo_indexation(indexation_id=step.pk)

    assert prices(care) == [("2025-01-01", "10", "25.00"), ("2026-03-01", "12", "25.00")]
    assert [step.effective_on for step in steps_until(NEW_YEAR)] == [NEW_YEAR]


def test_a_step_whose_price_was_changed_since_is_not_undone(care: ContractLine) -> None:
    clause = five_percent(care.contract)
    step = apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    care.versions.filter(starts_on=NEW_YEAR).update(unit_price=Decimal(26))

    with pytest.raises(IndexationNotPossible, match="“Workstation care” was changed since"):
        undo_indexation(indexation_id=step.pk)

    assert prices(care)[1:] == [("2026-01-01", "10", "26.00")]
    assert Indexation.objects.count() == 1


def test_only_the_last_decision_is_undone(care: ContractLine) -> None:
    clause = five_percent(care.contract)
    first = apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)
    leave_out_indexation(clause_id=clause.pk, effective_on=NEXT_YEAR)

    with pytest.raises(IndexationNotPossible, match="decision of 1 Jan 2027 back first"):
        undo_indexation(indexation_id=first.pk)

    assert Indexation.objects.count() == 2


def test_yen_have_no_cents() -> None:
    line = ContractLineFactory.create(contract__client__currency="JPY", unit_price=Decimal(1001))
    clause = five_percent(line.contract, percent=Decimal("3.5"))

    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    assert prices(line)[1:] == [("2026-01-01", "10", "1036.00")]  # 1,001 x 1.035 = 1,036.035
