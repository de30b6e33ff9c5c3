"""The tax report of days, on each basis: 424.80 net and 84.96 tax of 31 March 2026 at 20 %."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Charge, ExchangeRate, Invoice, Payment
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.operations.write_off_invoice import Loss, write_off_invoice
from billing.tests.credited import MARCH_31, credit, issued_invoice
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from clients.models import LegalEntity
from ledger.domain.vat import Basis
from ledger.queries.vat import unused_money, vat_report
from ledger.queries.vat_sources import Span
from ledger.tests.reading import balances, post

pytestmark = pytest.mark.django_db
MARCH = Span(date(2026, 3, 1), MARCH_31)
APRIL = Span(date(2026, 4, 1), date(2026, 4, 30))
MAY = Span(date(2026, 5, 1), date(2026, 5, 31))
MAY_4, MAY_12 = date(2026, 5, 4), date(2026, 5, 12)
DUE, INVOICED, RECEIVED = Basis.DUE, Basis.INVOICED, Basis.RECEIVED
Rows = list[tuple[str, str, str]]


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=True):
        open_firm()
        yield


def pay(invoice: Invoice, amount: str, share: str = "") -> Payment:
    shares = {invoice.pk: Decimal(share or amount)}
    receipt = Receipt(MAY_4, Decimal(amount))
    return record_payment(
        client_id=invoice.client_id, receipt=receipt, allocations=shares, actor=None
    )


def report(span: Span, basis: Basis) -> Rows:
    found = vat_report(LegalEntity.objects.current(), span, basis)
    return [(one.sort.key, str(one.base), str(one.tax)) for one in found.rows]


def at_20(base: str, tax: str, kind: str = "services") -> Rows:
    return [(f"domestic-20.00-{kind}", base, tax)]


@pytest.mark.parametrize("is_posted", [True, False])
def test_each_basis_counts_on_its_own_days(is_posted: bool) -> None:  # noqa: FBT001  (a parameter)
    invoice = issued_invoice()
    credit(invoice, "100.00")
    pay(invoice, "389.76")
    if is_posted:
        post()

    assert report(MARCH, INVOICED) == at_20("424.80", "84.96")
    assert report(APRIL, INVOICED) == at_20("-100.00", "-20.00")
    assert (report(MARCH, RECEIVED), report(APRIL, RECEIVED)) == ([], [])
    assert report(MAY, RECEIVED) == at_20("324.80", "64.96")
    assert (report(MARCH, DUE), report(MAY, DUE)) == ([], at_20("324.80", "64.96"))


@pytest.mark.parametrize("is_posted", [True, False])
def test_a_bounced_payment_counts_no_more_from_the_day_it_went_back(is_posted: bool) -> None:  # noqa: FBT001  (a parameter)
    """200.00 of 509.76: 84.96 x 200 / 509.76 = 33.333 of tax."""
    payment = pay(issued_invoice(), "200.00")
    reverse_payment(payment_id=payment.pk, withdrawal=Withdrawal(MAY_12), actor=None)
    if is_posted:
        post()

    before, after = Span(MAY.since, date(2026, 5, 11)), Span(MAY_12, MAY.until)
    assert report(before, RECEIVED) == at_20("166.67", "33.33")
    assert report(after, RECEIVED) == at_20("-166.67", "-33.33")


def test_a_write_off_takes_tax_back_only_where_it_says_so() -> None:
    """150.00 of the 389.76 that a credit left is paid, 239.76 given up: 39.96 of the 64.96."""
    invoice = issued_invoice()
    credit(invoice, "100.00")
    pay(invoice, "150.00")
    loss = Loss(MAY_12, "Insolvent", takes_back_tax=True)
    write_off_invoice(invoice_id=invoice.pk, loss=loss, actor=None)
    post()

    assert report(MAY, INVOICED) == at_20("-199.80", "-39.96")
    assert report(MAY, RECEIVED) == at_20("125.00", "25.00")
    assert balances()["445711"] == Decimal("-25.00")


def test_goods_are_due_when_invoiced_and_services_when_paid() -> None:
    """298.80 of services with 59.76, 126.00 of goods with 25.20."""
    draft = DraftFactory.create()
    Charge.objects.filter(invoice=draft, position=2).update(kind="hand_goods")
    issue_invoices(invoice_ids=[draft.pk], issued_on=MARCH_31, actor=None)
    pay(Invoice.objects.get(pk=draft.pk), "509.76")

    assert report(MARCH, DUE) == at_20("126.00", "25.20", "goods")
    assert report(MAY, DUE) == at_20("298.80", "59.76")
    LegalEntity.objects.update(pays_vat_on_invoicing=True)
    assert sorted(report(MARCH, DUE)) == sorted(report(MARCH, INVOICED))
    assert report(MAY, DUE) == []


def test_another_currency_counts_at_the_rate_of_its_invoice_or_is_named() -> None:
    """At 1.25: 407.81 in all, 67.97 of tax; 200 of 509.76 are 160.00, 26.67 of it tax."""
    invoice = issued_invoice(currency="USD")
    lacking = vat_report(LegalEntity.objects.current(), MARCH, INVOICED)
    assert [(one.currency, one.day) for one in lacking.lacking] == [("USD", MARCH_31)]
    ExchangeRate.objects.create(currency="USD", valid_from_on=MARCH_31, rate=Decimal("1.25"))
    pay(invoice, "200.00")

    assert report(MARCH, INVOICED) == at_20("339.84", "67.97")
    assert report(MAY, RECEIVED) == at_20("133.33", "26.67")
    pay(invoice, "309.76")
    assert report(MAY, RECEIVED) == at_20("339.84", "67.97")


def test_money_that_pays_nothing_yet_is_told_apart() -> None:
    invoice = issued_invoice()
    pay(invoice, "700.00", "509.76")

    assert unused_money(invoice.legal_entity, MAY) == {"EUR": Decimal("190.24")}
    assert report(MAY, RECEIVED) == at_20("424.80", "84.96")


def test_a_row_opens_its_payments_and_comes_as_a_file(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    payment = pay(invoice, "200.00")
    asked = {"since": "2026-05-01", "until": "2026-05-31", "basis": "received"}

    page = as_accountant.get(reverse("ledger:vat"), asked).content.decode()
    file: Any = as_accountant.get(reverse("ledger:vat"), {**asked, "export": "csv"})
    documents = reverse("ledger:vat-documents")
    behind = as_accountant.get(documents, {**asked, "row": "domestic-20.00-services"})

    assert "€33.33" in page
    assert page.count('aria-current="page" >Received') == 1
    assert f"{documents}?since=2026-05-01" in page
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[1] == "Domestic,20%,services,166.67,33.33,200.00"
    assert invoice.number in behind.content.decode()
    assert f'href="{payment.get_absolute_url()}"' in behind.content.decode()
    # Searching the documents keeps the days that they are about.
    assert '<input type="hidden" name="since" value="2026-05-01">' in behind.content.decode()
    assert as_accountant.get(reverse("ledger:vat"), {"since": "soon"}).status_code == 422


def test_programs_read_the_report_and_what_stands_behind_it(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    payment = pay(invoice, "200.00")
    days: dict[str, str | int] = {"since": "2026-05-01", "until": "2026-05-31"}
    days["legal_entity"] = invoice.legal_entity_id

    told = as_accountant.get("/api/v1/vat-report/", days).json()
    behind = as_accountant.get("/api/v1/vat-report/documents/", days).json()["results"]

    [row] = told["rows"]
    assert (row["situation"], row["rate"], row["base"], row["tax"]) == (
        "domestic", "20.00", "166.67", "33.33",
    )  # fmt: skip
    [one] = behind
    assert (one["number"], one["payment"], one["tax"]) == (invoice.number, payment.pk, "33.33")
    days["until"] = "2026-04-01"
    assert as_accountant.get("/api/v1/vat-report/", days).status_code == 400
