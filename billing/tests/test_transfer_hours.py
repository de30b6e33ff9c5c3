"""Hours of a contract that goes on at another client: none is used twice, none is lost.

Twenty hours were bought for 1,800.00; ten of them paid for May. Remote work is included and costs
84.00 an hour beyond the block.
"""

from datetime import date
from decimal import Decimal

import pytest

from billing.models import Charge, Claim, Treatment
from billing.queries.blocks_left import blocks_left
from billing.queries.books import check_books
from billing.tests.firm import bill, open_firm
from catalog.models import WorkType
from clients.models import Client, LegalEntity
from clients.tests.factories import ClientFactory
from contracts.models import Allowance, Contract, PrepaidBlock
from contracts.operations._hours import HoursDrawn
from contracts.operations.transfer_contract import TransferNotPossible, transfer_contract
from contracts.tests.factories import (
    AllowanceFactory,
    ContractFactory,
    CoverageRuleFactory,
    PrepaidBlockFactory,
)
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def contract() -> Contract:
    """A contract with twenty prepaid hours."""
    open_firm()
    found: Contract = ContractFactory.create(starts_on=date(2026, 1, 1))
    CoverageRuleFactory.create(contract=found, work_type=WorkType.objects.get(code="remote"))
    PrepaidBlockFactory.create(
        client=found.client, contract=found, name="Twenty hours", quantity=1200,
        price=Decimal(1800), sold_on=date(2026, 1, 5), billed_elsewhere=True,
    )  # fmt: skip
    return found


@pytest.fixture
def block(contract: Contract) -> PrepaidBlock:
    """The block, of which May took ten hours."""
    work(contract.client, date(2026, 5, 12), 600)
    bill(JUNE)
    return contract.prepaid_blocks.get()


@pytest.fixture
def sister() -> Client:
    """The client with whom the contract goes on."""
    found: Client = ClientFactory.create(name="Sister SAS")
    return found


def work(client: Client, on: date, minutes: int) -> None:
    TimeEntryFactory.create(
        ticket=TicketFactory.create(client=client),
        work_type=WorkType.objects.get(code="remote"),
        minutes=minutes,
        worked_on=on,
    )


def move(block: PrepaidBlock, client: Client, minutes: int, on: date = JULY) -> Contract:
    return transfer_contract(
        contract_id=block.contract_id or 0,
        client_id=client.pk,
        first_day=on,
        number="K9000",
        blocks_moved={block.pk: Decimal(minutes)},
    )


def billed_to(client: Client) -> list[tuple[str, int, str]]:
    """Return day, minutes and amount of all time that cost something."""
    rows = Charge.objects.filter(client=client, treatment=Treatment.BILLED).order_by("starts_on")
    return [(str(row.starts_on), int(row.quantity), str(row.amount)) for row in rows]


def drawn_from(block: PrepaidBlock) -> int:
    claims = Claim.objects.filter(drawn_block=block, released_at=None)
    return int(sum(claim.drawn_quantity for claim in claims))


def assert_the_books_are_whole() -> None:
    assert [check.first for check in check_books() if not check.ok] == []


def test_work_that_waits_keeps_its_hours_and_the_rest_is_offered(block: PrepaidBlock) -> None:
    work(block.client, date(2026, 6, 18), 120)
    assert block.contract is not None

    (left,) = blocks_left(block.contract, LegalEntity.objects.current(), date(2026, 6, 25))

    assert (left.left, left.open_drawn, left.offered) == (600, 120, 480)


def test_late_work_draws_what_stayed_and_then_costs_money(
    block: PrepaidBlock, sister: Client
) -> None:
    work(block.client, date(2026, 6, 18), 120)
    new = move(block, sister, 480)
    bill(JULY)
    work(block.client, date(2026, 6, 20), 180)
    work(sister, date(2026, 7, 9), 600)
    bill(AUGUST)

    # Old: 600 in May + 120 in June = 720 = 1,200 - 480; of the 180 late ones none is left:
    # 3 h x 84.00. New: 480 of 600, and 2 h x 84.00.
    assert billed_to(block.client) == [("2026-06-20", 180, "252.00")]
    assert billed_to(sister) == [("2026-07-09", 120, "168.00")]
    assert (drawn_from(block), drawn_from(new.prepaid_blocks.get())) == (720, 480)
    assert_the_books_are_whole()


def test_hours_left_behind_pay_for_late_work_to_the_minute(
    block: PrepaidBlock, sister: Client
) -> None:
    move(block, sister, 480)
    work(block.client, date(2026, 6, 20), 180)
    bill(AUGUST)

    # 1,200 - 600 - 480 = 120 of the 180 minutes; 60 are left at 84.00
    assert billed_to(block.client) == [("2026-06-20", 60, "84.00")]
    assert drawn_from(block) == 720
    assert_the_books_are_whole()


def test_no_more_moves_than_is_left_and_nothing_changes(
    block: PrepaidBlock, sister: Client
) -> None:
    with pytest.raises(HoursDrawn, match="So much is not left any more"):
        move(block, sister, 601)

    block.refresh_from_db()
    assert (block.moved_quantity, block.last_day_on) == (0, None)
    assert Contract.objects.get().last_day_on is None


def test_hours_that_paid_for_work_on_the_day_keep_the_contract_here(
    block: PrepaidBlock, sister: Client
) -> None:
    with pytest.raises(HoursDrawn, match="have paid for work since then"):
        move(block, sister, 480, on=date(2026, 5, 12))

    assert Contract.objects.count() == 1


def test_a_block_of_another_contract_and_more_than_it_holds_do_not_move(
    block: PrepaidBlock, sister: Client
) -> None:
    foreign = PrepaidBlockFactory.create(of_contract=True)
    with pytest.raises(TransferNotPossible, match="not one of the contract"):
        transfer_contract(
            contract_id=block.contract_id or 0, client_id=sister.pk, first_day=JULY,
            number="K9000", blocks_moved={foreign.pk: Decimal(1)},
        )  # fmt: skip
    with pytest.raises(TransferNotPossible, match="than the block holds"):
        move(block, sister, 1201)


def test_a_month_that_is_shared_grants_no_more_than_its_days_there(
    contract: Contract, sister: Client
) -> None:
    AllowanceFactory.create(contract=contract, minutes=600)

    transfer_contract(
        contract_id=contract.pk, client_id=sister.pk, first_day=date(2026, 7, 16), number="K9000"
    )
    work(sister, date(2026, 7, 20), 600)
    bill(AUGUST)

    # 600 x 16 / 31 = 309.7: 310 of the 600 minutes; 290 x 84.00 / 60 = 406.00
    assert Allowance.objects.get(contract__number="K9000").prorates_stub
    assert billed_to(sister) == [("2026-07-20", 290, "406.00")]
