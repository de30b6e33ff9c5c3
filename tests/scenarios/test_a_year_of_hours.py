"""A year of included hours and a year of hours bought in advance, billed and issued by the month.

Hours are worked on the 10th of their month and the days after it, all of them remote work, which
costs 84.00 an hour where nothing else was agreed.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.queries.balances import balances_of
from billing.queries.books import check_books
from billing.tests.firm import open_firm
from billing.tests.hours import rows
from catalog.models import WorkType
from clients.models import Client, LegalEntity
from clients.tests.factories import ClientFactory
from contracts.models import (
    Allowance,
    BlockUnit,
    Contract,
    ContractPause,
    PrepaidBlock,
    Rollover,
)
from contracts.operations._hours import NewAllowance, NewBlock
from contracts.operations.add_allowance import add_allowance
from contracts.operations.change_allowance import change_allowance
from contracts.operations.sell_block import sell_block
from contracts.tests.factories import ContractFactory, CoverageRuleFactory
from tests.scenarios.billing_days import bill_firsts, nets
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)
NEW_YEARS_EVE = date(2026, 12, 31)


def work(client: Client, month: int, hours: int, day: int = 10) -> None:
    """Work so many hours for the client, ten a day at most."""
    on = date(2026, month, day)
    while hours > 0:
        TimeEntryFactory.create(
            ticket=TicketFactory.create(client=client),
            work_type=WorkType.objects.get(code="remote"),
            minutes=min(hours, 10) * 60,
            worked_on=on,
        )
        hours, on = hours - 10, on + timedelta(days=1)


def first_of(month: int) -> date:
    return date(2026, month, 1)


def balances(client: Client) -> dict[int, list[str]]:
    """Return, month by month, the hours granted, carried in, drawn, expired and left."""
    found = balances_of([client], LegalEntity.objects.current(), NEW_YEARS_EVE)
    return {balance.row.pk: rows(balance.statement) for balance in found}


def assert_the_books_are_whole() -> None:
    assert [check.first for check in check_books() if not check.ok] == []


@pytest.fixture
def contract() -> Contract:
    """A contract from New Year 2026 on that includes remote work."""
    open_firm()
    found: Contract = ContractFactory.create(starts_on=first_of(1))
    CoverageRuleFactory.create(contract=found, work_type=WorkType.objects.get(code="remote"))
    return found


def terms(hours: int, overage_rate: str, starts_on: date) -> NewAllowance:
    """Return hours a month of which eight are carried to the next month at most."""
    return NewAllowance(
        name="Support hours",
        minutes=hours * 60,
        starts_on=starts_on,
        rollover=Rollover.OLDEST_FIRST,
        cap_minutes=480,
        overage_rate=Decimal(overage_rate),
    )


def live_through_half_a_year(contract: Contract) -> Allowance:
    """Use ten hours a month, overage at 90.00; four hours of April are told in May."""
    hours = add_allowance(contract_id=contract.pk, allowance=terms(10, "90.00", first_of(1)))
    for month, worked in ((1, 6), (2, 3), (3, 20), (5, 5)):
        work(contract.client, month, worked)
    bill_firsts(first_of(1), first_of(5))
    work(contract.client, 4, 4, day=20)
    work(contract.client, 6, 18)
    bill_firsts(first_of(6), first_of(7))
    return hours


def live_through_the_other_half(contract: Contract, hours: Allowance) -> Allowance:
    """Have twelve hours from July on, overage at 95.00; in August the contract rests."""
    more = change_allowance(allowance_id=hours.pk, terms=terms(12, "95.00", first_of(7)))
    ContractPause.objects.create(
        contract=contract, starts_on=first_of(8), last_day_on=date(2026, 8, 31), reason="Holidays"
    )
    for month, worked in ((7, 13), (9, 2), (10, 8), (11, 30)):
        work(contract.client, month, worked)
    bill_firsts(first_of(8), first_of(12))
    return more


def test_a_year_of_included_hours_with_rollover(contract: Contract) -> None:
    hours = live_through_half_a_year(contract)
    more = live_through_the_other_half(contract, hours)

    # granted, carried in, drawn, expired, left
    assert balances(contract.client)[hours.pk] == [
        "10 0 6 0 4",
        "10 4 3 3 8",  # 3 of January's 4: 1 expires; of February's 10 the cap lets 8 go on
        "10 8 18 0 0",  # 20 worked: 2 are overage
        "10 0 4 0 6",  # told in May, and still April's hours
        "10 6 5 3 8",  # 5 of April's 6: 1 expires; 2 of May's 10 are cut off
        "10 8 18 0 0",
    ]
    assert balances(contract.client)[more.pk] == [
        "12 0 12 0 0",  # 13 worked: 1 is overage
        "0 0 0 0 0",  # the contract rests
        "12 0 2 2 8",
        "12 8 8 4 8",
        "12 8 20 0 0",  # 30 worked: 10 are overage
        "12 0 0 0 12",
    ]
    assert nets() == [
        ("2026-04-01", "180.00"),  # 2 x 90.00
        ("2026-08-01", "95.00"),
        ("2026-12-01", "950.00"),  # 10 x 95.00
    ]
    assert_the_books_are_whole()


TEN_HOURS_THAT_TOP_UP = NewBlock(
    name="10 hours",
    unit=BlockUnit.MINUTES,
    quantity=Decimal(600),
    price=Decimal(900),
    sold_on=date(2026, 1, 1),
    last_day_on=NEW_YEARS_EVE,
    low_balance=Decimal(120),
    tops_up=True,
)


def test_a_year_of_a_block_that_tops_up() -> None:
    open_firm()
    client = ClientFactory.create()
    first = sell_block(client_id=client.pk, block=TEN_HOURS_THAT_TOP_UP)
    for month, worked in ((1, 5), (2, 4), (3, 6), (4, 3), (12, 1)):
        work(client, month, worked)
    bill_firsts(first_of(1), first_of(12))

    second = PrepaidBlock.objects.get(follows=first)
    third = PrepaidBlock.objects.get(follows=second)
    # sold when a run found 1 h left of the first, and 2 h of the second; valid from that work on
    assert (second.sold_on, second.starts_on) == (first_of(3), date(2026, 2, 10))
    assert (third.sold_on, third.starts_on) == (first_of(5), date(2026, 4, 10))
    # March's 6 h: the last one of the first block, and 5 of the second; December's is not billed
    assert balances(client) == {
        first.pk: ["10 0 10 0 0"],
        second.pk: ["10 0 9 0 1"],
        third.pk: ["10 0 0 0 10"],
    }
    # 30 h sold = 19 h worked + 11 h left; no hour is billed at 84.00
    assert nets() == [(day, "900.00") for day in ("2026-01-01", "2026-03-01", "2026-05-01")]
    assert_the_books_are_whole()
