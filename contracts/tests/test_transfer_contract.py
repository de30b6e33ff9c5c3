"""A contract that goes on at another client."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clients.models import Client
from clients.tests.factories import ClientFactory, SiteFactory
from contracts.models import (
    Allowance,
    Contract,
    ContractLine,
    ContractPause,
    CoverageRule,
    DrawWeight,
    IndexationClause,
    PrepaidBlock,
)
from contracts.operations._ending import ContractNotEndable
from contracts.operations.apply_indexation import apply_indexation
from contracts.operations.end_contract import end_contract
from contracts.operations.transfer_contract import TransferNotPossible, transfer_contract
from contracts.tests.factories import (
    ContractFactory,
    ContractLineFactory,
    CoverageRuleFactory,
    LineVersionFactory,
)
from contracts.tests.indexing import NEW_YEAR, five_percent, index_of, prices, with_index

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)


@pytest.fixture
def line() -> ContractLine:
    """Ten at 25.00 since 2025."""
    found: ContractLine = ContractLineFactory.create()
    return found


@pytest.fixture
def other() -> Client:
    """The sister company."""
    found: Client = ClientFactory.create(name="Sister SAS")
    return found


def transfer(contract: Contract, client: Client, **changes: Any) -> Contract:
    given: dict[str, Any] = {"first_day": JULY, "number": "K9000", **changes}
    return transfer_contract(contract_id=contract.pk, client_id=client.pk, **given)


def test_the_old_contract_ends_the_day_before_and_both_know_each_other(
    line: ContractLine, other: Client
) -> None:
    new = transfer(line.contract, other)

    old = Contract.objects.get(pk=line.contract_id)
    assert (old.last_day_on, old.end_kind) == (date(2026, 6, 30), "transferred")
    assert old.end_reason == "Goes on as K9000 at Sister SAS"
    assert (new.client, new.starts_on, new.last_day_on) == (other, JULY, None)
    assert (new.transferred_from, old.transferred_to) == (old, new)


def test_lines_go_along_with_the_price_in_force_and_those_to_come(
    line: ContractLine, other: Client
) -> None:
    LineVersionFactory.create(line=line, starts_on=date(2026, 3, 1), quantity=12)
    LineVersionFactory.create(
        line=line, starts_on=date(2026, 9, 1), quantity=12, unit_price=Decimal(26)
    )
    ContractLineFactory.create(contract=line.contract, last_day_on=date(2026, 6, 30))
    ContractLineFactory.create(contract=line.contract, rhythm_months=0)

    new = transfer(line.contract, other)

    assert prices(new.lines.get()) == [
        ("2026-07-01", "12", "25.00"),
        ("2026-09-01", "12", "26.00"),
    ]
    assert prices(line)[0] == ("2025-01-01", "10", "25.00")


def test_periods_stay_where_they_were_and_the_first_piece_costs_its_days(other: Client) -> None:
    line = ContractLineFactory.create(
        contract__starts_on=date(2025, 3, 15), rhythm_months=12, anchor="anniversary",
        stub_rule="full", counts="assets",
    )  # fmt: skip

    moved = transfer(line.contract, other).lines.get()

    assert (moved.anchor_on, moved.stub_rule) == (date(2025, 3, 15), "prorated")
    assert (moved.counts, moved.count_site) == ("assets", None)


def test_coverage_hours_weights_and_pauses_go_along_from_that_day_on(
    line: ContractLine, other: Client
) -> None:
    contract = line.contract
    rule = CoverageRuleFactory.create(contract=contract)
    CoverageRuleFactory.create(contract=contract, site=SiteFactory.create(client=contract.client))
    CoverageRuleFactory.create(
        contract=contract, asset_group="servers", last_day_on=date(2026, 6, 30)
    )
    hours = Allowance.objects.create(
        contract=contract, name="Hours", minutes=300, starts_on=date(2025, 1, 1)
    )
    hours.work_types.add(rule.work_type)
    DrawWeight.objects.create(contract=contract, work_type=rule.work_type, factor=Decimal("1.5"))
    ContractPause.objects.create(contract=contract, starts_on=date(2026, 8, 1), reason="Closed")

    new = transfer(contract, other)

    moved = new.allowances.get()
    assert [one.work_type for one in CoverageRule.objects.filter(contract=new)] == [rule.work_type]
    assert (moved.minutes, moved.starts_on) == (300, JULY)
    assert list(moved.work_types.all()) == [rule.work_type]
    assert new.draw_weights.get().factor == Decimal("1.5")
    assert new.pauses.get().starts_on == date(2026, 8, 1)


def test_what_is_left_of_a_block_goes_along_without_being_billed_again(
    line: ContractLine, other: Client
) -> None:
    block = PrepaidBlock.objects.create(
        client=line.contract.client, contract=line.contract, name="Twenty hours",
        quantity=1200, price=Decimal(1800), sold_on=date(2026, 1, 5), starts_on=date(2026, 1, 5),
        low_balance=240, tops_up=True,
    )  # fmt: skip

    new = transfer(line.contract, other, blocks_moved={block.pk: Decimal(400)})

    moved = new.prepaid_blocks.get()
    block.refresh_from_db()
    assert (block.last_day_on, block.tops_up) == (date(2026, 6, 30), False)
    assert (block.quantity, block.moved_quantity) == (1200, 400)
    assert moved.name == f"Twenty hours ({line.contract.number})"
    assert (moved.client, moved.quantity, moved.price) == (other, 400, Decimal(600))
    assert (moved.starts_on, moved.billed_elsewhere, moved.tops_up) == (JULY, True, True)


def test_a_used_up_block_stays(line: ContractLine, other: Client) -> None:
    PrepaidBlock.objects.create(
        client=line.contract.client, contract=line.contract, name="Twenty hours",
        quantity=1200, price=Decimal(1800), sold_on=date(2026, 1, 5), starts_on=date(2026, 1, 5),
    )  # fmt: skip

    new = transfer(line.contract, other)

    assert PrepaidBlock.objects.get().last_day_on is None
    assert not new.prepaid_blocks.exists()


def test_an_index_goes_on_from_the_level_reached(other: Client) -> None:
    line = ContractLineFactory.create(quantity=1, unit_price=Decimal(1000))
    table = index_of({date(2025, 10, 1): "114.25", date(2026, 10, 1): "116.00"})
    clause = with_index(line.contract, table)
    apply_indexation(clause_id=clause.pk, effective_on=NEW_YEAR)

    new = transfer(line.contract, other)
    moved = IndexationClause.objects.get(contract=new)
    apply_indexation(clause_id=moved.pk, effective_on=date(2027, 1, 1))

    assert (moved.first_on, moved.base_value) == (NEW_YEAR, Decimal("105.6500"))
    assert prices(new.lines.get()) == [
        ("2026-07-01", "1", "1081.40"),
        ("2027-01-01", "1", "1097.96"),  # 1,000 x 116.00 / 105.65 = 1,097.9645
    ]


def test_an_increase_before_the_day_is_decided_first(line: ContractLine, other: Client) -> None:
    five_percent(line.contract)

    with pytest.raises(TransferNotPossible, match="on 1 Jan 2026 first"):
        transfer(line.contract, other)

    assert Contract.objects.count() == 1


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2027, 1, 1)])
def test_the_day_lies_within_the_contract(day: date, line: ContractLine, other: Client) -> None:
    Contract.objects.update(last_day_on=date(2026, 12, 31))

    with pytest.raises(TransferNotPossible, match="must be in force on"):
        transfer(line.contract, other, first_day=day)


def test_another_currency_the_same_client_and_a_taken_number_are_refused(
    line: ContractLine,
) -> None:
    swiss = ClientFactory.create(currency="CHF")
    taken = ContractFactory.create(number="K9000").client

    for client, sentence in (
        (swiss, "trades in CHF"),
        (line.contract.client, "this client's already"),
        (taken, "Another contract has this number"),
    ):
        with pytest.raises(TransferNotPossible, match=sentence):
            transfer(line.contract, client)

    assert Contract.objects.filter(transferred_from=line.contract).count() == 0


def test_a_transferred_contract_is_not_transferred_or_let_run_on(
    line: ContractLine, other: Client
) -> None:
    transfer(line.contract, other)

    with pytest.raises(ContractNotEndable, match="was transferred and goes on as K9000"):
        transfer(line.contract, other, number="K9001")
    with pytest.raises(ContractNotEndable, match="was transferred and goes on as K9000"):
        end_contract(contract_id=line.contract_id, last_day_on=None)
