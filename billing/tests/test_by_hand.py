"""Invoices and lines by hand, worked out by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.tests.factories import UserFactory
from billing.by_hand import Written
from billing.models import Charge, HandLine, Invoice, TaxLine
from billing.operations.add_hand_lines import NotADraft, add_hand_lines
from billing.operations.change_hand_line import change_hand_line
from billing.operations.discard_draft import discard_draft
from billing.operations.draft_by_hand import HandLineRefused, draft_by_hand
from billing.operations.redraft import redraft
from billing.operations.remove_hand_line import remove_hand_line
from billing.tests.cancelled import cancel, faults, issue
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from catalog.models import ProductKind, TaxCode
from catalog.tests.factories import ProductFactory, TaxRateFactory
from clients.models import Client, PurchaseOrder
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db

VISIT = Written(Decimal(3), APRIL, description="Visit of the site", unit_price=Decimal("33.3350"))


def written(client: Client, *lines: Written, **fields: Any) -> Invoice:
    """Draft an invoice by hand that Anna agreed to."""
    fields = {"reason": "Anna, by phone", "as_of_on": APRIL, "actor": None, **fields}
    return draft_by_hand(client_id=client.pk, lines=lines or [VISIT], **fields)


def sums(invoice: Invoice) -> tuple[str, str, str]:
    """Return net, tax and total as they are stored."""
    invoice.refresh_from_db()
    return str(invoice.net), str(invoice.tax), str(invoice.total)


def test_lines_by_hand_become_a_draft_taxed_per_rate() -> None:
    # 3 x 33.335 = 100.005, so 100.01; book 2 x 10.00 = 20.00 at 5.5 %; taxes 20.00 and 1.10.
    open_firm()
    TaxRateFactory.create(tax_code=TaxCode.REDUCED, rate=Decimal("5.50"))
    book = Written(
        Decimal(2), APRIL, description="Book", unit_price=Decimal(10), tax_code="reduced"
    )

    draft = written(ClientFactory.create(), VISIT, book)

    assert sums(draft) == ("120.01", "21.10", "141.11")
    rates = TaxLine.objects.values_list("rate", "base", "tax")
    assert {tuple(map(str, row)) for row in rates} == {
        ("20.00", "100.01", "20.00"),
        ("5.50", "20.00", "1.10"),
    }


def test_a_product_says_what_is_not_typed() -> None:
    open_firm()
    switch = ProductFactory.create(
        name="Switch", kind=ProductKind.PART, price=Decimal("89.9000"), ledger_account="707100"
    )

    written(ClientFactory.create(), Written(Decimal(2), APRIL, product=switch))

    charge = Charge.objects.get()
    assert (charge.description, charge.kind, charge.amount, charge.ledger_account) == (
        "Switch",
        "hand_goods",
        Decimal("179.80"),
        "707100",
    )


def test_each_line_rests_on_who_wrote_it_and_why() -> None:
    open_firm()
    accountant = UserFactory.create()

    issue(written(ClientFactory.create(), actor=accountant))

    line = HandLine.objects.get()
    assert line.claims.get().charge.invoice is not None
    assert (line.reason, line.entered_by) == ("Anna, by phone", accountant)
    assert faults() == {}


def test_a_client_abroad_owes_no_tax_on_it() -> None:
    open_firm()

    draft = written(ClientFactory.create(country="DE", vat_number="DE136695976"))

    assert sums(draft) == ("100.01", "0.00", "100.01")
    assert draft.tax_situation == "reverse_charge"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (Written(Decimal(1), APRIL, unit_price=Decimal(1)), "Choose a product or write what"),
        (Written(Decimal(1), APRIL, description="Visit"), "Choose a product or type the price"),
        (
            Written(Decimal(1), APRIL, description="Visit", unit_price=Decimal(-1)),
            "A price cannot be negative",
        ),
        (Written(Decimal(0), APRIL, description="Visit", unit_price=Decimal(1)), "charges nothing"),
        (
            Written(
                Decimal(1),
                APRIL,
                description="Visit",
                unit_price=Decimal(1),
                last_day_on=date(2026, 3, 31),
            ),
            "The last day lies before the first",
        ),
        (
            Written(Decimal(99999999), APRIL, description="Visit", unit_price=Decimal(99999999)),
            "more than an invoice can hold",
        ),
        (
            Written(Decimal(-1), APRIL, description="Back", unit_price=Decimal(1)),
            "cannot come to less than nothing",
        ),
    ],
)
def test_a_faulty_line_is_refused_and_nothing_is_written(line: Written, sentence: str) -> None:
    open_firm()

    with pytest.raises(HandLineRefused, match=sentence):
        written(ClientFactory.create(), line)

    assert (HandLine.objects.count(), Invoice.objects.count()) == (0, 0)


def test_lines_without_a_reason_are_refused() -> None:
    open_firm()

    with pytest.raises(HandLineRefused, match="Say why it is charged"):
        written(ClientFactory.create(), reason="  ")

    assert HandLine.objects.count() == 0


def test_a_client_that_pays_only_with_an_order_needs_one() -> None:
    open_firm()
    client = ClientFactory.create(requires_purchase_order=True)
    order = PurchaseOrder.objects.create(client=client, number="4500012")

    with pytest.raises(HandLineRefused, match="pays only with a purchase order"):
        written(client)
    draft = written(client, purchase_order_id=order.pk)

    assert (draft.purchase_order, draft.covering_order) == ("4500012", order)


def test_the_order_of_another_client_is_refused() -> None:
    open_firm()
    order = PurchaseOrder.objects.create(client=ClientFactory.create(), number="4500012")

    with pytest.raises(HandLineRefused, match="no open purchase order"):
        written(ClientFactory.create(), purchase_order_id=order.pk)

    assert HandLine.objects.count() == 0


def test_lines_added_to_the_draft_of_a_run_are_summed_with_it_and_counted_by_the_run() -> None:
    # 364.99 + 100.01 = 465.00; tax 93.00.
    open_firm()
    busy_client()
    run = bill()

    add_hand_lines(invoice_id=Invoice.objects.get().pk, lines=[VISIT], reason="Anna", actor=None)

    draft = Invoice.objects.get()
    assert sums(draft) == ("465.00", "93.00", "558.00")
    assert run.outcomes.get().total == Decimal("558.00")
    assert [c.position for c in draft.charges.order_by("position")] == [1, 2, 3, 4]


def test_refreshing_the_draft_of_a_run_keeps_its_lines_by_hand() -> None:
    open_firm()
    busy_client()
    bill()
    old = Invoice.objects.get()
    add_hand_lines(invoice_id=old.pk, lines=[VISIT], reason="Anna", actor=None)

    fresh = redraft(invoice_id=old.pk)

    assert fresh is not None
    assert sums(fresh) == ("465.00", "93.00", "558.00")
    assert HandLine.objects.on_draft(fresh).count() == 1


def test_refreshing_an_invoice_by_hand_draws_in_no_work() -> None:
    open_firm()
    client = busy_client()

    fresh = redraft(invoice_id=written(client).pk)

    assert fresh is not None
    assert sums(fresh) == ("100.01", "20.00", "120.01")


def test_a_run_leaves_a_draft_by_hand_alone() -> None:
    open_firm()
    client = busy_client()
    draft = written(client)

    bill()

    assert sums(draft) == ("100.01", "20.00", "120.01")
    assert str(Invoice.objects.exclude(pk=draft.pk).get().net) == "364.99"


def test_a_line_is_changed_in_its_place() -> None:
    open_firm()
    draft = written(ClientFactory.create(), VISIT, VISIT)
    first = HandLine.objects.earliest("pk")

    change_hand_line(
        hand_line_id=first.pk,
        line=Written(Decimal(1), APRIL, description="Short visit", unit_price=Decimal(50)),
    )

    assert sums(draft) == ("150.01", "30.00", "180.01")
    lines = draft.charges.order_by("position").values_list("position", "description")
    assert list(lines) == [(1, "Short visit"), (2, "Visit of the site")]


def test_a_removed_line_is_gone() -> None:
    open_firm()
    draft = written(ClientFactory.create(), VISIT, VISIT)

    remove_hand_line(hand_line_id=HandLine.objects.latest("pk").pk)

    assert sums(draft) == ("100.01", "20.00", "120.01")
    assert HandLine.objects.count() == 1


def test_what_was_written_on_a_discarded_draft_goes_with_it() -> None:
    open_firm()
    draft = written(ClientFactory.create())

    discard_draft(invoice_id=draft.pk, actor=None)

    assert HandLine.objects.count() == 0


def test_a_line_on_an_issued_invoice_never_changes() -> None:
    open_firm()
    issue(written(ClientFactory.create()))
    line = HandLine.objects.get()

    with pytest.raises(NotADraft):
        change_hand_line(hand_line_id=line.pk, line=VISIT)
    with pytest.raises(NotADraft):
        remove_hand_line(hand_line_id=line.pk)
    with pytest.raises(IntegrityError, match="cannot change"), transaction.atomic():
        HandLine.objects.update(quantity=7)

    line.refresh_from_db()
    assert line.quantity == 3


def test_a_cancelled_line_by_hand_is_billed_again_exactly_once() -> None:
    open_firm()
    invoice = issue(written(ClientFactory.create()))

    [draft] = cancel(invoice, again=True).drafts
    bill()

    assert sums(draft) == ("100.01", "20.00", "120.01")
    assert draft.replaces == invoice
    assert Invoice.objects.drafts().get() == draft
    assert faults() == {}


def test_a_line_that_was_cancelled_only_is_billed_by_the_next_run() -> None:
    open_firm()
    cancel(issue(written(ClientFactory.create())), again=False)

    bill()

    assert sums(Invoice.objects.drafts().get()) == ("100.01", "20.00", "120.01")


def test_a_line_claimed_by_two_documents_is_named_by_check_books() -> None:
    open_firm()
    written(ClientFactory.create())
    line = HandLine.objects.get()
    charge = Charge.objects.get()

    with pytest.raises(IntegrityError, match="billing_claim_hand_once"), transaction.atomic():
        charge.claims.create(hand_line=line)

    assert faults() == {}
