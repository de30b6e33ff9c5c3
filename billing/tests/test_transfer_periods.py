"""A period in which a contract goes on elsewhere is paid by both, each its days, as it was agreed.

Ten seats at 25.00 a month; the contract goes on at the sister company on 16 October.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.models import Charge
from billing.tests.firm import bill, open_firm
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.models import ContractLine
from contracts.operations.transfer_contract import transfer_contract
from contracts.tests.factories import ContractLineFactory, LineVersionFactory

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
TO_SEPTEMBER = date(2026, 9, 30)


def goes_on(line: ContractLine) -> Client:
    open_firm()
    sister: Client = ClientFactory.create(name="Sister SAS")
    transfer_contract(
        contract_id=line.contract_id,
        client_id=sister.pk,
        first_day=date(2026, 10, 16),
        number="K9000",
    )
    bill(NOVEMBER)
    return sister


def billed_to(client: Client) -> list[tuple[str, str]]:
    rows = Charge.objects.filter(client=client).order_by("starts_on")
    return [(str(row.starts_on), str(row.amount)) for row in rows]


@pytest.mark.parametrize("rule", ["next_period", "snapshot"])
@pytest.mark.parametrize("later", [None, date(2026, 10, 20)])
def test_seats_that_do_not_count_in_the_period_do_not_count_there_either(
    rule: str, later: date | None
) -> None:
    """Three more on 10 October: 250 x 15 / 31 here, 250 x 16 / 31 there, 13 x 25 for November."""
    line = ContractLineFactory.create(quantity_rule=rule, billed_through_on=TO_SEPTEMBER)
    LineVersionFactory.create(line=line, starts_on=date(2026, 10, 10), quantity=Decimal(13))
    if later:
        LineVersionFactory.create(line=line, starts_on=later, quantity=Decimal(14))

    sister = goes_on(line)

    assert billed_to(line.contract.client) == [("2026-10-01", "120.97")]
    november = "350.00" if later else "325.00"
    assert billed_to(sister) == [("2026-10-16", "129.03"), ("2026-11-01", november)]


def test_seats_wait_beside_a_price_that_waits_too() -> None:
    """Three more on 5 October wait by the line's rule, 30.00 from 10 October by its own."""
    line = ContractLineFactory.create(quantity_rule="next_period", billed_through_on=TO_SEPTEMBER)
    changes: list[dict[str, Any]] = [
        {"starts_on": date(2026, 10, 5)},
        {"starts_on": date(2026, 10, 10), "unit_price": Decimal(30), "effect": "next_period"},
    ]
    for change in changes:
        LineVersionFactory.create(line=line, quantity=Decimal(13), **change)

    sister = goes_on(line)

    assert billed_to(sister) == [("2026-10-16", "129.03"), ("2026-11-01", "390.00")]


def test_first_days_that_cost_nothing_cost_nothing_there() -> None:
    line = ContractLineFactory.create(contract__starts_on=date(2026, 10, 10), stub_rule="free")

    sister = goes_on(line)

    assert billed_to(line.contract.client) == [("2026-10-10", "0.00")]
    assert billed_to(sister) == [("2026-10-16", "0.00"), ("2026-11-01", "250.00")]
