"""Proformas: what a draft would ask for, marked as no invoice, and entered nowhere."""

from io import BytesIO

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pdfminer.high_level import extract_text

from billing.models import InvoiceDocument, JournalEntry, NumberSeries, OutboxMessage
from billing.proforma import proforma_of
from billing.tests.cancelled import issue
from billing.tests.factories import DraftFactory

pytestmark = pytest.mark.django_db


def test_a_proforma_says_what_it_is_and_asks_for_nothing() -> None:
    draft = DraftFactory.create(client__language="en")

    paper = proforma_of(draft)

    assert (paper["title"], paper["stamp"]) == ("Proforma invoice", "PROFORMA")
    assert paper["due"] == ("Total with VAT", "€509.76")
    assert "no VAT can be deducted" in paper["mentions"][0]
    said = str(paper["payment"])
    assert (paper["slip"], "IBAN" in said) == ("", False)


def test_it_is_handed_out_as_a_file_and_leaves_no_trace(as_accountant: Browser) -> None:
    draft = DraftFactory.create()

    answer = as_accountant.get(reverse("billing:draft-proforma", args=[draft.pk]))

    assert answer["Content-Type"] == "application/pdf"
    text = extract_text(BytesIO(answer.content))
    assert "Facture proforma" in text
    assert "F-2026" not in text
    for model in (InvoiceDocument, JournalEntry, NumberSeries, OutboxMessage):
        assert model.objects.count() == 0
    draft.refresh_from_db()
    assert (draft.is_draft, draft.number) == (True, "")


def test_the_same_draft_becomes_the_invoice_and_then_has_no_proforma(
    as_accountant: Browser,
) -> None:
    draft = DraftFactory.create()
    url = f"/api/v1/invoices/{draft.pk}/proforma/"
    before = as_accountant.get(url)

    invoice = issue(draft)
    after = as_accountant.get(url)

    assert before["Content-Type"] == "application/pdf"
    assert invoice.number == "F-2026-00001"
    assert after.status_code == 409
    page = as_accountant.get(reverse("billing:draft-proforma", args=[draft.pk]), follow=True)
    assert "hand out the invoice itself" in page.content.decode()
