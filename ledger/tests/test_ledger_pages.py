"""The books on the desk and for programs: journal, entry, trial balance, chart of accounts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import ExchangeRate
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.credited import credit, issued_invoice
from billing.tests.firm import open_firm
from ledger.models import Account, AccountRule, Book, Entry
from ledger.operations.open_book import open_book
from ledger.tests.reading import balances, post

pytestmark = pytest.mark.django_db(transaction=True)
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_journal_is_narrowed_by_account_and_day(as_accountant: Browser) -> None:
    credit(issued_invoice(), "100.00")
    post()
    first, second = Entry.objects.order_by("pk")
    tax = Account.objects.get(number="445711")

    def shown(**asked: str | int) -> tuple[bool, bool]:
        page = words(as_accountant.get(reverse("ledger:entries"), asked))
        return str(first) in page, str(second) in page

    assert shown() == (True, True)
    assert shown(since="2026-04-01") == (False, True)
    assert shown(until="2026-04-01") == (True, False)
    assert shown(account=tax.pk) == (True, True)
    assert shown(account=Account.objects.get(number="512000").pk) == (False, False)
    assert shown(journal="BQ") == (False, False)


def test_an_entry_shows_both_sides_and_opens_its_document(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    post()

    page = words(as_accountant.get(Entry.objects.get().get_absolute_url()))

    assert "Entry VE2026-000001" in page
    assert page.count("€509.76") == 3
    assert "€84.96" in page
    assert f'href="{invoice.get_absolute_url()}"' in page


def test_a_document_leads_to_its_entries_and_to_those_of_its_payments(
    as_accountant: Browser,
) -> None:
    invoice = issued_invoice()
    receipt = Receipt(date(2026, 5, 4), Decimal("600.00"))
    shares = {invoice.pk: Decimal("509.76")}
    record_payment(client_id=invoice.client_id, receipt=receipt, allocations=shares, actor=None)
    note = credit(invoice, "100.00")
    place = reverse("ledger:of-document", args=[invoice.pk])
    assert "Not booked yet" in words(as_accountant.get(place))
    post()

    shown, of_note = as_accountant.get(place), reverse("ledger:of-document", args=[note.pk])

    assert "VE2026-000001" in words(shown)
    assert "BQ2026-000001" in words(shown)
    assert "VE2026-000002" in words(as_accountant.get(of_note))
    for document in (invoice, note):
        page = words(as_accountant.get(document.get_absolute_url()))
        assert reverse("ledger:of-document", args=[document.pk]) in page


def test_the_trial_balance_adds_up_to_the_same_on_both_sides(as_accountant: Browser) -> None:
    credit(issued_invoice(), "100.00")
    post()

    answer: Any = as_accountant.get(reverse("ledger:balance"), {"export": "csv"})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert len(rows) == 4
    assert [row for row in rows if "411000" in row and "389.76" in row]
    asked = {"until": "2026-03-31"}
    assert "€509.76" in words(as_accountant.get(reverse("ledger:balance"), asked))


def test_programs_read_the_trial_balance_of_days(as_accountant: Browser) -> None:
    credit(issued_invoice(), "100.00")
    post()

    found = as_accountant.get("/api/v1/trial-balance/?since=2026-04-01").json()

    # 100.00 credited with 20.00 tax; what was invoiced in March lies before.
    assert [(one["number"], one["debit"], one["credit"]) for one in found] == [
        ("411000", "0.00", "120.00"),
        ("445711", "20.00", "0.00"),
        ("706000", "100.00", "0.00"),
    ]
    assert as_accountant.get("/api/v1/trial-balance/?since=soon").status_code == 400


def test_programs_read_entries_with_their_lines(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    post()

    asked = f"/api/v1/ledger-entries/?invoice={invoice.pk}&lines__account__number=411000"
    [entry] = as_accountant.get(asked).json()["results"]

    assert (entry["name"], entry["day"]) == ("VE2026-000001", "2026-03-31")
    assert sorted((line["account"], line["debit"]) for line in entry["lines"]) == [
        ("411000", "509.76"),
        ("445711", "0.00"),
        ("706000", "0.00"),
    ]


def test_what_waits_is_said_with_its_reason_until_the_rate_is_there(
    as_accountant: Browser,
) -> None:
    issued_invoice(currency="USD")
    post()
    reason = "There is no exchange rate of USD for 31 Mar 2026."
    assert reason in words(as_accountant.get(reverse("ledger:entries")))

    form = {"currency": "USD", "valid_from_on": "2026-03-31", "rate": "1.25"}
    as_accountant.post(reverse("billing:exchange-rate-create"), form)
    post()

    assert ExchangeRate.objects.get().rate == Decimal("1.25")
    assert reason not in words(as_accountant.get(reverse("ledger:entries")))


def test_the_books_of_a_company_begin_with_the_usual_accounts(as_accountant: Browser) -> None:
    entity = issued_invoice().legal_entity
    chart = reverse("ledger:chart", args=[entity.pk])
    assert "These books are not open yet" in words(as_accountant.get(chart))

    as_accountant.post(reverse("ledger:begin", args=[entity.pk]))

    page = words(as_accountant.get(reverse("ledger:charts"), follow=True))
    assert "445711" in page
    assert "TVA collectée 20 %" in page
    assert Account.objects.count() == 17


def test_a_rule_of_ones_own_sends_sales_to_another_account(as_accountant: Browser) -> None:
    entity = issued_invoice().legal_entity
    open_book(entity_id=entity.pk)
    as_accountant.post(
        reverse("ledger:account-create", args=[entity.pk]),
        {"number": "706100", "name": "Infogérance"},
    )
    own = Account.objects.get(number="706100")
    form = {"purpose": "services", "account": own.pk, "starts_on": "2026-03-01"}
    as_accountant.post(
        reverse("ledger:rule-create", args=[entity.pk]), {**form, "tax_code": "standard"}
    )

    post()

    assert balances()["706100"] == Decimal("-424.80")


def test_a_rule_is_refused_that_says_nothing_or_exists_already(as_accountant: Browser) -> None:
    entity = issued_invoice().legal_entity
    open_book(entity_id=entity.pk)
    address = reverse("ledger:rule-create", args=[entity.pk])
    bank = Account.objects.get(number="512000")
    form = {"purpose": "receivable", "account": bank.pk, "starts_on": "2026-03-01"}

    answer = as_accountant.post(address, {**form, "method": "cash"})
    again = as_accountant.post(address, {**form, "purpose": "bank", "starts_on": "2000-01-01"})

    assert (answer.status_code, again.status_code) == (422, 422)
    assert "This says nothing about: what clients owe." in words(answer)
    assert "A rule for the same from the same day exists already." in words(again)
    assert AccountRule.objects.count() == 18


def test_programs_are_refused_what_the_pages_refuse(as_accountant: Browser) -> None:
    entity = issued_invoice().legal_entity
    post()
    owed = Account.objects.get(number="411000")
    book = Book.objects.get(legal_entity=entity)

    def change(address: str, **values: object) -> Any:
        return as_accountant.patch(f"/api/v1/{address}/", values, content_type=JSON)

    number = change(f"ledger-accounts/{owed.pk}", number="411100")
    month = change(f"ledger-books/{book.pk}", first_month=4)
    rule = AccountRule.objects.get(purpose="loss")
    method = change(f"account-rules/{rule.pk}", method="cash")

    assert [one.status_code for one in (number, month, method)] == [400, 400, 400]
    assert change(f"ledger-accounts/{owed.pk}", name="Nos clients").status_code == 200
    assert change(f"ledger-books/{book.pk}", defers_revenue=False).status_code == 200


def test_an_account_that_is_used_keeps_its_number_on_the_page(as_accountant: Browser) -> None:
    issued_invoice()
    post()
    owed = Account.objects.get(number="411000")

    as_accountant.post(
        reverse("ledger:account", args=[owed.pk]), {"number": "411999", "name": "Nos clients"}
    )

    owed.refresh_from_db()
    assert (owed.number, owed.name) == ("411000", "Nos clients")


def test_the_fiscal_year_stays_once_entries_are_numbered(as_accountant: Browser) -> None:
    invoice = issued_invoice()
    open_book(entity_id=invoice.legal_entity_id)
    book = Book.objects.get()
    address = reverse("ledger:book", args=[book.pk])
    as_accountant.post(address, {"first_month": "4", "defers_revenue": "on"})
    post()
    as_accountant.post(address, {"first_month": "7"})

    book.refresh_from_db()
    assert (book.first_month, book.defers_revenue) == (4, False)
    assert Entry.objects.get().day == date(2026, 3, 31)
    assert Entry.objects.get().year == 2026
