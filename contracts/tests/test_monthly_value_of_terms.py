"""What contracts bring in a month whatever their rhythm, pricing and counting."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clients.tests.factories import AssetFactory, ClientFactory, ContactFactory, SiteFactory
from contracts.models import ContractPause
from contracts.queries import lines_in_force, monthly_value, worth_on
from contracts.schedule import schedule
from contracts.tests.factories import ContractFactory, ContractLineFactory, LineVersionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 15)
SINCE = date(2026, 1, 1)
TIERS = [{"up_to": "2", "unit_price": "30"}, {"up_to": None, "unit_price": "28"}]


def line_of(version: dict[str, Any], **terms: Any) -> Any:
    line = ContractLineFactory(quantity=None, **terms)
    LineVersionFactory(line=line, **version)
    return line


def value_today() -> list[Decimal]:
    return [value.amount for value in monthly_value(DAY)]


@pytest.mark.parametrize(
    ("months", "expected"), [(1, "1200.00"), (3, "400.00"), (6, "200.00"), (12, "100.00")]
)
def test_a_price_counts_by_month_of_its_rhythm(months: int, expected: str) -> None:
    line_of({"quantity": 1, "unit_price": 1200}, rhythm_months=months)

    assert value_today() == [Decimal(expected)]


def test_what_is_billed_once_is_worth_nothing_a_month() -> None:
    line_of({"quantity": 1, "unit_price": 490}, rhythm_months=0)

    assert value_today() == []


def test_package_and_tiers_are_priced_by_their_quantity() -> None:
    contract = ContractFactory()
    package = {"quantity": 23, "unit_price": 500, "included_quantity": 20, "overage_price": 20}
    line_of(package, contract=contract, pricing="package")  # 560
    tiers = {"quantity": 3, "tiers": TIERS}
    line_of(tiers, contract=contract, pricing="volume")  # 3 x 28 = 84
    line_of(tiers, contract=contract, pricing="graduated")  # 2 x 30 + 28 = 88

    assert value_today() == [Decimal("732.00")]


def test_counted_lines_count_what_is_covered_that_day_by_their_conditions() -> None:
    client = ClientFactory()
    site = SiteFactory(client=client, covered_since_on=SINCE)
    for kind, since, until in (
        ("server", SINCE, None),
        ("server", SINCE, DAY),
        ("server", SINCE, date(2026, 3, 14)),
        ("server", date(2026, 3, 16), None),
        ("server", None, None),
        ("laptop", SINCE, None),
    ):
        AssetFactory(
            client=client, site=site, kind=kind, covered_since_on=since, covered_until_on=until
        )
    AssetFactory(kind="server", covered_since_on=SINCE)
    contract = ContractFactory(client=client)
    line = line_of({"unit_price": 10}, contract=contract, counts="assets", count_kind="server")

    (row,) = schedule(contract, DAY)

    assert value_today() == [Decimal("20.00")]  # two servers
    assert row.monthly == Decimal("20.00")
    assert (line.count_site_id, len(row.counted or ())) == (None, 2)


def test_people_and_sites_count_by_role_and_place() -> None:
    client = ClientFactory()
    here, there = SiteFactory.create_batch(2, client=client, covered_since_on=SINCE)
    ContactFactory(client=client, role="doctor", site=here, covered_since_on=SINCE)
    ContactFactory(client=client, role="doctor", site=there, covered_since_on=SINCE)
    ContactFactory(client=client, role="nurse", site=here, covered_since_on=SINCE)
    contract = ContractFactory(client=client)
    doctors = {"counts": "contacts", "count_role": "doctor", "count_site": here}
    line_of({"unit_price": 45}, contract=contract, **doctors)  # one
    line_of({"unit_price": 100}, contract=contract, counts="sites")  # two

    assert value_today() == [Decimal("245.00")]
    assert sum(row.monthly for row in schedule(contract, DAY)) == Decimal(245)


def test_a_contract_that_rests_is_worth_nothing_meanwhile() -> None:
    line = ContractLineFactory()
    ContractPause.objects.create(
        contract=line.contract, starts_on=date(2026, 3, 10), last_day_on=DAY, reason="works"
    )

    assert value_today() == []
    assert [one.amount for one in monthly_value(date(2026, 3, 16))] == [Decimal("250.00")]


def test_lines_are_worth_together_what_they_are_worth_one_by_one() -> None:
    line_of({"quantity": 2, "unit_price": 30}, rhythm_months=3)
    line_of({"quantity": 5, "unit_price": 0, "tiers": TIERS}, pricing="graduated")
    line_of({"quantity": 1, "unit_price": 0})
    changed = line_of({"quantity": 1, "unit_price": 10})
    LineVersionFactory(line=changed, starts_on=DAY, quantity=1, unit_price=12)
    LineVersionFactory(line=changed, starts_on=date(2026, 3, 16), quantity=1, unit_price=99)

    # 2 x 30 / 3 months = 20; 2 x 30 + 3 x 28 = 144; nothing; 1 x 12.
    assert worth_on(lines_in_force(DAY), DAY) == Decimal(176)
