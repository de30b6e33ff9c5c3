"""What clients have left: of billed and of open work, and where it stands."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.domain.terms import BlockUnit
from billing.hours import ENOUGH, LOW, OVER, TO_COME, USED_UP
from billing.queries.balances import HoursBalance, balances_of
from billing.queries.drawdown import drawdown
from billing.tests.drawn import drawn
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from catalog.models import WorkType
from clients.models import Client, LegalEntity
from contracts.models import Allowance, PrepaidBlock
from contracts.tests.factories import (
    AllowanceFactory,
    CoverageRuleFactory,
    PrepaidBlockFactory,
)
from tickets.models import TimeEntry
from tickets.tests.factories import TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db
MARCH, MARCH_12, MARCH_20 = date(2026, 3, 1), date(2026, 3, 12), date(2026, 3, 20)


def balance_of(row: Allowance | PrepaidBlock, today: date = MARCH_20) -> HoursBalance:
    client = row.client if isinstance(row, PrepaidBlock) else row.contract.client
    found = balances_of([client], LegalEntity.objects.current(), today)
    return next(one for one in found if one.row == row)


def worked(client: Client, minutes: int, on: date, **fields: Any) -> TimeEntry:
    """Log remote work for the client, in steps of 15 minutes."""
    entry: TimeEntry = TimeEntryFactory.create(
        ticket=TicketFactory.create(client=client),
        work_type=WorkType.objects.get(code="remote"),
        minutes=minutes,
        worked_on=on,
        **fields,
    )
    return entry


@pytest.fixture
def allowance() -> Allowance:
    """Ten hours a month since March, for remote work, with a warning at two."""
    open_firm()
    made: Allowance = AllowanceFactory.create(
        starts_on=MARCH, contract__starts_on=MARCH, low_balance_minutes=120
    )
    CoverageRuleFactory.create(
        contract=made.contract, work_type=WorkType.objects.get(code="remote")
    )
    return made


def test_billed_and_open_work_count_even_before_it_is_approved(allowance: Allowance) -> None:
    client = allowance.contract.client
    drawn(allowance, 120, MARCH_12)
    worked(client, 60, MARCH_12)
    worked(client, 30, MARCH_20, is_approved=False)
    worked(client, 60, date(2026, 3, 21))

    balance = balance_of(allowance)

    # 10 h less 2 h billed, 1 h open and half an hour that nobody has approved; tomorrow's is not in
    assert (balance.at_hand, balance.drawn, balance.left) == (600, 210, 390)
    assert (balance.open_drawn, balance.standing) == (90, ENOUGH)
    assert balance.usable_through == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("minutes", "standing"), [(475, ENOUGH), (480, LOW), (599, LOW), (600, USED_UP)]
)
def test_hours_run_low_at_their_warning_and_are_used_up_at_nothing(
    allowance: Allowance, minutes: int, standing: object
) -> None:
    drawn(allowance, minutes, MARCH_12)

    assert balance_of(allowance).standing == standing


def test_hours_are_to_come_until_they_begin_and_over_once_they_have_ended(
    allowance: Allowance,
) -> None:
    assert balance_of(allowance, date(2026, 2, 28)).standing == TO_COME
    Allowance.objects.update(last_day_on=date(2026, 3, 31))
    allowance.refresh_from_db()

    assert balance_of(allowance, date(2026, 3, 31)).standing == ENOUGH
    after = balance_of(allowance, date(2026, 4, 1))
    assert (after.standing, after.left, after.statement.expired) == (OVER, 0, 600)


def test_the_hours_of_a_contract_that_has_ended_stand_still(allowance: Allowance) -> None:
    contract = allowance.contract
    contract.last_day_on = date(2026, 4, 10)
    contract.save(update_fields=["last_day_on"])

    balance = balance_of(allowance, date(2026, 7, 1))

    assert balance.standing == OVER
    assert [month.period.start for month in balance.statement.months] == [
        MARCH,
        date(2026, 4, 1),
    ]


def test_a_block_stands_where_its_days_and_its_follower_put_it() -> None:
    open_firm()
    block = PrepaidBlockFactory.create(last_day_on=date(2026, 3, 31))
    assert balance_of(block, date(2025, 12, 31)).standing == TO_COME
    assert balance_of(block).standing == ENOUGH
    assert balance_of(block, date(2026, 4, 1)).standing == OVER

    drawn(block, 600, MARCH_12)
    assert balance_of(block).standing == USED_UP
    PrepaidBlockFactory.create(client=block.client, follows=block)
    assert balance_of(block).standing == OVER


def test_a_cancelled_block_is_over() -> None:
    open_firm()
    block = PrepaidBlockFactory.create(cancelled_on=MARCH_12)

    balance = balance_of(block)

    assert (balance.standing, balance.left) == (OVER, 0)


def test_what_is_left_is_said_in_the_unit_of_the_block() -> None:
    open_firm()
    money = PrepaidBlockFactory.create(unit=BlockUnit.MONEY, quantity=Decimal("450.50"))
    incidents = PrepaidBlockFactory.create(unit=BlockUnit.INCIDENTS, quantity=5)

    assert (balance_of(money).left_text, balance_of(money).left_as_figure) == (
        "€450.50",
        Decimal("450.50"),
    )
    assert (balance_of(incidents).left_text, balance_of(incidents).left_as_figure) == (
        "5 incidents",
        5,
    )


def test_every_draw_leads_to_its_ticket_and_its_invoice(allowance: Allowance) -> None:
    client = allowance.contract.client
    draft = DraftFactory.create(client=client)
    drawn(allowance, 120, date(2026, 3, 5), invoice=draft)
    drawn(allowance, 30, date(2026, 3, 6))
    open_one = worked(client, 60, MARCH_12)

    draws = drawdown(balance_of(allowance))

    assert [(one.day, one.quantity, one.invoice, one.is_open) for one in draws] == [
        (MARCH_12, 60, None, True),
        (date(2026, 3, 6), 30, None, False),
        (date(2026, 3, 5), 120, draft, False),
    ]
    assert draws[0].ticket == open_one.ticket
    assert draws[0].who == str(open_one.technician)
    assert {one.bucket_on for one in draws} == {MARCH}


def test_all_clients_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    open_firm()
    entity = LegalEntity.objects.current()
    clients = [PrepaidBlockFactory.create().client for _ in range(3)]
    for client in clients:
        worked(client, 60, MARCH_12)
        AllowanceFactory.create(contract__client=client)

    with django_assert_num_queries(_queries(clients[:1], entity)):
        balances_of(clients, entity, MARCH_20)


def _queries(clients: list[Client], entity: LegalEntity) -> int:
    with CaptureQueriesContext(connection) as captured:
        balances_of(clients, entity, MARCH_20)
    return len(captured)
