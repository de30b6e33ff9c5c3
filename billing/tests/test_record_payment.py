"""Recording money that came in."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from billing.models import Allocation, Invoice, Payment
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import PaymentRefused, Receipt, record_payment
from billing.tests.factories import DraftFactory

pytestmark = pytest.mark.django_db
MAY_4 = date(2026, 5, 4)


@pytest.fixture
def invoice() -> Invoice:
    """509.76 of 31 March, due on 30 April."""
    draft = DraftFactory()
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    return Invoice.objects.get(pk=draft.pk)


def pay(invoice: Invoice, received: str, allocated: str) -> Payment:
    return record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(MAY_4, Decimal(received)),
        allocations={invoice.pk: Decimal(allocated)},
        actor=None,
    )


def balance(invoice: Invoice) -> Decimal:
    found: Any = Invoice.objects.with_balance().get(pk=invoice.pk)
    return Decimal(found.balance)


def test_a_part_payment_leaves_the_rest_open(invoice: Invoice) -> None:
    pay(invoice, "500.00", "500.00")

    assert balance(invoice) == Decimal("9.76")
    assert Invoice.objects.open().get() == invoice
    assert Invoice.objects.overdue(date(2026, 5, 1)).get() == invoice
    assert not Invoice.objects.overdue(date(2026, 4, 30)).exists()


def test_an_invoice_paid_in_full_is_settled(invoice: Invoice, accountant: User) -> None:
    payment = record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(MAY_4, Decimal("509.76"), "cheque", "BNP 1234"),
        allocations={invoice.pk: Decimal("509.76")},
        actor=accountant,
    )

    assert Invoice.objects.settled().get() == invoice
    assert not Invoice.objects.open().exists()
    assert (payment.currency, payment.reference, payment.recorded_by) == (
        "EUR",
        "BNP 1234",
        accountant,
    )


def test_what_is_not_allocated_stays_on_the_account(invoice: Invoice) -> None:
    payment = pay(invoice, "600.00", "509.76")

    allocated = sum(allocation.amount for allocation in payment.allocations.all())
    assert payment.amount - allocated == Decimal("90.24")


@pytest.mark.parametrize(
    ("received", "allocated", "sentence"),
    [
        (
            "600.00",
            "509.77",
            "F-2026-00001 asks for €509.76, less than the €509.77 allocated to it.",
        ),
        ("100.00", "100.01", "€100.01 is allocated, but only €100.00 was received."),
        ("0.00", "0.00", "A payment must be more than nothing."),
    ],
)
def test_what_cannot_be_is_refused(
    invoice: Invoice, received: str, allocated: str, sentence: str
) -> None:
    with pytest.raises(PaymentRefused) as refusal:
        pay(invoice, received, allocated)

    assert str(refusal.value) == sentence
    assert not Payment.objects.exists()
    assert not Allocation.objects.exists()


def test_a_payment_cannot_pay_another_clients_invoice_or_a_draft(invoice: Invoice) -> None:
    draft = DraftFactory(client=invoice.client)
    stranger = DraftFactory()

    for other in (draft, stranger):
        with pytest.raises(PaymentRefused, match="issued invoices of the same client"):
            record_payment(
                client_id=invoice.client_id,
                receipt=Receipt(MAY_4, Decimal(1)),
                allocations={other.pk: Decimal(1)},
                actor=None,
            )
