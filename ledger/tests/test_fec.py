"""The tax auditors' file, read as they read it: by its titles, with a program of its own.

The invoice is 424.80 net, 84.96 tax, 509.76 in all, of 31 March 2026; 100.00 net are credited.
"""

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Export, Invoice, JournalEntry
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.credited import credit, issued_invoice
from billing.tests.firm import open_firm
from clients.models import LegalEntity
from ledger.domain.fec import SirenMissing, amount, file_name, plain
from ledger.tests.reading import post

pytestmark = pytest.mark.django_db(transaction=True)
# As the law lists them, in its order.
TITLES = [
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
]
JSON = "application/json"
Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def invoice() -> Invoice:
    """An invoice, a credit note and a payment of 600.00, all booked."""
    found = issued_invoice()
    LegalEntity.objects.update(registration_number="552 100 554 00013")
    credit(found, "100.00")
    receipt = Receipt(date(2026, 5, 4), Decimal("600.00"), reference="VIR\t7|A")
    shares = {found.pk: Decimal("389.76")}
    record_payment(client_id=found.client_id, receipt=receipt, allocations=shares, actor=None)
    post()
    return found


def taken(browser: Browser, entity: LegalEntity, year: int = 2026) -> Any:
    return browser.post(reverse("ledger:exports"), {"year": f"{entity.pk}-{year}"})


def read(content: bytes) -> Rows:
    """Read a file by nothing but the words of the law."""
    lines = content.decode("ascii").split("\r\n")
    assert lines.pop() == ""
    titles = lines[0].split("\t")
    assert titles == TITLES
    found = [line.split("\t") for line in lines[1:]]
    assert {len(fields) for fields in found} == {18}
    return [dict(zip(titles, fields, strict=True)) for fields in found]


def number(text: str) -> Decimal:
    assert text.count(",") == 1
    assert "." not in text
    return Decimal(text.replace(",", "."))


def test_the_file_is_named_by_siren_and_the_last_day(
    as_accountant: Browser, invoice: Invoice
) -> None:
    answer = taken(as_accountant, invoice.legal_entity)

    assert 'filename="552100554FEC20261231.txt"' in answer["Content-Disposition"]
    assert len(read(b"".join(answer.streaming_content))) == 3 + 3 + 3


def test_each_entry_balances_and_numbers_run_on(as_accountant: Browser, invoice: Invoice) -> None:
    rows = read(b"".join(taken(as_accountant, invoice.legal_entity).streaming_content))

    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row["JournalCode"], row["EcritureNum"]] += number(row["Debit"]) - number(row["Credit"])
    assert set(sums.values()) == {Decimal(0)}
    assert list(sums) == [("VE", "1"), ("VE", "2"), ("BQ", "1")]


def test_the_lines_say_what_the_documents_say(as_accountant: Browser, invoice: Invoice) -> None:
    rows = read(b"".join(taken(as_accountant, invoice.legal_entity).streaming_content))

    first = rows[0]
    assert (first["CompteNum"], first["Debit"], first["Credit"]) == ("411000", "509,76", "0,00")
    assert (first["EcritureDate"], first["ValidDate"]) == ("20260331", "20260520")
    assert (first["PieceRef"], first["PieceDate"]) == (invoice.number, "20260331")
    assert (first["CompAuxNum"], first["JournalLib"]) == (invoice.client.code, "Ventes")
    tax = next(row for row in rows if row["CompteNum"] == "445711")
    assert (tax["Debit"], tax["Credit"], tax["CompAuxNum"]) == ("0,00", "84,96", "")
    assert {row["PieceRef"] for row in rows if row["JournalCode"] == "BQ"} == {"VIR 7 A"}
    assert {row["Idevise"] + row["Montantdevise"] for row in rows} == {""}


def test_the_export_stands_in_the_chain_with_its_digest(
    as_accountant: Browser, invoice: Invoice
) -> None:
    content = b"".join(taken(as_accountant, invoice.legal_entity).streaming_content)

    export = Export.objects.get()
    assert export.sha256 == sha256(content).hexdigest()
    assert (export.starts_on, export.last_day_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert export.line_count == 9
    assert JournalEntry.objects.latest("position").export == export


def test_a_company_without_siren_and_a_year_without_entries_are_refused(
    as_accountant: Browser, invoice: Invoice
) -> None:
    LegalEntity.objects.update(registration_number="")
    entity = invoice.legal_entity

    page = taken(as_accountant, entity)
    asked = {"legal_entity": entity.pk, "year": 2019}
    told = as_accountant.post("/api/v1/book-exports/fec/", asked, content_type=JSON)

    assert page.status_code == 422
    assert "named by the company&#x27;s SIREN" in page.content.decode()
    assert told.status_code == 409
    assert told.json()["error"]["message"] == "Nothing is booked in the fiscal year 2019."
    assert not Export.objects.exists()


def test_programs_get_the_same_file(as_accountant: Browser, invoice: Invoice) -> None:
    asked = {"legal_entity": invoice.legal_entity_id, "year": 2026}

    answer: Any = as_accountant.post("/api/v1/book-exports/fec/", asked, content_type=JSON)

    assert len(read(b"".join(answer.streaming_content))) == 9
    [listed] = as_accountant.get("/api/v1/book-exports/").json()["results"]
    assert listed["file_name"] == "552100554FEC20261231.txt"


def test_letters_lose_what_ascii_lacks_and_amounts_have_a_comma() -> None:
    assert (
        plain("Agence Kœnig\t& Żeleński | Çelik – 5 €") == "Agence Koenig & Zelenski Celik - 5 EUR"
    )
    assert amount(Decimal("1234567.5")) == "1234567,50"
    with pytest.raises(SirenMissing):
        file_name("12 345", date(2026, 12, 31))
