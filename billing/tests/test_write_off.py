"""Writing off what a client will never pay: on the page, for programs, and what it causes.

The invoice is 424.80 net, 509.76 in all, of 31 March 2026.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Invoice, JournalEntry, WriteOff
from billing.operations.write_off_invoice import Loss, WriteOffRefused, write_off_invoice
from billing.tests.credited import balance_of, credit, issued_invoice
from billing.tests.firm import open_firm

pytestmark = pytest.mark.django_db(transaction=True)
MAY_4 = date(2026, 5, 4)
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def give_up(invoice: Invoice, amount: str = "", reason: str = "Insolvent") -> WriteOff:
    loss = Loss(MAY_4, reason, Decimal(amount) if amount else None)
    return write_off_invoice(invoice_id=invoice.pk, loss=loss, actor=None)


def test_all_that_is_open_is_written_off_and_linked_to_the_chain() -> None:
    invoice = issued_invoice()
    credit(invoice, "100.00")

    loss = give_up(invoice)

    assert loss.amount == Decimal("389.76")
    assert balance_of(invoice) == 0
    assert JournalEntry.objects.get(event="write_off").write_off == loss


def test_more_than_is_open_is_refused_with_what_is_open() -> None:
    invoice = issued_invoice()
    give_up(invoice, "500.00")

    with pytest.raises(WriteOffRefused, match=r"Only €9\.76 is open"):
        give_up(invoice, "9.77")

    assert balance_of(invoice) == Decimal("9.76")


def test_a_credit_note_a_day_too_early_and_no_reason_are_refused() -> None:
    invoice = issued_invoice()
    note = credit(invoice, "100.00")
    early = Loss(date(2026, 3, 30), "Insolvent")

    with pytest.raises(WriteOffRefused, match="Only an issued invoice"):
        give_up(note)
    with pytest.raises(WriteOffRefused, match="says why"):
        give_up(invoice, reason="  ")
    with pytest.raises(WriteOffRefused, match="before its date"):
        write_off_invoice(invoice_id=invoice.pk, loss=early, actor=None)

    assert not WriteOff.objects.exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE billing_writeoff SET amount = 1", "DELETE FROM billing_writeoff"]
)
def test_the_database_refuses_to_change_a_write_off(statement: str) -> None:
    give_up(issued_invoice())

    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_page_writes_off_and_the_invoice_says_so(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    address = reverse("billing:invoice-write-off", args=[invoice.pk])
    assert 'value="509.76"' in words(as_accountant.get(address))
    form = {"amount": "509.76", "written_off_on": "2026-05-04", "reason": "Liquidation"}

    page = words(as_accountant.post(address, form, follow=True))

    assert f"€509.76 of {invoice.number} is written off." in page
    assert "Liquidation" in page
    assert "Nothing is open on this invoice" in words(as_accountant.get(address))
    listed = words(as_accountant.get(reverse("billing:invoices"), {"state": "written_off"}))
    assert invoice.number in listed


def test_the_page_keeps_what_was_typed_when_it_is_refused(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    form = {"amount": "600.00", "written_off_on": "2026-05-04", "reason": "Liquidation"}

    answer = as_accountant.post(reverse("billing:invoice-write-off", args=[invoice.pk]), form)

    assert answer.status_code == 422
    assert f"Only €509.76 is open on {invoice.number}." in words(answer)
    assert 'value="Liquidation"' in words(answer)
    assert balance_of(invoice) == Decimal("509.76")


def test_programs_write_off_and_are_told_why_not(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    asked = {"invoice": invoice.pk, "reason": "Liquidation", "takes_back_tax": True}

    done = as_accountant.post("/api/v1/write-offs/", asked, content_type=JSON)
    again = as_accountant.post("/api/v1/write-offs/", asked, content_type=JSON)

    assert (done.status_code, again.status_code) == (201, 409)
    assert done.json()["amount"] == "509.76"
    assert done.json()["written_off_on"] == "2026-05-20"
    assert again.json()["error"]["message"] == "Nothing is open on this invoice."
    assert as_accountant.get(f"/api/v1/invoices/{invoice.pk}/").json()["written_off"] == "509.76"


def test_what_is_written_off_is_not_credited_as_well(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    give_up(invoice, "500.00")
    asked = {"invoice": invoice.pk, "reason": "Twice", "amount": "100.00"}

    answer = as_accountant.post("/api/v1/credit-notes/", asked, content_type=JSON)

    assert answer.status_code == 409
    assert "at most €9.76 with tax can be credited" in answer.json()["error"]["message"]
