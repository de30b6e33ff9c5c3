"""The journal as QuickBooks, Xero and Sage read it, read back with a program of its own.

The invoice is 424.80 net, 84.96 tax, 509.76 in all, of 31 March 2026; 100.00 net are credited.
"""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Export, Invoice, JournalEntry
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.credited import credit, issued_invoice
from billing.tests.firm import open_firm
from ledger.domain.layouts import Program, files_of, misfits
from ledger.models import Account
from ledger.operations.open_book import open_book

pytestmark = pytest.mark.django_db
JSON = "application/json"
SPAN = {"since": "2026-03-01", "until": "2026-05-31"}


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 6, 2, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def invoice() -> Invoice:
    """An invoice, a credit note of 120.00 and a payment of 600.00, of which 389.76 are owed."""
    found = issued_invoice(client__name="=Kœnig & Żak")
    credit(found, "100.00")
    receipt = Receipt(date(2026, 5, 4), Decimal("600.00"), reference="VIR 7")
    shares = {found.pk: Decimal("389.76")}
    record_payment(client_id=found.client_id, receipt=receipt, allocations=shares, actor=None)
    return found


def taken(browser: Browser, invoice: Invoice, program: str, **asked: str) -> Any:
    wanted = {"company": invoice.legal_entity_id, "program": program, **SPAN, **asked}
    return browser.post(reverse("ledger:journal-export"), wanted)


def read(answer: Any, encoding: str = "utf-8") -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode(encoding)
    return list(csv.DictReader(StringIO(text, newline="")))


def test_quickbooks_gets_debits_and_credits_by_the_names_of_accounts(
    as_accountant: Browser, invoice: Invoice
) -> None:
    rows = read(taken(as_accountant, invoice, "quickbooks"))

    assert rows[0] == {
        "Journal No.": "VE2026-000001",
        "Journal Date": "03/31/2026",
        "Account Name": "Clients",
        "Debits": "509.76",
        "Credits": "",
        "Description": f"Facture {invoice.number} =Kœnig & Żak ({invoice.number})",
        "Name": "'=Kœnig & Żak",
    }
    sums: dict[str, Decimal] = {}
    for row in rows:
        amount = Decimal(row["Debits"] or 0) - Decimal(row["Credits"] or 0)
        sums[row["Journal No."]] = sums.get(row["Journal No."], Decimal(0)) + amount
    assert sums == dict.fromkeys(["VE2026-000001", "VE2026-000002", "BQ2026-000001"], Decimal(0))


def test_xero_gets_one_signed_amount_and_the_name_of_its_rate(
    as_accountant: Browser, invoice: Invoice
) -> None:
    rows = read(taken(as_accountant, invoice, "xero", tax_name="No VAT"))

    assert [(row["*AccountCode"], row["*Amount"]) for row in rows[:3]] == [
        ("411000", "509.76"),
        ("445711", "-84.96"),
        ("706000", "-424.80"),
    ]
    assert (rows[0]["*Date"], rows[0]["*TaxRate"]) == ("31/03/2026", "No VAT")
    assert len({(row["*Narration"], row["*Date"]) for row in rows}) == 3
    assert sum(Decimal(row["*Amount"]) for row in rows) == 0


def test_sage_gets_journal_debits_and_credits_in_the_letters_of_windows(
    as_accountant: Browser, invoice: Invoice
) -> None:
    rows = read(taken(as_accountant, invoice, "sage"), "cp1252")

    kinds = [(row["Type"], row["Nominal A/C Ref"], row["Net Amount"]) for row in rows[:3]]
    assert kinds == [
        ("JD", "411000", "509.76"), ("JC", "445711", "84.96"), ("JC", "706000", "424.80"),
    ]  # fmt: skip
    assert rows[0]["Date"] == "31/03/2026"
    assert rows[0]["Details"].startswith(f"Facture {invoice.number} =Kœnig & Zak")
    assert {(row["Tax Code"], row["Tax Amount"]) for row in rows} == {("T9", "0.00")}


def test_a_file_that_was_taken_out_stands_in_the_chain(
    as_accountant: Browser, invoice: Invoice
) -> None:
    answer = taken(as_accountant, invoice, "xero")
    content = b"".join(answer.streaming_content)

    export = Export.objects.get()
    assert export.sha256 == sha256(content).hexdigest() == answer["X-Content-SHA256"]
    assert (export.kind, export.line_count) == ("entries", 9)
    assert export.file_name == "xero-20260301-20260531.csv"
    assert JournalEntry.objects.latest("position").export == export


def test_what_waits_is_a_reason_to_refuse_the_whole_file(
    as_accountant: Browser, invoice: Invoice
) -> None:
    issued_invoice(client=invoice.client, legal_entity=invoice.legal_entity, currency="USD")

    page = taken(as_accountant, invoice, "sage")
    asked = {"legal_entity": invoice.legal_entity_id, "program": "sage", **SPAN}
    told = as_accountant.post("/api/v1/book-exports/journal/", asked, content_type=JSON)

    reason = "There is no exchange rate of USD for 31 Mar 2026."
    assert (page.status_code, told.status_code) == (422, 409)
    assert reason in page.content.decode()
    assert reason in told.json()["error"]["message"]
    assert not Export.objects.exists()


def test_days_without_entries_and_accounts_of_one_name_are_refused(
    as_accountant: Browser, invoice: Invoice
) -> None:
    empty = taken(as_accountant, invoice, "sage", since="2026-01-01", until="2026-01-31")
    open_book(entity_id=invoice.legal_entity_id)
    Account.objects.filter(number__in=["411000", "706000"]).update(name="Ventes")

    same = taken(as_accountant, invoice, "quickbooks")

    assert "Nothing is booked in these days." in empty.content.decode()
    assert "The accounts 411000, 706000 have the same name" in same.content.decode()


def test_programs_get_the_same_file(as_accountant: Browser, invoice: Invoice) -> None:
    asked = {"legal_entity": invoice.legal_entity_id, "program": "xero", **SPAN}

    answer: Any = as_accountant.post("/api/v1/book-exports/journal/", asked, content_type=JSON)

    assert {row["*TaxRate"] for row in read(answer)} == {"Tax Exempt"}


def test_xero_gets_a_zip_of_files_of_three_hundred_lines_with_whole_entries(
    as_accountant: Browser, invoice: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.domain.layouts.XERO_LINES", 5)

    content = b"".join(taken(as_accountant, invoice, "xero").streaming_content)

    with ZipFile(BytesIO(content)) as pack:
        counts = [len(pack.read(name).decode().splitlines()) - 1 for name in pack.namelist()]
    assert counts == [3, 3, 3]
    assert Export.objects.get().file_name == "xero-20260301-20260531.zip"


def test_no_entry_is_torn_apart_and_no_line_lost() -> None:
    entries = [[["x"]] * 299, [["y"]] * 2, [["z"]]]

    assert [len(rows) for rows in files_of(Program.XERO, entries)] == [299, 3]
    assert [len(rows) for rows in files_of(Program.SAGE, entries)] == [302]


def test_numbers_that_a_program_does_not_take_are_named() -> None:
    accounts = [("70600000001", "Ventes"), ("411000", "Clients"), ("706000001", "Ventes")]

    assert [one.what for one in misfits(Program.XERO, accounts)] == ["70600000001"]
    assert [one.what for one in misfits(Program.SAGE, accounts)] == ["70600000001", "706000001"]
    assert [one.what for one in misfits(Program.QUICKBOOKS, accounts)] == ["70600000001, 706000001"]
