"""Payments, credit and refunds in the browser and for programs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Allocation, Invoice, Payment, Refund
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm

pytestmark = pytest.mark.django_db(transaction=True)
MAY_4 = date(2026, 5, 4)
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def invoice() -> Invoice:
    """509.76 of 31 March."""
    draft = DraftFactory()
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    return Invoice.objects.get(pk=draft.pk)


def receive(invoice: Invoice, amount: str, share: str = "", reference: str = "VIR 7") -> Payment:
    return record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(MAY_4, Decimal(amount), reference=reference),
        allocations={invoice.pk: Decimal(share)} if share else {},
        actor=None,
    )


def balance(invoice: Invoice) -> Decimal:
    found: Any = Invoice.objects.with_balance().get(pk=invoice.pk)
    return Decimal(found.balance)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_payment_is_reversed_on_its_page(as_accountant: Browser, invoice: Invoice) -> None:
    payment = receive(invoice, "509.76", "509.76")
    form = {"reason": "bounced", "reversed_on": "2026-05-09", "note": "AC04"}

    answer = as_accountant.post(
        reverse("billing:payment-reverse", args=[payment.pk]), form, follow=True
    )

    assert "This payment does not count since 9 May 2026: the bank took it back." in words(answer)
    assert "AC04" in words(answer)
    assert balance(invoice) == Decimal("509.76")


def test_a_reversal_before_the_payment_is_refused_in_words(
    as_accountant: Browser, invoice: Invoice
) -> None:
    payment = receive(invoice, "509.76", "509.76")
    form = {"reason": "bounced", "reversed_on": "2026-05-03"}

    answer = as_accountant.post(reverse("billing:payment-reverse", args=[payment.pk]), form)

    assert answer.status_code == 422
    assert "A payment cannot be reversed before the day it came." in words(answer)
    assert balance(invoice) == Decimal("0.00")


def test_an_allocation_is_released_and_the_credit_used_with_one_click_each(
    as_accountant: Browser, invoice: Invoice
) -> None:
    payment = receive(invoice, "509.76", "509.76")
    use = payment.allocations.get()

    as_accountant.post(reverse("billing:allocation-release", args=[use.pk]))
    page = words(as_accountant.get(reverse("billing:invoice", args=[invoice.pk])))
    assert "Use credit of €509.76" in page

    answer = as_accountant.post(reverse("billing:invoice-credit", args=[invoice.pk]), follow=True)
    assert "€509.76 was paid with credit." in words(answer)
    assert balance(invoice) == Decimal("0.00")


def test_the_account_uses_credit_for_the_oldest_invoice_and_pays_the_rest_back(
    as_accountant: Browser, invoice: Invoice
) -> None:
    receive(invoice, "600.00")
    client = invoice.client_id

    as_accountant.post(reverse("billing:account-allocate", args=[client]), {})
    form = {"amount": "90.24", "paid_on": "2026-05-20", "method": "transfer", "currency": "EUR"}
    answer = as_accountant.post(reverse("billing:account-refund", args=[client]), form, follow=True)

    assert "The refund was recorded." in words(answer)
    assert balance(invoice) == Decimal("0.00")
    assert Refund.objects.get().amount == Decimal("90.24")
    again = as_accountant.post(reverse("billing:account-refund", args=[client]), form)
    assert again.status_code == 422
    assert "there is only €0.00 of credit" in words(again)


def test_a_refund_is_reversed_on_the_account(as_accountant: Browser, invoice: Invoice) -> None:
    receive(invoice, "600.00")
    client = invoice.client_id
    form = {"amount": "50.00", "paid_on": "2026-05-20", "method": "transfer", "currency": "EUR"}
    as_accountant.post(reverse("billing:account-refund", args=[client]), form)
    undo = {"reason": "mistake", "reversed_on": "2026-05-20", "note": ""}

    answer = as_accountant.post(
        reverse("billing:refund-reverse", args=[Refund.objects.get().pk]), undo, follow=True
    )

    assert "its money is credit again" in words(answer)
    assert "€600.00" in words(answer)


def test_the_same_payment_is_recorded_again_once_a_person_says_so(
    as_accountant: Browser, invoice: Invoice
) -> None:
    receive(invoice, "100.00")
    form = {
        "client": invoice.client_id,
        "amount": "100.00",
        "received_on": "2026-05-04",
        "method": "transfer",
        "reference": "VIR 7",
    }

    warned = as_accountant.post(reverse("billing:payment-create"), form)
    assert warned.status_code == 422
    assert "It came twice: record it all the same" in words(warned)

    as_accountant.post(reverse("billing:payment-create"), {**form, "accepts_repeat": "on"})
    assert Payment.objects.count() == 2


def test_programs_use_release_reverse_and_pay_back(
    as_accountant: Browser, invoice: Invoice
) -> None:
    payment = receive(invoice, "600.00")
    shares = {"allocations": [{"invoice": invoice.pk, "amount": "500.00"}]}

    def post(path: str, values: object) -> Any:
        answer = as_accountant.post(f"/api/v1/{path}/", values, content_type=JSON)
        assert answer.status_code in {200, 201}, answer.content
        return answer.json()

    assert post(f"payments/{payment.pk}/allocate", shares)["rest"] == "100.00"
    entry = post(f"allocations/{payment.allocations.get().pk}/release", {})
    assert entry["amount"] == "-500.00"
    back = {"client": invoice.client_id, "paid_on": "2026-05-20", "amount": "600.00"}
    refund = post("refunds", {**back, "method": "transfer"})
    why = {"reason": "mistake", "reversed_on": "2026-05-20"}
    assert post(f"refunds/{refund['id']}/reverse", why)["reversal"]["reason"] == "mistake"
    assert post(f"payments/{payment.pk}/reverse", why)["rest"] == "0.00"


def test_a_client_sees_its_payments_and_its_credit(
    as_client_contact: Browser, client_contact: Any, invoice: Invoice
) -> None:
    own = DraftFactory(client=client_contact.contact.client)
    issue_invoices(invoice_ids=[own.pk], issued_on=date(2026, 3, 31), actor=None)
    receive(Invoice.objects.get(pk=own.pk), "600.00", "509.76", "OURS")
    receive(invoice, "777.00", reference="THEIRS")

    page = words(as_client_contact.get(reverse("portal:payments")))

    assert "You have a credit of €90.24 with us." in page
    assert "OURS" in page
    assert "THEIRS" not in page
    assert Allocation.objects.count() == 1
