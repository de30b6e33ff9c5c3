"""Agreeing hours with a client: allowances by month, blocks bought in advance, weights."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalog.tests.factories import WorkTypeFactory
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.models import Allowance, BlockUnit, Contract, PrepaidBlock, Rollover
from contracts.operations._hours import HoursNotAcceptable, NewAllowance, NewBlock
from contracts.operations.add_allowance import add_allowance
from contracts.operations.cancel_block import cancel_block
from contracts.operations.change_allowance import change_allowance
from contracts.operations.end_allowance import end_allowance
from contracts.operations.remove_allowance import remove_allowance
from contracts.operations.sell_block import sell_block
from contracts.operations.set_draw_weights import Weight, set_draw_weights
from contracts.tests.factories import AllowanceFactory, ContractFactory, PrepaidBlockFactory

pytestmark = pytest.mark.django_db(transaction=True)
MARCH_12 = date(2026, 3, 12)


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(number="K0007", starts_on=date(2026, 1, 31))
    return made


@pytest.fixture
def client() -> Client:
    made: Client = ClientFactory.create()
    return made


def new_allowance(**fields: Any) -> NewAllowance:
    return NewAllowance(**{"name": "Support hours", "minutes": 600, **fields})


def new_block(**fields: Any) -> NewBlock:
    given = {
        "name": "10 hours of support",
        "unit": BlockUnit.MINUTES,
        "quantity": Decimal(600),
        "price": Decimal(950),
        "sold_on": MARCH_12,
    }
    return NewBlock(**{**given, **fields})


def test_an_allowance_begins_with_its_contract_unless_a_day_is_given(contract: Contract) -> None:
    remote = WorkTypeFactory.create()

    with_it = add_allowance(contract_id=contract.pk, allowance=new_allowance())
    later = add_allowance(
        contract_id=contract.pk,
        allowance=new_allowance(
            starts_on=date(2026, 3, 1),
            last_day_on=date(2026, 12, 31),
            work_type_ids=[remote.pk],
            rollover=Rollover.OLDEST_FIRST,
            cap_minutes=300,
        ),
    )

    assert (with_it.starts_on, with_it.last_day_on) == (date(2026, 1, 31), None)
    later.refresh_from_db()
    assert (later.starts_on, later.last_day_on) == (date(2026, 3, 1), date(2026, 12, 31))
    assert (later.rollover, later.cap_minutes, later.age_months) == ("oldest_first", 300, 1)
    assert list(later.work_types.all()) == [remote]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"starts_on": date(2026, 1, 30)}, "starts_on", "K0007 starts on 31 Jan 2026"),
        (
            {"starts_on": MARCH_12, "last_day_on": date(2026, 3, 11)},
            "last_day_on",
            "comes before the first",
        ),
        ({"minutes": 0}, "minutes", "more than nothing"),
        ({"rollover": Rollover.OLDEST_FIRST, "age_months": 0}, "age_months", "one month at least"),
    ],
)
def test_an_allowance_that_contradicts_its_contract_is_refused(
    contract: Contract, fields: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(HoursNotAcceptable, match=words) as refusal:
        add_allowance(contract_id=contract.pk, allowance=new_allowance(**fields))

    assert refusal.value.field == field
    assert not Allowance.objects.exists()


def test_an_allowance_cannot_begin_after_its_contract_has_ended(contract: Contract) -> None:
    contract.last_day_on = date(2026, 6, 30)
    contract.save(update_fields=["last_day_on"])

    with pytest.raises(HoursNotAcceptable, match="K0007 ends on 30 Jun 2026"):
        add_allowance(contract_id=contract.pk, allowance=new_allowance(starts_on=date(2026, 7, 1)))


def test_a_change_ends_the_old_terms_the_day_before_the_new_begin(contract: Contract) -> None:
    old = AllowanceFactory.create(contract=contract)

    new = change_allowance(
        allowance_id=old.pk, terms=new_allowance(minutes=720, starts_on=date(2026, 4, 1))
    )

    old.refresh_from_db()
    assert (old.minutes, old.last_day_on) == (600, date(2026, 3, 31))
    assert (new.minutes, new.starts_on, new.last_day_on) == (720, date(2026, 4, 1), None)


@pytest.mark.parametrize(
    ("anchor", "starts_on", "words"),
    [
        ("calendar", date(2026, 3, 15), "on 1 Mar 2026 or on 1 Apr 2026"),
        # counted from the contract's 31st: 31 Jan, 28 Feb, 31 Mar
        ("anniversary", date(2026, 3, 1), "on 28 Feb 2026 or on 31 Mar 2026"),
        ("calendar", date(2026, 1, 31), "begin on 31 Jan 2026"),
        ("calendar", date(2027, 1, 1), "end on 31 Dec 2026"),
    ],
)
def test_a_change_on_a_day_on_which_no_month_begins_is_refused(
    contract: Contract, anchor: str, starts_on: date, words: str
) -> None:
    old = AllowanceFactory.create(contract=contract, anchor=anchor, last_day_on=date(2026, 12, 31))

    with pytest.raises(HoursNotAcceptable, match=words) as refusal:
        change_allowance(allowance_id=old.pk, terms=new_allowance(starts_on=starts_on))

    old.refresh_from_db()
    assert refusal.value.field == "starts_on"
    assert (old.last_day_on, Allowance.objects.count()) == (date(2026, 12, 31), 1)


def test_an_allowance_ends_runs_on_and_is_removed(contract: Contract) -> None:
    allowance = AllowanceFactory.create(contract=contract)

    ended = end_allowance(allowance_id=allowance.pk, last_day_on=date(2026, 6, 30))
    with pytest.raises(HoursNotAcceptable, match="cannot end before"):
        end_allowance(allowance_id=allowance.pk, last_day_on=date(2026, 1, 30))
    runs_on = end_allowance(allowance_id=allowance.pk, last_day_on=None)
    remove_allowance(allowance_id=allowance.pk)

    assert (ended.last_day_on, runs_on.last_day_on) == (date(2026, 6, 30), None)
    assert not Allowance.objects.exists()


def test_a_block_is_valid_from_the_day_it_is_sold_unless_another_is_given(client: Client) -> None:
    contract = ContractFactory.create(client=client)

    at_once = sell_block(client_id=client.pk, block=new_block())
    later = sell_block(
        client_id=client.pk,
        block=new_block(
            starts_on=date(2026, 4, 1),
            last_day_on=date(2027, 3, 31),
            contract_id=contract.pk,
            low_balance=Decimal(120),
            tops_up=True,
        ),
    )

    assert (at_once.starts_on, at_once.last_day_on, at_once.contract) == (MARCH_12, None, None)
    assert (later.starts_on, later.last_day_on) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (later.contract, later.low_balance, later.tops_up) == (contract, 120, True)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"quantity": Decimal(0)}, "quantity", "more than nothing"),
        ({"price": Decimal(-1)}, "price", "cannot be negative"),
        ({"last_day_on": date(2026, 3, 11)}, "last_day_on", "comes before the first"),
        (
            {"unit": BlockUnit.INCIDENTS, "quantity": Decimal("2.5")},
            "quantity",
            "whole numbers",
        ),
        ({"tops_up": True}, "low_balance", "how much left"),
        ({"low_balance": Decimal(600)}, "low_balance", "below what the block holds"),
    ],
)
def test_a_block_that_makes_no_sense_is_refused(
    client: Client, fields: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(HoursNotAcceptable, match=words) as refusal:
        sell_block(client_id=client.pk, block=new_block(**fields))

    assert refusal.value.field == field
    assert not PrepaidBlock.objects.exists()


def test_a_block_cannot_be_sold_on_the_contract_of_another_client(client: Client) -> None:
    theirs = ContractFactory.create()

    with pytest.raises(HoursNotAcceptable, match="another client"):
        sell_block(client_id=client.pk, block=new_block(contract_id=theirs.pk))


def test_a_block_is_cancelled_once() -> None:
    block = PrepaidBlockFactory.create()

    cancelled = cancel_block(block_id=block.pk, cancelled_on=MARCH_12)
    with pytest.raises(HoursNotAcceptable, match="cancelled on 12 Mar 2026"):
        cancel_block(block_id=block.pk, cancelled_on=date(2026, 3, 13))

    cancelled.refresh_from_db()
    assert cancelled.cancelled_on == MARCH_12


def test_setting_weights_replaces_those_there_were(contract: Contract) -> None:
    remote = WorkTypeFactory.create()
    set_draw_weights(contract_id=contract.pk, weights=[Weight(Decimal("1.5"))])

    set_draw_weights(contract_id=contract.pk, weights=[Weight(Decimal(2), remote.pk)])

    rows = contract.draw_weights.values_list("factor", "work_type_id", "work_role_id")
    assert list(rows) == [(Decimal("2.00"), remote.pk, None)]


@pytest.mark.parametrize(
    "weights", [[Weight(Decimal(0))], [Weight(Decimal(2)), Weight(Decimal(3))]]
)
def test_weights_that_make_no_sense_leave_the_old_ones(
    contract: Contract, weights: list[Weight]
) -> None:
    set_draw_weights(contract_id=contract.pk, weights=[Weight(Decimal("1.5"))])

    with pytest.raises(HoursNotAcceptable):
        set_draw_weights(contract_id=contract.pk, weights=weights)

    assert [one.factor for one in contract.draw_weights.all()] == [Decimal("1.50")]
