"""What contracts bring in a month, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from contracts.queries import monthly_value, monthly_value_by_client, next_contract_number
from contracts.tests.factories import ContractFactory, ContractLineFactory, LineVersionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 15)


def test_the_version_in_force_that_day_counts() -> None:
    line = ContractLineFactory(quantity=10, unit_price=Decimal(25))
    LineVersionFactory(line=line, starts_on=date(2026, 3, 15), quantity=12, unit_price="24.90")
    LineVersionFactory(line=line, starts_on=date(2026, 3, 16), quantity=99, unit_price=1)

    assert [value.amount for value in monthly_value(date(2026, 3, 14))] == [Decimal("250.00")]
    assert [value.amount for value in monthly_value(DAY)] == [Decimal("298.80")]  # 12 x 24.90


def test_lines_and_contracts_count_from_first_to_last_day() -> None:
    ContractLineFactory(last_day_on=date(2026, 3, 14))
    ContractLineFactory(contract__last_day_on=date(2026, 3, 14))
    ContractLineFactory(contract__starts_on=date(2026, 3, 16))
    ends_today = ContractLineFactory(last_day_on=DAY)

    assert [value.contract_id for value in monthly_value(DAY)] == [ends_today.contract_id]


def test_lines_add_up_by_contract_and_by_client() -> None:
    contract = ContractFactory()
    ContractLineFactory(contract=contract)  # 250.00
    ContractLineFactory(contract=contract, quantity=1, unit_price="49.90")
    other = ContractFactory(client=contract.client)
    ContractLineFactory(contract=other, quantity="1.5", unit_price="10.33")  # 15.495 -> 15.50

    amounts = {value.contract_id: value.amount for value in monthly_value(DAY)}

    assert amounts == {contract.pk: Decimal("299.90"), other.pk: Decimal("15.50")}
    assert monthly_value_by_client(DAY) == {contract.client_id: Decimal("315.40")}


def test_the_value_of_all_contracts_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ContractLineFactory.create_batch(5)

    with django_assert_num_queries(1):
        assert len(monthly_value(DAY)) == 5


def test_the_next_number_follows_the_highest() -> None:
    assert next_contract_number() == "K0001"

    ContractFactory(number="K019")
    ContractFactory(number="Framework 2026/77")

    assert next_contract_number() == "K020"
