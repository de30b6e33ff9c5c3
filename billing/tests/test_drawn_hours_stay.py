"""Hours that have paid for work are not changed behind the invoice's back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.drawn import drawn
from billing.tests.factories import DraftFactory
from billing.tests.firm import bill, open_firm
from contracts.models import Allowance, PrepaidBlock
from contracts.operations._hours import HoursDrawn, NewAllowance
from contracts.operations.cancel_block import cancel_block
from contracts.operations.change_allowance import change_allowance
from contracts.operations.end_allowance import end_allowance
from contracts.operations.remove_allowance import remove_allowance
from contracts.tests.factories import AllowanceFactory, PrepaidBlockFactory

pytestmark = pytest.mark.django_db(transaction=True)
MARCH, APRIL, MAY = (date(2026, month, 1) for month in (3, 4, 5))
MARCH_12, APRIL_14 = date(2026, 3, 12), date(2026, 4, 14)


@pytest.fixture
def allowance() -> Allowance:
    """Ten hours a month since March, of which four of April are drawn on a draft."""
    made: Allowance = AllowanceFactory.create(starts_on=MARCH)
    draft = DraftFactory.create(client=made.contract.client)
    drawn(made, 240, APRIL_14, invoice=draft)
    return made


def issued() -> str:
    """Issue the draft and return its number."""
    draft = Invoice.objects.drafts().get()
    issue_invoices(invoice_ids=[draft.pk], issued_on=MAY, actor=None)
    draft.refresh_from_db()
    return draft.number


def terms(starts_on: date) -> NewAllowance:
    return NewAllowance(name="Support hours", minutes=720, starts_on=starts_on)


def test_an_allowance_changes_only_from_a_month_from_which_nothing_is_drawn(
    allowance: Allowance,
) -> None:
    with pytest.raises(HoursDrawn, match="draft invoice: discard the draft") as refusal:
        change_allowance(allowance_id=allowance.pk, terms=terms(APRIL))

    assert refusal.value.field == "starts_on"
    assert Allowance.objects.get() == allowance
    new = change_allowance(allowance_id=allowance.pk, terms=terms(MAY))
    allowance.refresh_from_db()
    assert (allowance.last_day_on, new.starts_on) == (date(2026, 4, 30), MAY)


def test_the_refusal_names_the_invoice_once_it_is_issued(allowance: Allowance) -> None:
    number = issued()

    with pytest.raises(HoursDrawn, match=f"on invoice {number}: choose a later month"):
        end_allowance(allowance_id=allowance.pk, last_day_on=date(2026, 3, 31))

    allowance.refresh_from_db()
    assert allowance.last_day_on is None
    assert end_allowance(allowance_id=allowance.pk, last_day_on=date(2026, 4, 30)).last_day_on


def test_hours_that_paid_for_settled_work_stay_too() -> None:
    allowance = AllowanceFactory.create(starts_on=MARCH)
    drawn(allowance, 240, APRIL_14)

    with pytest.raises(HoursDrawn, match="paid for work since then"):
        end_allowance(allowance_id=allowance.pk, last_day_on=date(2026, 3, 31))
    with pytest.raises(HoursDrawn, match="let it end instead"):
        remove_allowance(allowance_id=allowance.pk)

    assert Allowance.objects.get().last_day_on is None


@pytest.mark.parametrize("field", ["minutes", "cap_minutes", "age_months"])
def test_the_database_keeps_the_terms_of_drawn_hours(allowance: Allowance, field: str) -> None:
    with pytest.raises(DatabaseError, match="drawn hours: draft"), transaction.atomic():
        Allowance.objects.update(**{field: 7})

    Allowance.objects.update(name="Support", low_balance_minutes=60)


@pytest.fixture
def block() -> PrepaidBlock:
    """Ten hours from New Year, of which four were drawn on 12 March and settled."""
    made: PrepaidBlock = PrepaidBlockFactory.create()
    drawn(made, 240, MARCH_12)
    return made


def test_a_block_that_has_paid_for_work_is_not_cancelled(block: PrepaidBlock) -> None:
    with pytest.raises(HoursDrawn, match="paid for work since then"):
        cancel_block(block_id=block.pk, cancelled_on=APRIL)

    block.refresh_from_db()
    assert block.cancelled_on is None


def test_a_block_may_last_longer_but_not_end_before_what_was_drawn(block: PrepaidBlock) -> None:
    PrepaidBlock.objects.update(last_day_on=MARCH_12)
    with pytest.raises(DatabaseError, match="drawn hours: settled"), transaction.atomic():
        PrepaidBlock.objects.update(last_day_on=date(2026, 3, 11))
    PrepaidBlock.objects.update(last_day_on=None)

    with pytest.raises(DatabaseError, match="drawn hours: settled"), transaction.atomic():
        PrepaidBlock.objects.update(quantity=Decimal(1200))


def test_a_block_is_cancelled_until_its_sale_is_on_a_document() -> None:
    open_firm()
    block = PrepaidBlockFactory.create()
    bill()

    with pytest.raises(HoursDrawn, match="sale is on a draft invoice"):
        cancel_block(block_id=block.pk, cancelled_on=APRIL)
    number = issued()
    with pytest.raises(HoursDrawn, match=f"sale is on invoice {number}: credit that"):
        cancel_block(block_id=block.pk, cancelled_on=APRIL)

    block.refresh_from_db()
    assert block.cancelled_on is None


def test_a_cancelled_block_is_neither_billed_nor_drawn_from() -> None:
    open_firm()
    block = PrepaidBlockFactory.create()
    cancel_block(block_id=block.pk, cancelled_on=APRIL)

    bill()

    assert not Invoice.objects.exists()


def test_the_sale_of_a_block_is_billed_once() -> None:
    open_firm()
    block = PrepaidBlockFactory.create(sold_on=APRIL)
    bill(date(2026, 3, 31))
    assert not Invoice.objects.exists()

    bill(APRIL)
    bill(MAY)

    # the price of the block and 20 % of VAT on it
    draft = Invoice.objects.get()
    line = draft.charges.get()
    assert (draft.net, draft.tax, draft.total) == (Decimal(950), Decimal(190), Decimal(1140))
    assert (line.kind, line.description) == ("prepaid", "10 hours of support")
    assert line.claims.get().prepaid_block == block
