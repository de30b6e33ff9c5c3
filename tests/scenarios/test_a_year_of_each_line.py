"""A year or more under each kind of contract line, billed and issued run by run.

What happens in between is told when a firm would hear of it, often after the period is billed.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.models import Charge
from billing.tests.firm import open_firm
from clients.models import Asset, Contact
from contracts.domain.price import Tier
from contracts.models import Contract, ContractLine, ContractPause
from contracts.operations._line_terms import NewLine
from contracts.operations.add_line import add_line
from contracts.operations.change_line import change_line
from contracts.operations.end_contract import end_contract
from contracts.operations.end_line import end_line
from contracts.tests.factories import ContractFactory
from tests.scenarios.billing_days import bill, bill_firsts, nets

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract() -> Contract:
    """A contract from 1 January 2026 on, of a firm that is open."""
    open_firm()
    found: Contract = ContractFactory.create(starts_on=date(2026, 1, 1))
    return found


def sell(contract: Contract, price: str = "0", **terms: Any) -> ContractLine:
    line = {"description": "Care", "quantity": Decimal(1), "unit_price": Decimal(price), **terms}
    return add_line(contract_id=contract.pk, line=NewLine(**line))


def change(line: ContractLine, day: date, price: str, quantity: int = 1) -> None:
    change_line(
        line_id=line.pk, starts_on=day, quantity=Decimal(quantity), unit_price=Decimal(price)
    )


def test_a_flat_price_by_the_month_with_a_set_up_fee_and_a_pause(contract: Contract) -> None:
    care = sell(contract, "450.00")
    sell(contract, "250.00", rhythm_months=0)

    bill_firsts(date(2026, 1, 1), date(2026, 4, 1))
    ContractPause.objects.create(
        contract=contract,
        starts_on=date(2026, 4, 11),
        last_day_on=date(2026, 4, 20),
        reason="The shop is rebuilt",
    )
    bill_firsts(date(2026, 5, 1), date(2026, 6, 1))
    change(care, date(2026, 7, 1), "480.00")
    bill_firsts(date(2026, 7, 1), date(2026, 9, 1))
    end_contract(contract_id=contract.pk, last_day_on=date(2026, 9, 30), reason="Sold")
    bill_firsts(date(2026, 10, 1), date(2026, 12, 1))

    assert nets() == [
        ("2026-01-01", "700.00"),  # 450.00 and once 250.00
        ("2026-02-01", "450.00"),
        ("2026-03-01", "450.00"),
        ("2026-04-01", "450.00"),
        ("2026-05-01", "300.00"),  # 450.00, less 450 x 10/30 for the days of the pause
        ("2026-06-01", "450.00"),
        ("2026-07-01", "480.00"),
        ("2026-08-01", "480.00"),
        ("2026-09-01", "480.00"),
    ]


def test_a_quarter_in_advance_from_the_31st_beside_a_month(contract: Contract) -> None:
    first = date(2026, 1, 31)
    from_the_31st = {"anchor": "anniversary", "anchor_on": first, "starts_on": first}
    backup = sell(contract, "1200.00", rhythm_months=3, **from_the_31st)
    sell(contract, "500.00", starts_on=date(2026, 2, 1))

    bill_firsts(date(2026, 2, 1), date(2026, 9, 1))
    change(backup, date(2026, 9, 15), "1320.00")
    bill_firsts(date(2026, 10, 1), date(2027, 1, 1))
    end_line(line_id=backup.pk, last_day_on=date(2026, 12, 31))
    bill(date(2027, 2, 1))

    assert nets() == [
        ("2026-02-01", "1700.00"),  # 31 Jan to 29 Apr, and February
        ("2026-03-01", "500.00"),
        ("2026-04-01", "500.00"),
        ("2026-05-01", "1700.00"),  # 30 Apr to 30 Jul
        ("2026-06-01", "500.00"),
        ("2026-07-01", "500.00"),
        ("2026-08-01", "1700.00"),  # 31 Jul to 30 Oct
        ("2026-09-01", "500.00"),
        ("2026-10-01", "560.00"),  # 120 x 46/92 from 15 Sep on
        ("2026-11-01", "1820.00"),  # 31 Oct to 30 Jan
        ("2026-12-01", "500.00"),
        ("2027-01-01", "500.00"),
        ("2027-02-01", "69.57"),  # 500.00, less 1320.00 for 92 days and 889.57 for 62 of them
    ]


@pytest.fixture
def licence() -> ContractLine:
    """900.00 a year from 29 February 2024 on, raised by 5 % each year; two from December 2025."""
    open_firm()
    contract = ContractFactory.create(starts_on=date(2024, 2, 29))
    line = sell(contract, "900.00", rhythm_months=12, anchor="anniversary")
    bill(date(2024, 2, 29))
    change(line, date(2025, 2, 28), "945.00")
    bill(date(2025, 2, 28))
    change(line, date(2025, 12, 1), "945.00", 2)
    change(line, date(2026, 2, 28), "992.25", 2)
    for day in (date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 28), date(2028, 2, 29)):
        bill(day)
    return line


def test_a_year_in_advance_from_29_february(licence: ContractLine) -> None:
    days = licence.claims.order_by("charge_id").values_list(
        "charge__starts_on", "charge__last_day_on"
    )

    assert nets() == [
        ("2024-02-29", "900.00"),
        ("2025-02-28", "945.00"),
        ("2026-02-28", "2214.92"),  # 2 x 992.25, and 945 x 89/365 since 1 December
        ("2027-02-28", "1984.50"),
        ("2028-02-29", "1984.50"),
    ]
    assert [f"{first} {last}" for first, last in days] == [
        "2024-02-29 2025-02-27",
        "2025-02-28 2026-02-27",
        "2026-02-28 2027-02-27",
        "2025-02-28 2026-02-27",
        "2027-02-28 2028-02-28",
        "2028-02-29 2029-02-27",
    ]


def look_after(contract: Contract, numbers: Iterable[int], since: date) -> None:
    Asset.objects.bulk_create(
        Asset(client=contract.client, name=f"PC-{number:02d}", covered_since_on=since)
        for number in numbers
    )


def test_devices_counted_by_the_day_in_advance(contract: Contract) -> None:
    sell(contract, "20.00", counts="assets")
    look_after(contract, range(1, 11), date(2025, 6, 1))

    bill_firsts(date(2026, 1, 1), date(2026, 3, 1))
    look_after(contract, (11, 12), date(2026, 3, 16))
    bill_firsts(date(2026, 4, 1), date(2026, 5, 1))
    Asset.objects.filter(name="PC-03").update(covered_until_on=date(2026, 5, 10))
    bill_firsts(date(2026, 6, 1), date(2026, 8, 1))
    look_after(contract, range(13, 18), date(2026, 9, 1))
    bill_firsts(date(2026, 9, 1), date(2026, 10, 1))

    assert nets() == [
        ("2026-01-01", "200.00"),
        ("2026-02-01", "200.00"),
        ("2026-03-01", "200.00"),
        ("2026-04-01", "260.65"),  # 12 x 20.00, and 2 x 20 x 16/31 for March
        ("2026-05-01", "240.00"),
        ("2026-06-01", "206.45"),  # 11 x 20.00, less 20 x 21/31 for May
        ("2026-07-01", "220.00"),
        ("2026-08-01", "220.00"),
        ("2026-09-01", "320.00"),
        ("2026-10-01", "320.00"),
    ]
    credit = Charge.objects.get(kind="adjustment", amount__lt=0)
    days = {unit["name"]: unit["days"] for unit in credit.basis["counted"]}
    assert (len(days), days["PC-03"], days["PC-04"]) == (12, 10, 31)


TIERS = (
    Tier(Decimal(10), Decimal("8.00")),
    Tier(Decimal(25), Decimal("6.50")),
    Tier(None, Decimal("5.00")),
)


def people(contract: Contract, number: int, since: date, until: date | None = None) -> None:
    Contact.objects.bulk_create(
        Contact(
            client=contract.client,
            last_name=f"{since}-{n:02d}",
            covered_since_on=since,
            covered_until_on=until,
        )
        for n in range(number)
    )


def test_users_by_graduated_tiers_and_the_highest_number_in_arrears(contract: Contract) -> None:
    highest: dict[str, Any] = {
        "pricing": "graduated",
        "tiers": TIERS,
        "quantity_rule": "high_water",
    }
    sell(contract, counts="contacts", timing="arrears", **highest)
    people(contract, 9, date(2025, 6, 1))
    people(contract, 3, date(2026, 2, 10), date(2026, 3, 5))
    people(contract, 17, date(2026, 5, 4), date(2026, 5, 4))

    bill_firsts(date(2026, 1, 1), date(2026, 7, 1))
    people(contract, 1, date(2026, 4, 20), date(2026, 4, 22))
    bill(date(2026, 8, 1))
    end_contract(contract_id=contract.pk, last_day_on=date(2026, 8, 15), reason="Moved away")
    bill(date(2026, 9, 1))

    assert nets() == [
        ("2026-02-01", "72.00"),  # January: 9 x 8.00
        ("2026-03-01", "93.00"),  # February: 10 x 8.00 + 2 x 6.50
        ("2026-04-01", "93.00"),  # March had them too, for five days
        ("2026-05-01", "72.00"),
        ("2026-06-01", "182.50"),  # 26 on one day of May: 80.00 + 15 x 6.50 + 1 x 5.00
        ("2026-07-01", "72.00"),
        ("2026-08-01", "80.00"),  # July 72.00, and a tenth one in April, told in July
        ("2026-09-01", "34.84"),  # 15 of 31 days of August: 72 x 15/31
    ]
