"""I7, I8 and I9 of hours: each way of losing or doubling them is seen."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.postgres.functions import TransactionNow

from billing.models import BillingRun, Outcome, RunOutcome
from billing.queries.books import check_books
from billing.tests.drawn import drawn
from billing.tests.firm import bill, open_firm
from billing.tests.test_check_books import tamper
from clients.tests.factories import ClientFactory
from contracts.models import Allowance, BlockUnit, ContractPause, PrepaidBlock
from contracts.tests.factories import AllowanceFactory, ContractFactory, PrepaidBlockFactory
from tickets.tests.factories import TicketFactory

pytestmark = pytest.mark.django_db
JAN_20, FEB_20, MAR_31 = date(2026, 1, 20), date(2026, 2, 20), date(2026, 3, 31)


@pytest.fixture
def allowance() -> Allowance:
    """Ten hours a month since January, carried for a month; six and then three are drawn."""
    made: Allowance = AllowanceFactory.create(starts_on=date(2026, 1, 1), rolling=True)
    drawn(made, 360, JAN_20)
    drawn(made, 180, FEB_20, month=date(2026, 1, 1))
    return made


@pytest.fixture
def block() -> PrepaidBlock:
    """Ten hours through March, of which four are drawn."""
    made: PrepaidBlock = PrepaidBlockFactory.create(last_day_on=MAR_31)
    drawn(made, 240, FEB_20)
    return made


def hours_check() -> tuple[int, str | None]:
    """Return how many hours were examined, and the first that does not add up."""
    check = next(check for check in check_books() if check.id == "I7")
    return check.examined, check.first


def test_hours_that_are_drawn_expired_or_left_add_up(
    allowance: Allowance, block: PrepaidBlock
) -> None:
    assert hours_check() == (2, None)


def test_an_incident_that_covers_later_work_adds_up() -> None:
    block = PrepaidBlockFactory.create(unit=BlockUnit.INCIDENTS, quantity=1, last_day_on=MAR_31)
    ticket = TicketFactory.create(client=block.client)
    drawn(block, 60, MAR_31, quantity=Decimal(1), ticket=ticket)
    drawn(block, 60, date(2026, 4, 1), quantity=Decimal(0), ticket=ticket)

    assert hours_check() == (1, None)


def test_hours_drawn_before_a_pause_was_agreed_add_up(allowance: Allowance) -> None:
    ContractPause.objects.create(
        contract=allowance.contract,
        starts_on=date(2026, 1, 1),
        last_day_on=date(2026, 1, 31),
        reason="Works",
    )

    assert hours_check() == (1, None)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE billing_claim SET drawn_quantity = 601 WHERE drawn_quantity = 360", "overdrawn"),
        # 9 h of January's ten are drawn; 8 would be too few
        ("UPDATE contracts_allowance SET minutes = 480", "overdrawn"),
        ("UPDATE contracts_allowance SET starts_on = '2026-02-01'", "overdrawn"),
        ("UPDATE contracts_allowance SET rollover = 'none'", "drawn on a day"),
        ("UPDATE billing_claim SET bucket_on = '2026-02-01'", "drawn on a day"),
        (
            "UPDATE billing_claim SET drawn_quantity = -1 * drawn_quantity",
            "more given back than taken",
        ),
    ],
)
def test_an_allowance_that_does_not_add_up_is_found(
    allowance: Allowance, statement: str, fault: str
) -> None:
    tamper(statement)

    _examined, first = hours_check()

    assert str(first).startswith(f"allowance {allowance.pk}: {fault}")


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE contracts_prepaidblock SET quantity = 239", "overdrawn"),
        ("UPDATE contracts_prepaidblock SET last_day_on = '2026-02-19'", "drawn on a day"),
        ("UPDATE contracts_prepaidblock SET starts_on = '2026-02-21'", "drawn on a day"),
        ("UPDATE contracts_prepaidblock SET cancelled_on = '2026-03-01'", "drawn or billed"),
    ],
)
def test_a_block_that_does_not_add_up_is_found(
    block: PrepaidBlock, statement: str, fault: str
) -> None:
    tamper(statement)

    _examined, first = hours_check()

    assert str(first).startswith(f"block {block.pk}: {fault}")


def _wrong_allowance(allowance: Allowance) -> None:
    AllowanceFactory.create(starts_on=date(2026, 1, 1), rolling=True)
    tamper("UPDATE billing_claim SET allowance_id = (SELECT max(id) FROM contracts_allowance)")


def _wrong_block(allowance: Allowance) -> None:
    PrepaidBlockFactory.create()
    tamper(
        "UPDATE billing_claim SET allowance_id = NULL, bucket_on = NULL,"
        " drawn_block_id = (SELECT max(id) FROM contracts_prepaidblock)"
    )


def _wrong_contract(allowance: Allowance) -> None:
    PrepaidBlockFactory.create(contract=ContractFactory.create())


@pytest.mark.parametrize(
    ("mistake", "first"),
    [(_wrong_allowance, "claim"), (_wrong_block, "claim"), (_wrong_contract, "block")],
)
def test_hours_of_another_client_are_found(
    allowance: Allowance, mistake: Callable[[Allowance], None], first: str
) -> None:
    mistake(allowance)

    check = next(check for check in check_books() if check.id == "I9")

    assert str(check.first).startswith(first)


def _unbilled_block() -> str | None:
    check = next(check for check in check_books() if check.id == "I8")
    return check.first


def test_the_sale_of_a_block_that_a_run_left_out_is_found() -> None:
    open_firm()
    block = PrepaidBlockFactory.create(client=ClientFactory.create())
    run = bill()
    assert _unbilled_block() is None

    tamper("DELETE FROM billing_claim WHERE prepaid_block_id IS NOT NULL")
    assert _unbilled_block() == f"prepaid block {block.name}"

    RunOutcome.objects.filter(run=run).update(outcome=Outcome.HELD, reason="No rate.")
    assert _unbilled_block() is None


def test_a_block_sold_after_the_run_or_billed_elsewhere_waits_for_nobody() -> None:
    open_firm()
    client = ClientFactory.create()
    PrepaidBlockFactory.create(client=client, billed_elsewhere=True)
    run = bill(client_ids=[client.pk])
    BillingRun.objects.update(started_at=TransactionNow())
    PrepaidBlockFactory.create(client=client)

    assert RunOutcome.objects.get(run=run).outcome == Outcome.NOTHING_DUE
    assert _unbilled_block() is None
