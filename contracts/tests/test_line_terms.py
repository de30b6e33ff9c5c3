"""Terms of lines, versions and coverage by day: what changes, what stays, what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from catalog.models import Category
from catalog.tests.factories import WorkTypeFactory
from clients.models import PurchaseOrder
from clients.tests.factories import SiteFactory
from contracts.domain.price import Tier
from contracts.models import Contract, ContractLine
from contracts.operations._coverage import CoverageNotAcceptable
from contracts.operations._line_terms import LineNotAcceptable, NewLine
from contracts.operations._plans import CoverageTerm
from contracts.operations.add_line import add_line
from contracts.operations.change_coverage import change_coverage
from contracts.operations.change_line import change_line
from contracts.operations.change_line_terms import change_line_terms
from contracts.operations.end_coverage import end_coverage
from contracts.operations.set_coverage import set_coverage
from contracts.operations.withdraw_line import withdraw_line
from contracts.tests.factories import ContractFactory, ContractLineFactory, LineVersionFactory

pytestmark = pytest.mark.django_db(transaction=True)
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
CARE = NewLine(description="Care", quantity=Decimal(12), unit_price=Decimal("24.90"))


def rules_of(contract: Contract) -> list[tuple[str, date | None, date | None]]:
    rows = contract.coverage.order_by("pk").values_list("effect", "starts_on", "last_day_on")
    return list(rows)


def test_a_line_keeps_every_term_that_was_agreed() -> None:
    contract = ContractFactory()
    site = SiteFactory(client=contract.client)
    order = PurchaseOrder.objects.create(client=contract.client, number="PO-1")
    tiers = (Tier(Decimal(5), Decimal(30)), Tier(None, Decimal(28)))

    line = add_line(
        contract_id=contract.pk,
        line=replace(
            CARE, rhythm_months=3, anchor="anniversary", timing="arrears", stub_rule="joined",
            proration="thirty_days", pricing="graduated", tiers=tiers, quantity_rule="high_water",
            counts="assets", count_kind="server", count_group="prod", count_site_id=site.pk,
            site_id=site.pk, cost_centre="IT", purchase_order_id=order.pk, is_indexed=False,
        ),
    )  # fmt: skip

    line.refresh_from_db()
    assert (line.rhythm_months, line.anchor, line.stub_rule) == (3, "anniversary", "joined")
    assert (line.count_site, line.site, line.purchase_order) == (site, site, order)
    assert line.versions.get().tiers[1] == {"up_to": None, "unit_price": "28"}
    assert (line.is_indexed, line.quantity_rule) == (False, "high_water")


def test_sites_and_orders_of_other_clients_are_refused() -> None:
    contract = ContractFactory()
    foreign = SiteFactory()
    order = PurchaseOrder.objects.create(client=foreign.client, number="PO-1")

    for wrong, sentence in (
        (replace(CARE, site_id=foreign.pk), "This site is not"),
        (replace(CARE, count_site_id=foreign.pk), "This site is not"),
        (replace(CARE, purchase_order_id=order.pk), "This purchase order is not"),
    ):
        with pytest.raises(LineNotAcceptable, match=sentence):
            add_line(contract_id=contract.pk, line=wrong)

    assert not ContractLine.objects.exists()


def test_what_a_change_does_not_name_stays_as_it_was() -> None:
    line = ContractLineFactory(pricing="package", quantity=None)
    LineVersionFactory(line=line, quantity=23, unit_price=500, included_quantity=20)

    version = change_line(
        line_id=line.pk, starts_on=APRIL, unit_price=Decimal(520), effect="next_period",
        reason="indexed",
    )  # fmt: skip

    assert (version.quantity, version.unit_price, version.included_quantity) == (23, 520, 20)
    assert (version.effect, version.reason) == ("next_period", "indexed")


def test_terms_of_an_unbilled_line_change_with_its_price() -> None:
    line = ContractLineFactory()

    change_line_terms(line_id=line.pk, line=replace(CARE, rhythm_months=12))

    line.refresh_from_db()
    assert (line.rhythm_months, line.description) == (12, "Care")
    assert line.versions.get().unit_price == Decimal("24.90")


def test_pricing_stays_once_prices_have_changed() -> None:
    line = ContractLineFactory()
    LineVersionFactory(line=line, starts_on=APRIL)

    with pytest.raises(LineNotAcceptable, match="changes over time"):
        change_line_terms(line_id=line.pk, line=replace(CARE, pricing="package"))

    line.refresh_from_db()
    assert line.pricing == "per_unit"


def test_a_line_to_come_is_taken_back_but_not_one_that_runs() -> None:
    line = ContractLineFactory(starts_on=APRIL)

    with pytest.raises(LineNotAcceptable, match="has begun"):
        withdraw_line(line_id=line.pk, today=APRIL)
    withdraw_line(line_id=line.pk, today=MARCH)

    assert not ContractLine.objects.exists()


def test_coverage_changes_from_a_day_on_and_keeps_the_days_before() -> None:
    contract = ContractFactory()
    remote = WorkTypeFactory()
    change_coverage(contract_id=contract.pk, term=CoverageTerm(work_type_id=remote.pk))
    at_rate = CoverageTerm(work_type_id=remote.pk, effect="at_rate", hourly_rate=Decimal(60))
    change_coverage(contract_id=contract.pk, term=at_rate, starts_on=MAY)
    excluded = CoverageTerm(work_type_id=remote.pk, effect="excluded")

    change_coverage(contract_id=contract.pk, term=excluded, starts_on=APRIL)

    assert rules_of(contract) == [
        ("included", None, date(2026, 3, 31)),
        ("at_rate", MAY, None),
        ("excluded", APRIL, date(2026, 4, 30)),
    ]


def test_rules_with_other_conditions_stand_side_by_side() -> None:
    contract = ContractFactory()
    site = SiteFactory(client=contract.client)
    category = Category.objects.create(name="Mail")

    change_coverage(contract_id=contract.pk, term=CoverageTerm())
    change_coverage(contract_id=contract.pk, term=CoverageTerm(category_id=category.pk))
    change_coverage(contract_id=contract.pk, term=CoverageTerm(asset_group="prod"))
    change_coverage(contract_id=contract.pk, term=CoverageTerm(), site_id=site.pk)

    assert contract.coverage.count() == 4


@pytest.mark.parametrize(
    ("term", "day", "sentence"),
    [
        (CoverageTerm(effect="at_rate"), None, "what an hour costs"),
        (CoverageTerm(), date(2027, 1, 1), "ends on 31 Dec 2026"),
    ],
)
def test_coverage_that_makes_no_sense_is_refused(
    term: CoverageTerm, day: date | None, sentence: str
) -> None:
    contract = ContractFactory(last_day_on=date(2026, 12, 31))

    with pytest.raises(CoverageNotAcceptable, match=sentence):
        change_coverage(contract_id=contract.pk, term=term, starts_on=day)

    assert not contract.coverage.exists()


def test_ending_a_rule_keeps_its_past_and_deletes_one_that_has_none() -> None:
    contract = ContractFactory()
    old = change_coverage(contract_id=contract.pk, term=CoverageTerm())
    new = change_coverage(
        contract_id=contract.pk, term=CoverageTerm(asset_group="x"), starts_on=APRIL
    )

    end_coverage(rule_id=old.pk, from_on=APRIL)
    end_coverage(rule_id=new.pk, from_on=APRIL)

    assert rules_of(contract) == [("included", None, date(2026, 3, 31))]


def test_the_quick_way_leaves_rules_with_conditions_alone() -> None:
    contract = ContractFactory()
    remote, on_site = WorkTypeFactory(), WorkTypeFactory(code="onsite2", name="On site")
    set_coverage(contract_id=contract.pk, work_type_ids=[remote.pk])
    excluded = CoverageTerm(asset_group="old", effect="excluded")
    change_coverage(contract_id=contract.pk, term=excluded)

    set_coverage(contract_id=contract.pk, work_type_ids=[on_site.pk], starts_on=APRIL)

    assert rules_of(contract) == [
        ("included", None, date(2026, 3, 31)),
        ("excluded", None, None),
        ("included", APRIL, None),
    ]
