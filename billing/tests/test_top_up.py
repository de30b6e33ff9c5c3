"""A block that tops up by itself: another one is sold when it runs low, once, and in time."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from billing.domain.agreements import Drawn
from billing.domain.top_up import next_validity, ran_low_on
from billing.models import Charge, Claim, Invoice
from billing.operations.top_up_blocks import top_up_blocks
from billing.tasks import sweep_blocks
from billing.tests.drawn import drawn
from billing.tests.firm import bill, open_firm
from billing.tests.hours import block
from catalog.models import WorkType
from contracts.models import BlockUnit, PrepaidBlock
from contracts.operations.cancel_block import cancel_block
from contracts.tests.factories import ContractFactory, PrepaidBlockFactory
from core.periods import FOREVER, Period
from tickets.tests.factories import TicketFactory, TimeEntryFactory

MARCH_5, MARCH_12, MARCH_20 = (date(2026, 3, day) for day in (5, 12, 20))
APRIL = date(2026, 4, 1)
in_database = pytest.mark.django_db(transaction=True)


def taken(minutes: int, on: date) -> Drawn:
    return Drawn(on, Decimal(minutes), block_id=1)


@pytest.mark.parametrize(
    ("draws", "day"),
    [
        ([], None),
        ([taken(479, MARCH_5)], None),
        ([taken(480, MARCH_5)], MARCH_5),
        # 10 h less 7 h leave 3 h, less 1 h leave 2 h: the threshold is met on the 12th
        ([taken(60, MARCH_12), taken(420, MARCH_5), taken(60, MARCH_20)], MARCH_12),
        # an hour taken back on the 5th leaves more than 2 h until the 20th
        ([taken(500, MARCH_5), taken(-60, MARCH_5), taken(60, MARCH_20)], MARCH_20),
        ([Drawn(MARCH_5, Decimal(600), block_id=2)], None),
    ],
)
def test_a_block_runs_low_on_the_day_whose_work_brought_it_down(
    draws: list[Drawn], day: date | None
) -> None:
    assert ran_low_on(block("600"), Decimal(120), draws) == day


@pytest.mark.parametrize(
    ("valid", "following"),
    [
        (Period(date(2026, 1, 1), FOREVER), Period(MARCH_12, FOREVER)),
        (Period(date(2026, 1, 1), date(2027, 1, 1)), Period(MARCH_12, date(2027, 3, 12))),
        (Period(date(2026, 1, 31), date(2026, 2, 28)), Period(MARCH_12, date(2026, 4, 12))),
        # 45 days
        (Period(date(2026, 1, 1), date(2026, 2, 15)), Period(MARCH_12, date(2026, 4, 26))),
    ],
)
def test_the_next_block_is_valid_as_long_as_the_last(valid: Period, following: Period) -> None:
    one = block("600", valid.start, None if valid.end == FOREVER else valid.last_day)

    assert next_validity(one, MARCH_12) == following


@pytest.fixture
def prepaid() -> PrepaidBlock:
    """Ten hours for all of 2026 that top up at two hours left."""
    open_firm()
    made: PrepaidBlock = PrepaidBlockFactory.create(
        last_day_on=date(2026, 12, 31), low_balance=Decimal(120), tops_up=True
    )
    return made


def worked(block: PrepaidBlock, minutes: int, on: date) -> None:
    """Let the client of the block need work, at 84.00 an hour."""
    TimeEntryFactory.create(
        ticket=TicketFactory.create(client=block.client),
        work_type=WorkType.objects.earliest("pk"),
        minutes=minutes,
        worked_on=on,
    )


def sale(block: PrepaidBlock) -> tuple[date, date, date | None]:
    return block.sold_on, block.starts_on, block.last_day_on


@in_database
def test_a_run_sells_the_next_block_before_it_bills_what_is_too_much(
    prepaid: PrepaidBlock,
) -> None:
    worked(prepaid, 540, MARCH_12)
    worked(prepaid, 120, MARCH_20)

    bill(APRIL)
    bill(APRIL)

    following = PrepaidBlock.objects.get(follows=prepaid)
    assert sale(following) == (APRIL, MARCH_12, date(2027, 3, 11))
    assert (following.quantity, following.price, following.low_balance) == (600, 950, 120)
    draft = Invoice.objects.get()
    # both blocks are sold; the eleventh hour is drawn from the second one
    assert draft.net == Decimal("1900.00")
    draws = Claim.objects.exclude(drawn_block=None).order_by("pk")
    assert [(one.drawn_block_id, one.drawn_quantity) for one in draws] == [
        (prepaid.pk, 540),
        (prepaid.pk, 60),
        (following.pk, 60),
    ]


@in_database
def test_much_work_uses_up_several_blocks(prepaid: PrepaidBlock) -> None:
    worked(prepaid, 1500, MARCH_12)

    bill(APRIL)

    # 25 h: 10 + 10 + 5; the third leaves 5 h
    assert PrepaidBlock.objects.count() == 3
    assert not Charge.objects.filter(kind="time", treatment="billed").exists()


@in_database
def test_the_hourly_sweep_sees_open_work_and_sells_once(prepaid: PrepaidBlock) -> None:
    worked(prepaid, 480, MARCH_12)
    client = [prepaid.client_id]

    (sold,) = top_up_blocks(client_ids=client, today=MARCH_20)
    again = top_up_blocks(client_ids=client, today=MARCH_20)

    assert (sale(sold), again) == ((MARCH_20, MARCH_12, date(2027, 3, 11)), [])


@in_database
def test_the_sweep_looks_at_clients_who_wait_for_a_block(
    prepaid: PrepaidBlock, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(prepaid, 480, MARCH_12)
    PrepaidBlockFactory.create()
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr("billing.tasks.ring", lambda _task, **what: rung.append(what))

    sweep_blocks()

    assert rung == [{"client_id": prepaid.client_id}]


def _too_little(prepaid: PrepaidBlock) -> None:
    worked(prepaid, 465, MARCH_12)


def _not_wanted(prepaid: PrepaidBlock) -> None:
    worked(prepaid, 600, MARCH_12)
    PrepaidBlock.objects.update(tops_up=False)


def _client_lost(prepaid: PrepaidBlock) -> None:
    worked(prepaid, 600, MARCH_12)
    prepaid.client.lost_on = MARCH_12
    prepaid.client.lost_reason = "Sold"
    prepaid.client.save()


def _contract_over(prepaid: PrepaidBlock) -> None:
    over = ContractFactory.create(client=prepaid.client, last_day_on=MARCH_5)
    PrepaidBlock.objects.update(contract=over)
    prepaid.refresh_from_db()
    drawn(prepaid, 600, MARCH_12)


def _cancelled_follower(prepaid: PrepaidBlock) -> None:
    worked(prepaid, 600, MARCH_12)
    (sold,) = top_up_blocks(client_ids=[prepaid.client_id], today=MARCH_20)
    cancel_block(block_id=sold.pk, cancelled_on=MARCH_20)


@in_database
@pytest.mark.parametrize(
    "case", [_too_little, _not_wanted, _client_lost, _contract_over, _cancelled_follower]
)
def test_nothing_is_sold_where_nothing_is_wanted(prepaid: PrepaidBlock, case: Any) -> None:
    case(prepaid)

    assert top_up_blocks(client_ids=[prepaid.client_id], today=MARCH_20) == []


@in_database
def test_the_database_lets_one_block_follow_another(prepaid: PrepaidBlock) -> None:
    PrepaidBlockFactory.create(client=prepaid.client, follows=prepaid)

    with pytest.raises(IntegrityError):
        PrepaidBlockFactory.create(client=prepaid.client, follows=prepaid)


@in_database
def test_money_and_incidents_top_up_as_hours_do() -> None:
    open_firm()
    money = PrepaidBlockFactory.create(
        unit=BlockUnit.MONEY, quantity=500, low_balance=Decimal(100), tops_up=True
    )
    worked(money, 300, MARCH_12)

    # 5 h at 84.00 are 420.00: 80.00 are left
    (sold,) = top_up_blocks(client_ids=[money.client_id], today=MARCH_20)

    assert (sold.unit, sold.quantity, sold.last_day_on) == ("money", 500, None)
