"""What a hostile examiner would try on whole documents, with figures worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from billing.models import Charge, Invoice, RunOutcome
from billing.operations.bill_batch import bill_batch
from billing.operations.start_run import start_run
from billing.queries.flags import flags_of, with_flag_facts
from catalog.models import TaxRate
from clients.models import Client, LegalEntity, PurchaseOrder
from contracts.models import Contract
from contracts.operations.end_line import end_line
from tests.cases.story import NOW, Story, billed, held, sell
from tests.scenarios.billing_days import bill
from tickets.domain.work import PartTaken
from tickets.models import Ticket
from tickets.operations.use_part import use_part

pytestmark = pytest.mark.django_db
MARCH, MARCH_10, APRIL = date(2026, 3, 1), date(2026, 3, 10), date(2026, 4, 1)
MAY = date(2026, 5, 1)


def hand_over(story: Story, ticket: Ticket, price: str, times: int = 1) -> None:
    """Hand over a part at a price, one by one."""
    part = PartTaken(used_on=MARCH_10, description="Screw", unit_price=Decimal(price))
    for _ in range(times):
        use_part(ticket_id=ticket.pk, part=part, actor=story.technician, now=NOW)


@pytest.mark.parametrize(
    ("price", "times", "percent", "figures"),
    [
        ("0.0050", 100, "20.00", ("1.00", "0.20", "1.20")),  # half a cent is a cent, each time
        ("0.0049", 100, "20.00", None),
        ("3.60", 10, "5.50", ("36.00", "1.98", "37.98")),  # by line it would be 2.00
        ("33.33", 3, "19.00", ("99.99", "19.00", "118.99")),  # 18.9981
    ],
)
def test_many_small_lines(
    story: Story, price: str, times: int, percent: str, figures: tuple[str, ...] | None
) -> None:
    TaxRate.objects.update(rate=Decimal(percent))
    hand_over(story, story.open(), price, times)

    bill(APRIL)

    found = [(str(one.net), str(one.tax), str(one.total)) for one in Invoice.objects.all()]
    assert found == ([figures] if figures else [])


def test_yen_have_no_cents_whatever_happens(story: Story, contract: Contract) -> None:
    """1,000 from 17 March: 15/31 are 484; ended on the 20th: 4/31 are 129, 355 come back."""
    LegalEntity.objects.update(currency="JPY")
    Client.objects.update(currency="JPY")
    line = sell(contract, "1000", starts_on=date(2026, 3, 17))
    other = sell(contract, "333", starts_on=APRIL)
    assert [Decimal(one) for one in billed(date(2026, 3, 17))] == [484]
    end_line(line_id=line.pk, last_day_on=date(2026, 3, 20))
    story.sell_block("100", APRIL, unit="money", price=Decimal(100))
    story.work(date(2026, 4, 10), 7, hourly_rate=Decimal(1000))

    # 333 + 100 - 355: net 78, tax 15.6 is 16
    assert [Decimal(one) for one in billed(APRIL)] == [333, -355, 100]
    second = Invoice.objects.latest("pk")
    assert [int(one) for one in (second.net, second.tax, second.total)] == [78, 16, 94]
    end_line(line_id=other.pk, last_day_on=date(2026, 4, 30))
    # 7 min at 1,000 are 117: 100 yen pay for 6 of them, exactly; the other one costs 17
    assert [Decimal(one) for one in billed(MAY)] == [0, 17]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"country": ""}, "country_missing"),
        ({"currency": "USD"}, "currency_differs"),
    ],
)
def test_a_client_that_cannot_be_billed_is_held_whole_and_billed_later(
    story: Story, contract: Contract, change: dict[str, str], reason: str
) -> None:
    sell(contract, "100.00", starts_on=APRIL)
    was = {name: getattr(story.client, name) for name in change}
    Client.objects.update(**change)
    assert billed(APRIL) == []
    assert RunOutcome.objects.get().outcome == "held"
    Client.objects.update(**was)

    assert billed(date(2026, 4, 2)) == ["100.00"]


def test_without_a_rate_of_tax_on_the_day_nothing_is_billed(
    story: Story, contract: Contract
) -> None:
    sell(contract, "100.00", starts_on=APRIL)
    TaxRate.objects.update(last_day_on=date(2026, 4, 29))

    assert billed(APRIL) == []
    assert RunOutcome.objects.get().outcome == "held"
    TaxRate.objects.update(last_day_on=None)
    assert billed(APRIL) == ["100.00"]


def test_one_document_over_a_change_of_tax_has_both_rates(contract: Contract) -> None:
    """March in arrears at 20 %, April in advance at 21 %: 20.00 and 21.00."""
    TaxRate.objects.update(last_day_on=date(2026, 3, 31))
    TaxRate.objects.create(country="FR", tax_code="standard", rate=Decimal(21), starts_on=APRIL)
    sell(contract, "100.00", starts_on=MARCH, timing="arrears")
    sell(contract, "100.00", starts_on=APRIL)

    assert billed(APRIL) == ["100.00", "100.00"]
    invoice = Invoice.objects.get()
    assert [int(one) for one in (invoice.net, invoice.tax)] == [200, 41]


def draft(as_of: date) -> Invoice:
    """Make the drafts of a day without issuing them, and return the one."""
    run = start_run(as_of_on=as_of, is_handed_out=False)
    for batch in run.batches.all():
        bill_batch(batch_id=batch.pk)
    return with_flag_facts(Invoice.objects.drafts()).get()


@pytest.mark.parametrize(("limit", "is_over"), [("600.00", False), ("599.99", True)])
def test_a_limit_that_is_reached_in_the_middle_of_an_invoice_is_flagged(
    story: Story,
    contract: Contract,
    limit: str,
    is_over: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    """Two lines of 300.00 on one order."""
    order = PurchaseOrder.objects.create(
        client=story.client, number="PO-7", limit_amount=Decimal(limit)
    )
    for _ in range(2):
        sell(contract, "300.00", starts_on=APRIL, purchase_order_id=order.pk)

    invoice = draft(APRIL)

    codes = {flag.code for flag in flags_of(invoice)}
    assert ("order_over" in codes) == is_over
    assert invoice.purchase_order == "PO-7"


def test_a_client_with_orders_only_is_billed_what_an_order_pays_and_the_rest_waits(
    story: Story, contract: Contract
) -> None:
    Client.objects.update(requires_purchase_order=True, purchase_order="")
    order = PurchaseOrder.objects.create(client=story.client, number="PO-7")
    sell(contract, "300.00", starts_on=APRIL, purchase_order_id=order.pk)
    sell(contract, "40.00", starts_on=APRIL)
    story.work(MARCH_10, 60)

    assert billed(APRIL) == ["300.00"]
    assert held() == [("order_missing", ""), ("order_missing", "60")]
    Client.objects.update(purchase_order="STANDING")
    assert billed(date(2026, 4, 2)) == ["40.00", "120.00"]


def test_a_credit_alone_does_not_go_out_even_in_several_groups(story: Story) -> None:
    """By contract: K1 owes less than nothing and waits, K2's 80.00 go out."""
    Client.objects.update(invoice_grouping="contract")
    first, second = story.sign(APRIL), story.sign(APRIL, "K2")
    line = sell(first, "300.00")
    sell(second, "80.00")
    assert billed(APRIL) == ["300.00", "80.00"]
    end_line(line_id=line.pk, last_day_on=date(2026, 4, 15))

    assert billed(MAY) == ["80.00"]
    assert held() == [("negative_total", "")]
    assert Charge.objects.filter(kind="adjustment").count() == 0
