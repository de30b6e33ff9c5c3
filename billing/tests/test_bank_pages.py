"""Bank statements in the browser and for programs."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import BankAccount, BankEntry, Invoice, Payment
from billing.operations.issue_invoices import issue_invoices
from billing.tests.bank import FILES, IBAN, MAPPING, NOON, csv, entry, read, words
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from clients.forms import chooser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        open_firm()
        yield


@pytest.fixture
def account() -> BankAccount:
    return BankAccount.objects.create(name="BNP", iban=IBAN, csv_mapping=MAPPING)


@pytest.fixture
def invoice() -> Invoice:
    """F-2026-00001 of 509.76."""
    draft = DraftFactory()
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    return Invoice.objects.get(pk=draft.pk)


@pytest.mark.parametrize("token", ["", "x", "999999;1=1", "{client};{invoice}=NaN", "{client};a=1"])
def test_a_choice_that_nobody_was_shown_books_nothing(
    as_accountant: Browser, account: BankAccount, invoice: Invoice, token: str
) -> None:
    read(account)
    key = entry("509.76").pk
    written = token.format(client=invoice.client_id, invoice=invoice.pk)
    url = reverse("billing:bank-confirm", args=[account.pk])

    answer = as_accountant.post(url, {"selected": key, f"choice_{key}": written}, follow=True)

    assert "Choose what it pays." in words(answer)
    assert not Payment.objects.exists()


def test_all_certain_lines_are_confirmed_with_one_button(
    as_accountant: Browser, account: BankAccount, invoice: Invoice
) -> None:
    page = reverse("billing:bank", args=[account.pk])
    content = (FILES / "camt_053_02.xml").read_bytes()
    upload = {"file": SimpleUploadedFile("may.xml", content)}
    answer = as_accountant.post(
        reverse("billing:bank-read", args=[account.pk]), upload, follow=True
    )
    assert "4 new lines; 0 were known already." in words(answer)
    assert "the text names it, the amount agrees" in words(as_accountant.get(page))

    key = entry("509.76").pk
    token = f"{invoice.client_id};{invoice.pk}=509.76"
    rent = entry("200.00").pk
    chosen = {"selected": [key, rent], f"choice_{key}": token, f"choice_{rent}": "aside"}
    answer = as_accountant.post(
        reverse("billing:bank-confirm", args=[account.pk]), chosen, follow=True
    )

    assert "2 lines were booked." in words(answer)
    assert Payment.objects.get().bank_entry.pk == key
    assert BankEntry.objects.open().count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<a>\n<b>", "This is no sound XML (line 2)"),
        (b"Date;Nom;Montant\n", "There is no column “Libellé”"),
        (csv("06/05/2026;A;b;1,234,5"), "“1,234,5” at line or entry 2 is no amount."),
        (csv(), "There is no booked line in this file."),
    ],
)
def test_a_bad_file_is_refused_in_words(
    as_accountant: Browser, account: BankAccount, content: bytes, sentence: str
) -> None:
    upload = {"file": SimpleUploadedFile("may.txt", content)}

    answer = as_accountant.post(reverse("billing:bank-read", args=[account.pk]), upload)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not BankEntry.objects.exists()


def test_a_line_is_booked_by_hand_and_another_taken_up_again(
    as_accountant: Browser, account: BankAccount, invoice: Invoice
) -> None:
    read(account)
    key = entry("200.00").pk
    as_accountant.post(reverse("billing:bank-entry-aside", args=[key]))
    assert "Take up again" in words(as_accountant.get(reverse("billing:bank-entry", args=[key])))
    as_accountant.post(reverse("billing:bank-entry-reopen", args=[key]))

    form = {"client": invoice.client_id}
    shown = as_accountant.get(reverse("billing:bank-entry", args=[key]), form)
    assert "F-2026-00001" in words(shown)
    as_accountant.post(reverse("billing:bank-entry-book", args=[key]), form)

    payment = Payment.objects.get()
    assert list(payment.allocations.values_list("invoice", "amount")) == [
        (invoice.pk, Decimal("200.00"))
    ]


def test_among_many_clients_whose_money_it_is_is_typed(
    as_accountant: Browser, account: BankAccount, invoice: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chooser, "FEW", 0)
    read(account)
    address = reverse("billing:bank-entry", args=[entry("200.00").pk])

    asked = as_accountant.get(address).content.decode()
    found = as_accountant.get(address, {"whose-client": invoice.client.code.lower()})
    nobody = as_accountant.get(address, {"whose-client": "Nobody"})

    assert f'<option value="{invoice.client_id}"' not in asked
    assert found["Location"] == f"{address}?client={invoice.client_id}"
    assert nobody.status_code == 422
    assert "No client has this name or code." in words(nobody)


def test_the_columns_of_a_csv_are_kept_for_the_account(as_accountant: Browser) -> None:
    form = {
        **{key: value for key, value in MAPPING.items() if key != "name"},
        "name": "BNP",
        "iban": IBAN,
        "currency": "EUR",
        "payer": "Nom",
    }

    as_accountant.post(reverse("billing:bank-create"), form)

    kept = BankAccount.objects.get()
    assert {key: value for key, value in kept.csv_mapping.items() if value} == MAPPING
    wrong = as_accountant.post(reverse("billing:bank-edit", args=[kept.pk]), {**form, "amount": ""})
    assert "Name one column with a sign, or one for in and one for out." in words(wrong)


def test_two_hundred_lines_cost_as_many_queries_as_two(
    as_accountant: Browser, account: BankAccount, invoice: Invoice
) -> None:
    counts = []
    for size in (2, 200):
        rows = [f"06/05/2026;A{n};F-2026-00001 {size} {n};{n + 1},00" for n in range(size)]
        read(account, content=csv(*rows))
        with CaptureQueriesContext(connection) as queries:
            answer = as_accountant.get(reverse("billing:bank", args=[account.pk]))
        assert answer.status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_programs_read_a_statement_and_book_its_lines(
    as_accountant: Browser, account: BankAccount, invoice: Invoice
) -> None:
    upload = {"file": SimpleUploadedFile("may.xml", (FILES / "camt_053_02.xml").read_bytes())}
    answer = as_accountant.post(f"/api/v1/bank-accounts/{account.pk}/read/", upload)
    assert (answer.status_code, answer.json()["new_count"]) == (201, 4)
    path = f"/api/v1/bank-entries/{entry('509.76').pk}/"

    [first, *_] = as_accountant.get(path + "proposals/").json()
    assert first == {
        "client": invoice.client_id,
        "reason": "number",
        "confidence": "certain",
        "allocations": [{"invoice": invoice.pk, "amount": "509.76"}],
    }
    said = {"client": first["client"], "allocations": first["allocations"]}
    booked = as_accountant.post(path + "book/", said, content_type="application/json")
    assert booked.json()["payment"] == Payment.objects.get().pk
    again = as_accountant.post(path + "book/", said, content_type="application/json")
    assert again.status_code >= 400
    assert Payment.objects.count() == 1
