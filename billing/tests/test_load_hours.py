"""Hours as rating is given them: terms, weights, what was drawn, and which sales are open."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from billing.domain import agreements
from billing.domain.agreements import Destination, Drawn
from billing.domain.terms import BlockUnit, Rollover
from billing.queries.hours import load_hours
from billing.tests.drawn import drawn
from catalog.tests.factories import ProductFactory, WorkTypeFactory
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.models import DrawWeight
from contracts.tests.factories import AllowanceFactory, ContractFactory, PrepaidBlockFactory
from core.periods import Period
from tickets.tests.factories import TicketFactory

pytestmark = pytest.mark.django_db
MARCH_12 = date(2026, 3, 12)


@pytest.fixture
def client() -> Client:
    made: Client = ClientFactory.create()
    return made


def test_an_allowance_is_given_with_all_its_terms(client: Client) -> None:
    remote = WorkTypeFactory.create()
    contract = ContractFactory.create(client=client, starts_on=date(2026, 1, 31))
    first = AllowanceFactory.create(
        contract=contract,
        rolling=True,
        cap_minutes=300,
        age_months=2,
        overage_rate=Decimal("120.0000"),
        prorates_stub=True,
        last_day_on=date(2026, 6, 30),
    )
    first.work_types.add(remote)

    (found,) = load_hours([client.pk]).allowances[contract.pk]

    assert found == agreements.Allowance(
        id=first.pk,
        name="Support hours",
        minutes=600,
        term=Period(date(2026, 1, 31), date(2026, 7, 1)),
        anchor=date(2026, 1, 1),
        work_type_ids=frozenset({remote.pk}),
        overage_rate=Decimal(120),
        rollover=Rollover.OLDEST_FIRST,
        cap_minutes=300,
        age_months=2,
        prorates_stub=True,
    )


@pytest.mark.parametrize(
    ("anchor", "counted_from"),
    [("calendar", date(2026, 3, 1)), ("anniversary", date(2026, 1, 31))],
)
def test_months_are_those_of_the_calendar_or_begin_on_the_contracts_day(
    client: Client, anchor: str, counted_from: date
) -> None:
    contract = ContractFactory.create(client=client, starts_on=date(2026, 1, 31))
    AllowanceFactory.create(contract=contract, starts_on=MARCH_12, anchor=anchor)

    (found,) = load_hours([client.pk]).allowances[contract.pk]

    assert (found.anchor, found.work_type_ids) == (counted_from, frozenset())


def test_the_weights_of_a_contract_count_for_its_blocks_too(client: Client) -> None:
    contract = ContractFactory.create(client=client)
    DrawWeight.objects.create(contract=contract, factor=Decimal("1.50"))
    PrepaidBlockFactory.create(client=client, contract=contract, last_day_on=MARCH_12)
    PrepaidBlockFactory.create(client=client, starts_on=MARCH_12)
    PrepaidBlockFactory.create(client=client, cancelled_on=MARCH_12)

    hours = load_hours([client.pk])

    weight = agreements.DrawWeight(Decimal("1.5"))
    in_contract = hours.in_contract(agreements.Contract(contract.pk, "K1", "Care"))
    of_contract, of_none = hours.blocks[client.pk]
    assert list(in_contract.weights) == [weight]
    assert (of_contract.contract_id, list(of_contract.weights)) == (contract.pk, [weight])
    assert of_contract.valid == Period(date(2026, 1, 1), date(2026, 3, 13))
    assert (of_none.contract_id, list(of_none.weights)) == (None, [])


def test_what_was_drawn_is_added_up_and_what_was_released_is_left_out(client: Client) -> None:
    allowance = AllowanceFactory.create(contract__client=client)
    for minutes in (60, 90):
        drawn(allowance, minutes, MARCH_12)
    released = drawn(allowance, 45, MARCH_12)
    type(released).objects.filter(pk=released.pk).update(released_at="2026-04-01T00:00Z")

    hours = load_hours([client.pk])

    assert hours.drawn[client.pk] == [
        Drawn(MARCH_12, Decimal(150), allowance_id=allowance.pk, bucket_on=date(2026, 3, 1))
    ]


def test_incidents_are_told_apart_by_ticket_and_hours_are_not(client: Client) -> None:
    prepaid = PrepaidBlockFactory.create(client=client)
    incidents = PrepaidBlockFactory.create(client=client, unit=BlockUnit.INCIDENTS, quantity=5)
    tickets = [TicketFactory.create(client=client) for _ in range(2)]
    for ticket in tickets:
        drawn(prepaid, 60, MARCH_12, ticket=ticket)
        drawn(incidents, 60, MARCH_12, ticket=ticket, quantity=Decimal(1))

    found = load_hours([client.pk]).drawn[client.pk]

    assert [(one.block_id, one.quantity, one.ticket_id) for one in sorted(found, key=_order)] == [
        (prepaid.pk, 120, None),
        (incidents.pk, 1, tickets[0].pk),
        (incidents.pk, 1, tickets[1].pk),
    ]


def _order(one: Drawn) -> tuple[int, int]:
    return one.block_id or 0, one.ticket_id or 0


def test_a_sale_is_open_until_a_live_charge_holds_it(client: Client) -> None:
    contract = ContractFactory.create(client=client, cost_centre="IT")
    open_one = PrepaidBlockFactory.create(
        client=client, contract=contract, product=ProductFactory.create(ledger_account="7061")
    )
    PrepaidBlockFactory.create(client=client, billed_elsewhere=True)

    (sale,) = load_hours([client.pk]).blocks_sold[client.pk]

    assert (sale.id, sale.price, sale.quantity) == (open_one.pk, Decimal(950), Decimal(600))
    assert sale.contract is not None
    assert sale.contract.number == contract.number
    assert sale.destination == Destination(contract_id=contract.pk, cost_centre="IT")
    assert sale.ledger_account == "7061"


def test_many_clients_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    clients = [ClientFactory.create() for _ in range(3)]
    for one in clients:
        PrepaidBlockFactory.create(client=one)
        AllowanceFactory.create(contract__client=one)

    with django_assert_num_queries(5) as all_of_them:
        load_hours([one.pk for one in clients])

    assert isinstance(all_of_them, CaptureQueriesContext)
    with django_assert_num_queries(5):
        load_hours([clients[0].pk])
