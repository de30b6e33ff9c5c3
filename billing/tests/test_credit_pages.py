"""Crediting in the browser: the form, the preview, what the client sees; and through the API."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Invoice, JournalEntry, NumberSeries, OutboxMessage
from billing.paper import paper_of
from billing.tests.credited import credit, issued_invoice

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 8, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def invoice() -> Invoice:
    return issued_invoice()


def page_of(invoice: Invoice) -> str:
    return reverse("billing:invoice-credit-note", args=[invoice.pk])


def typed(invoice: Invoice, **fields: str) -> dict[str, str]:
    places = {f"p{charge.position}": str(charge.pk) for charge in invoice.charges.all()}
    named = {
        f"{name[:-2]}{places[name[-2:]]}" if name[-2:] in places else name: value
        for name, value in fields.items()
    }
    return {"how": "all", "reason": "Work charged twice", "issued_on": "2026-04-08"} | named


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_page_offers_what_is_left_of_each_line(
    as_accountant: Browser, invoice: Invoice
) -> None:
    credit(invoice, p2="26.00")
    text = words(as_accountant.get(page_of(invoice)))

    assert "€298.80 left of €298.80" in text
    assert "€100.00 left of €126.00" in text
    assert "€31.20 credited so far" in text


def test_a_preview_says_all_and_writes_nothing(as_accountant: Browser, invoice: Invoice) -> None:
    """5 of 12 workstations: 124.50 + 24.90 = 149.40; then 360.36 of 509.76 are open."""
    form = typed(invoice, how="lines", quantity_p1="5", preview="")
    answer = as_accountant.post(page_of(invoice), form)
    text = words(answer)

    assert answer.status_code == 200
    for said in ("Credit note AV-2026-00001", "€124.50", "€24.90", "€149.40", "€360.36"):
        assert said in text
    assert Invoice.objects.get() == invoice
    assert NumberSeries.objects.get().document_kind == "invoice"
    assert (JournalEntry.objects.count(), OutboxMessage.objects.count()) == (1, 2)


def test_a_preview_as_pdf_is_stamped_and_writes_nothing(
    as_accountant: Browser, invoice: Invoice
) -> None:
    answer = as_accountant.post(page_of(invoice), typed(invoice, pdf=""))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"
    assert Invoice.objects.get() == invoice


def test_what_was_previewed_is_issued(as_accountant: Browser, invoice: Invoice) -> None:
    form = typed(invoice, how="lines", quantity_p1="5", issue="")
    answer = as_accountant.post(page_of(invoice), form)

    note = Invoice.objects.get(document_kind="credit_note")
    assert answer.headers["Location"] == note.get_absolute_url()
    assert note.total == Decimal("149.40")
    page = words(as_accountant.get(note.get_absolute_url()))
    assert "F-2026-00001" in page
    assert "Work charged twice" in page
    assert "Record payment" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"amount": "10"}, "An amount is typed"),
        ({"amount_p1": "10"}, "A line is filled in"),
        ({"how": "lines"}, "Say at a line how much of it is credited."),
        ({"how": "amount"}, "How much is credited?"),
        ({"how": "amount", "amount": "424.81"}, "Only €424.80 without tax is left"),
        ({"how": "lines", "amount_p2": "126.01"}, "only €126.00 is left to credit"),
        ({"how": "lines", "amount_p2": "1", "quantity_p2": "1"}, "not both"),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(
    as_accountant: Browser, invoice: Invoice, fields: dict[str, str], sentence: str
) -> None:
    answer = as_accountant.post(page_of(invoice), typed(invoice, issue="", **fields))

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert Invoice.objects.get() == invoice


def test_the_list_takes_credit_notes_away_from_the_total(
    as_accountant: Browser, invoice: Invoice
) -> None:
    """509.76 - 120.00 = 389.76, both invoiced and open."""
    credit(invoice, "100.00")
    text = words(as_accountant.get(reverse("billing:invoices")))

    assert "-€120.00" in text
    assert text.count("€389.76") >= 2
    assert "AV-2026-00001" in words(
        as_accountant.get(reverse("billing:invoices"), {"state": "credit_note"})
    )
    assert "F-2026-00001" in words(as_accountant.get(reverse("search"), {"q": "F-2026-00001"}))
    assert "AV-2026-00001" in words(as_accountant.get(reverse("search"), {"q": "AV-2026-00001"}))


def test_the_paper_is_titled_and_names_the_invoice() -> None:
    note = credit(issued_invoice(client__language="fr"), "100.00")
    paper = paper_of(note)

    assert (paper["title"], paper["labels"]["document"]) == ("Avoir AV-2026-00001", "Avoir")
    assert ("Corrige", "F-2026-00001") in paper["facts"]
    assert paper["payment"] == [
        ("Facture", "F-2026-00001"), ("Datée du", "31 mars 2026"), ("Motif", "Work charged twice")
    ]  # fmt: skip
    assert paper["due"] == ("Total crédité", "120,00\xa0€")


def post(browser: Browser, path: str, **body: object) -> tuple[int, Any]:
    answer = browser.post(f"/api/v1/{path}", json.dumps(body), "application/json")
    return answer.status_code, answer.json()


def test_programs_try_and_issue_credit_notes(as_accountant: Browser, invoice: Invoice) -> None:
    line = invoice.charges.get(position=1)
    asked = {
        "invoice": invoice.pk, "reason": "Twice",
        "lines": [{"line": line.pk, "quantity": "5"}],
    }  # fmt: skip
    tried = post(as_accountant, "credit-notes/preview/", **asked)
    assert Invoice.objects.count() == 1
    made = post(as_accountant, "credit-notes/", **asked)

    assert (tried[0], made[0]) == (200, 201)
    for body in (tried[1], made[1]):
        said = (body["number"], body["document_kind"], body["corrects"], body["total"])
        assert said == ("AV-2026-00001", "credit_note", invoice.pk, "149.40")
        assert (body["lines"][0]["credits"], body["balance"]) == (line.pk, "0.00")
    listed = as_accountant.get("/api/v1/credit-notes/", {"corrects": invoice.pk}).json()
    assert [one["number"] for one in listed["results"]] == ["AV-2026-00001"]
    of = as_accountant.get(f"/api/v1/invoices/{invoice.pk}/").json()
    assert (of["credited"], of["balance"]) == ("149.40", "360.36")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"reason": "Twice", "amount": "424.81"}, 409),
        ({"reason": "Twice", "amount": "1", "lines": [{"line": 1}]}, 400),
        ({"reason": "Twice", "lines": []}, 400),
        ({"amount": "1"}, 400),
    ],
)
def test_programs_are_told_what_is_wrong(
    as_accountant: Browser, invoice: Invoice, body: dict[str, object], status: int
) -> None:
    assert post(as_accountant, "credit-notes/", invoice=invoice.pk, **body)[0] == status
    assert Invoice.objects.get() == invoice
