"""A price that counts from the next period on is worth nothing more before that period."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from clients.tests.factories import AssetFactory
from contracts.domain.versions import period_start_from
from contracts.models import Contract, ContractLine
from contracts.queries import monthly_value, with_value_at_end
from contracts.schedule import schedule
from contracts.tests.factories import ContractLineFactory, LineVersionFactory

pytestmark = pytest.mark.django_db
MARCH_13 = date(2026, 3, 13)


def waiting(line: ContractLine, on: date = MARCH_13, price: str = "30", quantity: int = 10) -> None:
    LineVersionFactory.create(
        line=line, starts_on=on, quantity=quantity, unit_price=Decimal(price), effect="next_period"
    )


def value_on(day: date) -> str:
    """Return the monthly value of the only contract, the same in the list and on its page."""
    (value,) = monthly_value(day)
    contract = Contract.objects.select_related("client").get()
    shown = sum(line.monthly for line in schedule(contract, day))
    assert shown == value.amount
    return str(value.amount)


def test_the_new_price_counts_from_the_first_day_of_the_next_period() -> None:
    waiting(ContractLineFactory.create())

    assert [value_on(day) for day in (MARCH_13, date(2026, 3, 31))] == ["250.00", "250.00"]
    assert value_on(date(2026, 4, 1)) == "300.00"


@pytest.mark.parametrize(
    ("terms", "waits_until"),
    [
        ({"rhythm_months": 3}, date(2026, 4, 1)),
        ({"rhythm_months": 12}, date(2027, 1, 1)),
        ({"anchor": "anniversary", "contract__starts_on": date(2026, 1, 31)}, date(2026, 3, 31)),
        ({"anchor": "anniversary", "anchor_on": date(2026, 1, 13)}, MARCH_13),
    ],
    ids=["quarter", "year", "31st", "that very day"],
)
def test_it_waits_for_the_lines_own_period(terms: dict[str, Any], waits_until: date) -> None:
    line = ContractLineFactory.create(**terms)
    months = line.rhythm_months
    waiting(line)

    before, after = value_on(waits_until - timedelta(days=1)), value_on(waits_until)

    assert Decimal(before) == round(Decimal(250) / months, 2)
    assert Decimal(after) == round(Decimal(300) / months, 2)


def test_seats_that_are_added_at_once_count_at_the_price_of_before() -> None:
    line = ContractLineFactory.create()
    waiting(line)
    LineVersionFactory.create(
        line=line, starts_on=date(2026, 3, 20), quantity=13, unit_price=Decimal(30)
    )

    assert value_on(date(2026, 3, 25)) == "325.00"  # 13 x 25.00
    assert value_on(date(2026, 4, 1)) == "390.00"  # 13 x 30.00


def test_what_is_counted_waits_for_its_price_too() -> None:
    line = ContractLineFactory.create(counts="assets", quantity=0)
    for _ in range(4):
        AssetFactory.create(client=line.contract.client, covered_since_on=date(2025, 1, 1))
    waiting(line, quantity=0)

    assert value_on(date(2026, 3, 25)) == "100.00"  # 4 x 25.00
    assert value_on(date(2026, 4, 1)) == "120.00"


def test_a_contract_that_ends_while_a_price_waits_was_worth_the_price_of_before() -> None:
    line = ContractLineFactory.create(contract__last_day_on=date(2026, 3, 31))
    waiting(line)

    found: Any = with_value_at_end(Contract.objects.all()).get()

    assert found.monthly == 250


@pytest.mark.parametrize("months", [0, 1, 3, 6, 12])
@pytest.mark.parametrize("anchor", [date(2000, 1, 1), date(2024, 2, 29), date(2026, 8, 31)])
def test_the_database_and_the_domain_count_periods_alike(anchor: date, months: int) -> None:
    days = [date(2025, 12, 20) + timedelta(days=n) for n in range(0, 500, 7)]
    days += [date(2026, 2, 28), date(2026, 8, 31), date(2027, 2, 28), date(2028, 2, 29)]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT contracts_period_start_from(day, %s, %s) FROM unnest(%s::date[]) day",
            [anchor, months, days],
        )
        found = [row[0] for row in cursor.fetchall()]

    assert found == [period_start_from(day, anchor, months) for day in days]
