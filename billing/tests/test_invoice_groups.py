"""Several invoices for one client: by contract, site, cost centre or order."""

from datetime import date
from decimal import Decimal

import pytest

from billing.domain.agreements import Destination
from billing.domain.bill import draw_up
from billing.domain.evidence import Buyer
from billing.domain.terms import Grouping, Hold
from billing.models import HeldItem, Invoice, Outcome, RunOutcome
from billing.operations.discard_draft import discard_draft
from billing.operations.redraft import redraft
from billing.tests.evidence import evidence, part, ticket, worked
from billing.tests.firm import APRIL, bill, open_firm
from clients.models import Client, PurchaseOrder, Site
from clients.tests.factories import ClientFactory
from contracts.tests.factories import ContractLineFactory


def buyer(grouping: Grouping, *, requires_order: bool = False) -> Buyer:
    return Buyer(1, "FR", "EUR", grouping=grouping, requires_order=requires_order)


@pytest.mark.parametrize(
    ("grouping", "here", "there"),
    [
        (Grouping.CONTRACT, Destination(contract_id=1), Destination(contract_id=2)),
        (Grouping.SITE, Destination(site_id=1), Destination(site_id=2)),
        (Grouping.COST_CENTRE, Destination(cost_centre="A"), Destination(cost_centre="B")),
        (
            Grouping.PURCHASE_ORDER,
            Destination(purchase_order_id=1),
            Destination(purchase_order_id=2),
        ),
    ],
)
def test_each_group_has_a_bill_with_its_own_sums(
    grouping: Grouping, here: Destination, there: Destination
) -> None:
    """84.00 and 48.00 here, 10.00 there."""
    done = evidence(
        buyer=buyer(grouping),
        time=[worked(60, ticket=ticket("T1", destination=here))],
        parts=[
            part("1", "48.00", id=1, ticket=ticket("T1", destination=here)),
            part("1", "10.00", id=2, ticket=ticket("T2", destination=there)),
        ],
    )

    bills = draw_up(done, APRIL).bills

    sums = [(one.destination, one.totals.net) for one in bills if one.totals]
    assert sums == [(here, Decimal("132.00")), (there, Decimal("10.00"))]


def test_what_costs_something_and_has_no_order_is_held() -> None:
    ordered = ticket("T1", destination=Destination(purchase_order_id=7))
    done = evidence(
        buyer=buyer(Grouping.CLIENT, requires_order=True),
        time=[worked(60, id=1, ticket=ordered), worked(60, id=2, ticket=ticket("T2"))],
    )

    billing = draw_up(done, APRIL)

    [one] = billing.bills
    assert [charge.source.time_entry_id for charge in one.charges] == [1]
    assert one.order_ids == (7,)
    [held] = billing.held
    assert (held.hold, held.source.time_entry_id) == (Hold.ORDER_MISSING, 2)


def test_work_that_costs_nothing_needs_no_order() -> None:
    done = evidence(
        buyer=buyer(Grouping.CLIENT, requires_order=True), time=[worked(60, is_billable=False)]
    )

    billing = draw_up(done, APRIL)

    assert billing.held == ()
    assert billing.bills[0].totals is None


@pytest.fixture
def two_sites(db: None) -> Client:
    """A client with a line of 100.00 in Lyon and one of 30.00 in Nice, an invoice for each."""
    open_firm()
    client: Client = ClientFactory.create(invoice_grouping="site")
    for name, price in (("Lyon", "100.00"), ("Nice", "30.00")):
        ContractLineFactory.create(
            contract__client=client,
            site=Site.objects.create(client=client, name=name),
            quantity=1,
            unit_price=Decimal(price),
            billed_through_on=date(2026, 3, 31),
        )
    return client


def test_a_run_drafts_an_invoice_for_each_site(two_sites: Client) -> None:
    run = bill()

    drafts = Invoice.objects.order_by("pk").values_list("group_label", "net")
    assert list(drafts) == [("Lyon", Decimal("100.00")), ("Nice", Decimal("30.00"))]
    outcome = RunOutcome.objects.get(run=run)
    assert (outcome.outcome, outcome.invoice_count, outcome.net) == (
        Outcome.DRAFTED,
        2,
        Decimal("130.00"),
    )


def test_refreshing_one_group_leaves_the_other_alone(two_sites: Client) -> None:
    bill()
    lyon, nice = Invoice.objects.order_by("pk")

    fresh = redraft(invoice_id=lyon.pk)

    assert fresh is not None
    assert (fresh.group_label, fresh.net) == ("Lyon", Decimal("100.00"))
    assert set(Invoice.objects.all()) == {fresh, nice}
    assert RunOutcome.objects.get().invoice_count == 2


def test_discarding_one_group_keeps_the_other(two_sites: Client) -> None:
    bill()
    lyon, nice = Invoice.objects.order_by("pk")

    discard_draft(invoice_id=lyon.pk, actor=None)

    assert Invoice.objects.get() == nice
    outcome = RunOutcome.objects.get()
    assert (outcome.invoice_count, outcome.net) == (1, Decimal("30.00"))


def test_a_negative_group_stays_open_and_the_other_is_billed(two_sites: Client) -> None:
    """Nice was billed for April and ends in March: 30.00 to give back, Lyon owes May."""
    bill()
    nice = two_sites.contracts.order_by("pk").last()
    assert nice is not None
    nice.lines.update(last_day_on=date(2026, 3, 31))

    run = bill(date(2026, 5, 1))

    assert Invoice.objects.filter(run=run).get().group_label == "Lyon"
    item = HeldItem.objects.get(run=run)
    assert (item.hold, item.contract_line) == ("negative_total", nice.lines.get())
    assert RunOutcome.objects.get(run=run).held_count == 1


def test_an_order_is_printed_and_what_has_none_waits(two_sites: Client) -> None:
    order = PurchaseOrder.objects.create(client=two_sites, number="PO-7")
    first = two_sites.contracts.order_by("pk").first()
    assert first is not None
    first.lines.update(purchase_order=order)
    Client.objects.update(requires_purchase_order=True)

    run = bill()

    draft = Invoice.objects.get()
    assert (draft.purchase_order, draft.covering_order) == ("PO-7", order)
    assert HeldItem.objects.get(run=run).hold == "order_missing"
