"""Contract lines as the engine is given them, read from the database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from billing.domain.agreements import (
    BilledPeriod,
    Counted,
    Destination,
    LineTerm,
    LineVersion,
    Rhythm,
    Tier,
)
from billing.domain.terms import (
    ChangeEffect,
    Pricing,
    Proration,
    QuantityRule,
    StubRule,
    Timing,
)
from billing.models import Claim, Invoice
from billing.queries.contract_lines import lines_of
from billing.queries.settled import Billed, billed_unless_settled
from billing.tests.firm import bill, open_firm
from clients.models import Asset, Client, Contact, PurchaseOrder, Site
from clients.tests.factories import ClientFactory
from contracts.models import ContractLine, ContractPause
from contracts.tests.factories import ContractFactory, ContractLineFactory, LineVersionFactory
from core.periods import FOREVER, Period, month_of

pytestmark = pytest.mark.django_db
MAR = date(2026, 3, 1)


def only_line(row: ContractLine) -> LineTerm:
    client_id = row.contract.client_id
    [line] = lines_of([client_id])[client_id]
    return line


def made(**fields: Any) -> ContractLine:
    line: ContractLine = ContractLineFactory.create(**fields)
    return line


def test_a_line_brings_its_rhythm_and_its_rules() -> None:
    row = made(
        contract__starts_on=date(2024, 2, 29),
        rhythm_months=12,
        anchor="anniversary",
        timing="arrears",
        stub_rule="joined",
        proration="thirty_days",
        pricing="graduated",
        quantity_rule="high_water",
    )

    line = only_line(row)

    assert line.rhythm == Rhythm(
        12, date(2024, 2, 29), Timing.ARREARS, StubRule.JOINED, Proration.THIRTY_DAYS
    )
    assert (line.pricing, line.quantity_rule) == (Pricing.GRADUATED, QuantityRule.HIGH_WATER)
    assert line.counted is None


def test_a_version_brings_all_that_prices_may_need() -> None:
    row = made(quantity=4, unit_price=Decimal(9))
    LineVersionFactory.create(
        line=row,
        starts_on=MAR,
        quantity=5,
        unit_price=8,
        effect="next_period",
        included_quantity=2,
        overage_price=Decimal("1.5"),
        tiers=[{"up_to": "10", "unit_price": "30.00"}, {"up_to": None, "unit_price": "25"}],
    )

    first, second = only_line(row).versions

    assert first == LineVersion(date(2025, 1, 1), Decimal(4), Decimal(9))
    assert (second.starts_on, second.quantity, second.unit_price) == (MAR, 5, 8)
    assert second.effect == ChangeEffect.NEXT_PERIOD
    assert (second.included_quantity, second.overage_price) == (2, Decimal("1.5"))
    assert second.tiers == (Tier(Decimal(10), Decimal("30.00")), Tier(None, Decimal(25)))


def test_periods_by_the_calendar_count_from_january_whenever_the_line_starts() -> None:
    by_calendar = made(starts_on=date(2026, 5, 17), anchor_on=date(2026, 5, 17))
    own_day = made(anchor="anniversary", anchor_on=date(2026, 5, 31))

    assert only_line(by_calendar).rhythm.anchor == date(2000, 1, 1)
    assert only_line(own_day).rhythm.anchor == date(2026, 5, 31)


def test_pauses_of_the_contract_are_the_lines() -> None:
    row = made()
    first, last = date(2026, 4, 11), date(2026, 4, 20)
    ContractPause.objects.create(
        contract=row.contract, starts_on=first, last_day_on=last, reason="Rebuilding"
    )
    ContractPause.objects.create(contract=row.contract, starts_on=date(2026, 9, 1), reason="Strike")

    assert only_line(row).pauses == [
        Period(first, date(2026, 4, 21)),
        Period(date(2026, 9, 1), FOREVER),
    ]


@pytest.mark.parametrize(
    ("months", "through", "owed", "stub"),
    [
        (1, None, Period(date(2026, 3, 10), FOREVER), StubRule.FULL),
        (1, date(2026, 3, 9), Period(date(2026, 3, 10), FOREVER), StubRule.FULL),
        (1, date(2026, 3, 15), Period(date(2026, 3, 16), FOREVER), StubRule.PRORATED),
        (0, date(2026, 3, 15), Period(date(2026, 3, 10), date(2026, 3, 10)), StubRule.PRORATED),
    ],
)
def test_what_another_system_has_billed_is_not_owed_nor_are_its_first_days(
    months: int, through: date | None, owed: Period, stub: StubRule
) -> None:
    row = made(
        starts_on=date(2026, 3, 10),
        rhythm_months=months,
        billed_through_on=through,
        stub_rule="full",
    )

    line = only_line(row)

    assert (line.owed, line.rhythm.stub) == (owed, stub)


def laptop(client: Client, name: str, since: date | None, **fields: Any) -> Asset:
    return Asset.objects.create(
        client=client, name=name, covered_since_on=since, kind="laptop", **fields
    )


def test_devices_count_on_the_days_they_are_looked_after_where_they_match() -> None:
    """13 laptops of the office for all of June, one more from the 16th: 13 x 20 + 20 x 15/30."""
    open_firm()
    row = made(
        contract__starts_on=date(2026, 6, 1),
        counts="assets",
        count_kind="laptop",
        count_group="office",
        unit_price=Decimal(20),
    )
    client = row.contract.client
    for n in range(13):
        laptop(client, f"PC-{n:02d}", date(2026, 1, 1), group="office")
    late = laptop(client, "PC-99", date(2026, 6, 16), group="office")
    laptop(client, "PC-of-the-shop", date(2026, 1, 1), group="shop")
    laptop(client, "PC-not-looked-after", None, group="office")
    laptop(ClientFactory.create(), "PC-of-others", date(2026, 1, 1), group="office")
    laptop(client, "PC-never", date(2026, 6, 9), group="office", covered_until_on=date(2026, 6, 8))

    bill(date(2026, 6, 1))

    charge = client.charges.get()
    assert charge.amount == Decimal("270.00")
    assert len(charge.basis["counted"]) == 14
    assert charge.basis["counted"][-1] == {"id": late.pk, "name": "PC-99", "days": 15}


def test_an_invoice_names_what_was_counted(as_accountant: Browser) -> None:
    open_firm()
    row = made(contract__starts_on=date(2026, 6, 1), counts="assets")
    laptop(row.contract.client, "PC-01", date(2026, 1, 1))
    laptop(row.contract.client, "PC-02", date(2026, 6, 30))
    bill(date(2026, 6, 1))

    page = as_accountant.get(Invoice.objects.get().get_absolute_url()).content.decode()

    assert "Counted: PC-01, PC-02 (1 day)" in page
    assert "1 – 30 Jun 2026" in page


def test_people_count_by_role_and_site_and_sites_by_themselves() -> None:
    client = ClientFactory.create()
    shop, office = (Site.objects.create(client=client, name=name) for name in ("Shop", "Office"))
    Site.objects.filter(pk=shop.pk).update(covered_since_on=MAR, covered_until_on=date(2026, 3, 9))
    contract = ContractFactory.create(client=client)
    made(contract=contract, counts="contacts", count_role="nurse", count_site=shop)
    made(contract=contract, counts="sites")
    people = [
        Contact(client=client, last_name=name, role=role, site=site, covered_since_on=MAR)
        for name, role, site in (
            ("A", "nurse", shop),
            ("B", "doctor", shop),
            ("C", "nurse", office),
        )
    ]
    nurse = Contact.objects.bulk_create(people)[0]

    nurses, sites = lines_of([client.pk])[client.pk]

    assert nurses.counted == [Counted(nurse.pk, "A", Period(MAR, FOREVER))]
    assert sites.counted == [Counted(shop.pk, "Shop", Period(MAR, date(2026, 3, 10)))]


def test_a_line_is_invoiced_where_it_says_else_where_its_contract_says() -> None:
    client = ClientFactory.create()
    shop = Site.objects.create(client=client, name="Shop", cost_centre="4711")
    office = Site.objects.create(client=client, name="Office")
    order = PurchaseOrder.objects.create(client=client, number="PO-1")
    contract = ContractFactory.create(client=client, site=shop, purchase_order=order)
    as_contract = made(contract=contract)
    own = made(contract=contract, site=office, cost_centre="0815")

    lines = lines_of([client.pk])[client.pk]

    assert [line.id for line in lines] == [as_contract.pk, own.pk]
    assert [line.destination for line in lines] == [
        Destination(contract.pk, shop.pk, "4711", order.pk),
        Destination(contract.pk, office.pk, "0815", order.pk),
    ]


def billed_of(client_id: int) -> Billed:
    return billed_unless_settled(lines_of([client_id]), [client_id], "EUR")[0]


def test_what_live_charges_carry_is_added_up_by_period_with_its_days() -> None:
    open_firm()
    row = made(starts_on=MAR)
    bill(MAR)
    LineVersionFactory.create(line=row, starts_on=date(2026, 3, 20), quantity=13, unit_price=25)
    bill(date(2026, 3, 20))

    billed = billed_of(row.contract.client_id)

    # 250.00, and 3 x 25.00 x 12/31 = 29.03
    assert billed == {row.pk: {MAR: BilledPeriod(Decimal("279.03"), 1, month_of(MAR))}}
    Claim.objects.filter(revision=1).update(released_at="2026-03-21T10:00:00Z")
    assert billed_of(row.contract.client_id)[row.pk][MAR].amount == Decimal("250.00")


def test_however_many_lines_the_queries_are_as_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    contracts = ContractFactory.create_batch(3)
    for contract in contracts:
        ContractLineFactory.create_batch(2, contract=contract, counts="assets")
        made(contract=contract)

    with django_assert_num_queries(4):  # lines, versions, pauses, devices
        lines_of([contract.client_id for contract in contracts])
