"""A transfer that is taken back: all is as it was, as long as nothing rests on it."""

from datetime import date
from decimal import Decimal

import pytest
from django.forms.models import model_to_dict

from clients.tests.factories import ClientFactory
from contracts.models import (
    Allowance,
    Contract,
    ContractLine,
    ContractPause,
    IndexationClause,
    PrepaidBlock,
)
from contracts.operations._hours import NewBlock
from contracts.operations.sell_block import sell_block
from contracts.operations.transfer_contract import transfer_contract
from contracts.operations.undo_transfer import TransferNotUndoable, undo_transfer
from contracts.tests.factories import (
    ContractFactory,
    ContractLineFactory,
    CoverageRuleFactory,
    PrepaidBlockFactory,
)
from contracts.tests.indexing import index_of, with_index
from contracts.tests.test_transfer_contract import transfer

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)


@pytest.fixture
def old() -> Contract:
    """A contract with a line, hours, an index, a pause and a block; notice was given to autumn."""
    line: ContractLine = ContractLineFactory.create(quantity=1, unit_price=Decimal(1000))
    contract = line.contract
    contract.last_day_on, contract.end_kind = date(2026, 10, 31), "churned"
    contract.end_reason, contract.notice_received_on = "They move away", date(2026, 5, 4)
    contract.save()
    CoverageRuleFactory.create(contract=contract)
    Allowance.objects.create(contract=contract, name="Hours", minutes=300, starts_on=JULY)
    with_index(contract, index_of({date(2025, 10, 1): "114.25"}), first_on=date(2026, 8, 1))
    ContractPause.objects.create(contract=contract, starts_on=date(2026, 8, 1), reason="Closed")
    PrepaidBlockFactory.create(
        client=contract.client, contract=contract, tops_up=True, low_balance=60,
        last_day_on=date(2026, 12, 31),
    )  # fmt: skip
    return contract


def moved(old: Contract, blocks: int = 400) -> Contract:
    block = old.prepaid_blocks.get()
    taken = {block.pk: Decimal(blocks)}
    return transfer(old, ClientFactory.create(), blocks_moved=taken)


def facts(contract: Contract) -> tuple[dict[str, object], dict[str, object]]:
    found = Contract.objects.get(pk=contract.pk)
    return model_to_dict(found), model_to_dict(found.prepaid_blocks.get())


def test_contract_and_blocks_are_as_they_were_and_nothing_is_left_of_the_other(
    old: Contract,
) -> None:
    before = facts(old)
    new = moved(old)

    undo_transfer(contract_id=new.pk)

    assert facts(old) == before
    assert (Contract.objects.count(), PrepaidBlock.objects.count()) == (1, 1)
    assert (ContractLine.objects.count(), IndexationClause.objects.count()) == (1, 1)


def test_it_can_be_transferred_again_and_undone_again(old: Contract) -> None:
    before = facts(old)
    undo_transfer(contract_id=moved(old, 400).pk)

    second = moved(old, 150)

    assert second.prepaid_blocks.get().quantity == 150
    undo_transfer(contract_id=second.pk)
    assert facts(old) == before


def test_a_contract_that_came_from_nobody_is_not_undone(old: Contract) -> None:
    with pytest.raises(TransferNotUndoable, match="did not come from another client"):
        undo_transfer(contract_id=old.pk)

    assert Contract.objects.count() == 1


def test_what_was_transferred_again_is_undone_in_the_order_backwards(old: Contract) -> None:
    new = moved(old)
    third = transfer_contract(
        contract_id=new.pk, client_id=ClientFactory.create().pk, first_day=date(2026, 7, 20),
        number="K9100",
    )  # fmt: skip

    with pytest.raises(TransferNotUndoable, match="K9000 was transferred again"):
        undo_transfer(contract_id=new.pk)

    assert Contract.objects.filter(pk=third.pk).exists()
    assert new.prepaid_blocks.count() == 1


def test_a_block_sold_there_keeps_it(old: Contract) -> None:
    new = moved(old)
    sold = NewBlock(
        name="Ten", unit="minutes", quantity=Decimal(600), price=Decimal(900), sold_on=JULY,
        contract_id=new.pk,
    )  # fmt: skip
    sell_block(client_id=new.client_id, block=sold)

    with pytest.raises(TransferNotUndoable, match="block was sold under K9000"):
        undo_transfer(contract_id=new.pk)

    assert Contract.objects.filter(pk=new.pk).exists()


def test_a_contract_without_an_end_runs_on_again() -> None:
    contract = ContractFactory.create()
    new = transfer(contract, ClientFactory.create())

    undo_transfer(contract_id=new.pk)

    found = Contract.objects.get()
    assert (found.last_day_on, found.end_kind, found.end_reason) == (None, "", "")
