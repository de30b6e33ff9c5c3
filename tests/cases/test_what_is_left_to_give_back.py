"""What comes back by itself after a person has given something back, and prices that move."""

from datetime import date
from decimal import Decimal

import pytest

from billing.domain.credits import Asked
from billing.models import Charge, Invoice
from billing.operations.credit_invoice import credit_invoice
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.models import Contract
from contracts.operations.end_contract import end_contract
from contracts.operations.transfer_contract import transfer_contract
from tests.cases.story import Story, billed, change, sell
from tickets.models import TimeCorrection

pytestmark = pytest.mark.django_db
APRIL, MAY, JULY = date(2026, 4, 1), date(2026, 5, 1), date(2026, 7, 1)


def credit(invoice: Invoice, amount: str | None = None) -> None:
    """Credit an invoice, all that is left or an amount without tax."""
    asked = Asked() if amount is None else Asked(amount=Decimal(amount))
    assert invoice.issued_on is not None
    credit_invoice(
        invoice_id=invoice.pk, asked=asked, reason="Outage", issued_on=invoice.issued_on, actor=None
    )


@pytest.mark.parametrize(
    ("credited", "comes_back"),
    [("200.00", ["-540.66"]), ("1000.00", ["-200.00"]), (None, [])],
)
def test_an_early_end_gives_back_no_more_than_credit_notes_have_left(
    story: Story, contract: Contract, credited: str | None, comes_back: list[str]
) -> None:
    """1,200.00 for a quarter; 41 of 91 days are not served, but only what is left comes back."""
    sell(contract, "1200.00", starts_on=APRIL, rhythm_months=3)
    billed(APRIL)
    credit(Invoice.objects.get(), credited)
    end_contract(contract_id=contract.pk, last_day_on=date(2026, 5, 20), reason="-")
    sell(story.sign(APRIL, "K2"), "1000.00", starts_on=date(2026, 6, 1))

    assert billed(date(2026, 6, 1))[1:] == comes_back
    assert billed(date(2026, 6, 2)) == []


def test_a_price_that_waits_goes_on_waiting_at_the_client_a_contract_is_moved_to(
    story: Story, contract: Contract
) -> None:
    """500.00, 2,000.00 from the next period on: at the other client 500 x 16/31 of October."""
    october = date(2026, 10, 1)
    line = sell(contract, "500.00", starts_on=october)
    change(line, date(2026, 10, 10), "2000.00", effect="next_period")
    other: Client = ClientFactory.create()
    transfer_contract(
        contract_id=contract.pk, client_id=other.pk, first_day=date(2026, 10, 16), number="K9"
    )

    billed(date(2026, 11, 1))

    lines = Charge.objects.order_by("client_id", "starts_on").values_list("client", "amount")
    assert [(key == other.pk, str(amount)) for key, amount in lines] == [
        (False, "241.94"),  # 500 x 15/31
        (True, "258.06"),  # 500 x 16/31
        (True, "2000.00"),
    ]


def test_a_credit_note_gives_back_no_more_than_an_early_end_has_left(
    story: Story, contract: Contract
) -> None:
    """1,200.00 of which 540.66 came back: 659.34 are left, and not a cent more."""
    sell(contract, "1200.00", starts_on=APRIL, rhythm_months=3)
    billed(APRIL)
    quarter = Invoice.objects.get()
    end_contract(contract_id=contract.pk, last_day_on=date(2026, 5, 20), reason="-")
    sell(story.sign(APRIL, "K2"), "1000.00", starts_on=date(2026, 6, 1))
    billed(date(2026, 6, 1))

    credit(quarter)

    assert [str(note.net) for note in quarter.credit_notes.all()] == ["659.34"]


@pytest.mark.parametrize(
    ("credited", "comes_back"), [("20.00", "-84.00"), ("50.00", "-70.00"), (None, "0.00")]
)
def test_minutes_taken_back_cost_no_more_than_credit_notes_have_left(
    story: Story, credited: str | None, comes_back: str
) -> None:
    """An hour at 120.00, of which 42 min, 84.00, are taken back."""
    entry = story.work(date(2026, 3, 10), 60)
    billed(APRIL)
    credit(Invoice.objects.get(), credited)
    TimeCorrection.objects.create(
        time_entry=entry, minutes=42, reason="-", found_on=date(2026, 4, 15)
    )
    story.work(date(2026, 4, 20), 60)

    assert billed(MAY) == [comes_back, "120.00"]
    assert billed(JULY) == []


def test_a_credit_note_gives_back_no_more_than_minutes_taken_back_have_left(story: Story) -> None:
    """An hour at 120.00, of which 42 min were taken back: 36.00 are left."""
    entry = story.work(date(2026, 3, 10), 60)
    billed(APRIL)
    march = Invoice.objects.get()
    TimeCorrection.objects.create(
        time_entry=entry, minutes=42, reason="-", found_on=date(2026, 4, 15)
    )
    story.work(date(2026, 4, 20), 60)
    billed(MAY)

    credit(march)

    assert [str(note.net) for note in march.credit_notes.all()] == ["36.00"]
