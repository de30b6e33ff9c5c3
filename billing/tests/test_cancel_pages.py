"""Cancelling in the browser and through the API, and what the pages say afterwards."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.models import Cancellation, Invoice
from billing.operations.record_payment import Receipt, record_payment
from billing.paper import paper_of
from billing.tests.cancelled import APRIL_8, billed, cancel, issue
from billing.tests.firm import bill, open_firm
from clients.models import Client
from tickets.tests.factories import TimeEntryFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 8, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def invoice() -> Invoice:
    return billed()


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def page_of(invoice: Invoice) -> str:
    return reverse("billing:invoice-cancel", args=[invoice.pk])


def typed(**fields: str) -> dict[str, str]:
    return {"then": "only", "reason": "Wrong hours", "cancelled_on": "2026-04-08"} | fields


def test_the_page_says_what_will_happen(as_accountant: Browser, invoice: Invoice) -> None:
    record_payment(
        client_id=invoice.client_id, receipt=Receipt(APRIL_8, invoice.total),
        allocations={invoice.pk: invoice.total}, actor=None,
    )  # fmt: skip
    text = words(as_accountant.get(page_of(invoice)))

    assert "A credit note takes back what is left of it: €437.99." in text
    assert "€437.99 that was paid becomes the client's credit." in text
    assert "Billable again, once: 37 min" in text
    assert "1 part, 1 contract period" in text
    assert Cancellation.objects.count() == 0


def test_cancelled_only_the_invoice_shows_by_what(as_accountant: Browser, invoice: Invoice) -> None:
    answer = as_accountant.post(page_of(invoice), typed(), follow=True)
    text = words(answer)

    assert "F-2026-00001 is cancelled by credit note AV-2026-00001" in text
    assert "Cancelled on" in text
    note = Invoice.objects.get(document_kind="credit_note")
    assert f'href="{note.get_absolute_url()}"' in text
    assert "This credit note cancels F-2026-00001 in whole." in words(
        as_accountant.get(note.get_absolute_url())
    )
    listed = words(as_accountant.get(reverse("billing:invoices"), {"state": "cancelled"}))
    assert "F-2026-00001" in listed
    assert "AV-2026-00001" not in listed


def test_cancelled_and_drafted_again_leads_to_the_new_draft(
    as_accountant: Browser, invoice: Invoice
) -> None:
    answer = as_accountant.post(page_of(invoice), typed(then="again"))

    draft = Invoice.objects.drafts().get()
    assert answer.headers["Location"] == draft.get_absolute_url()
    assert "Replaces F-2026-00001" in words(as_accountant.get(draft.get_absolute_url()))
    assert f'href="{draft.get_absolute_url()}"' in words(
        as_accountant.get(invoice.get_absolute_url())
    )
    assert paper_of(draft)["mentions"][-1] == (
        "Remplace la facture F-2026-00001 du 1er avril 2026, annulée."
    )


def test_a_second_cancel_is_told_and_changes_nothing(
    as_accountant: Browser, invoice: Invoice
) -> None:
    cancel(invoice)
    answer = as_accountant.post(page_of(invoice), typed(then="again"), follow=True)

    assert "already; nothing was done a second time" in words(answer)
    assert "This invoice is cancelled already" in words(as_accountant.get(page_of(invoice)))
    assert (Cancellation.objects.count(), Invoice.objects.drafts().count()) == (1, 0)


def test_what_is_missing_is_said_at_its_field(as_accountant: Browser, invoice: Invoice) -> None:
    answer = as_accountant.post(page_of(invoice), typed(reason="", then="again"))

    assert answer.status_code == 422
    assert "This field is required." in words(answer)
    assert re.search(r'value="again"[^>]*checked', words(answer))
    assert Cancellation.objects.count() == 0


def test_the_client_sees_the_tie_once_the_new_invoice_is_issued(
    client_contact: User, sign_in: Any
) -> None:
    company: Client = client_contact.contact.client
    open_firm()
    TimeEntryFactory.create(ticket__client=company, minutes=37)
    bill()
    invoice = issue(Invoice.objects.get())
    [draft] = cancel(invoice, again=True).drafts
    url = reverse("portal:invoice", args=[invoice.pk])

    before = words(sign_in(client_contact).get(url))
    new = issue(draft, APRIL_8)
    after = words(sign_in(client_contact).get(url))

    assert "Wrong hours" in before
    assert "Billed again:" not in before
    assert f'<a href="{reverse("portal:invoice", args=[new.pk])}">F-2026-00002</a>' in after
    assert "This invoice replaces" in words(
        sign_in(client_contact).get(reverse("portal:invoice", args=[new.pk]))
    )


def post(browser: Browser, invoice: Invoice, **body: object) -> tuple[int, Any]:
    url = f"/api/v1/invoices/{invoice.pk}/cancel/"
    answer = browser.post(url, json.dumps(body), "application/json")
    return answer.status_code, answer.json()


def test_programs_cancel_and_are_told_of_note_and_drafts(
    as_accountant: Browser, invoice: Invoice
) -> None:
    status, body = post(as_accountant, invoice, reason="Wrong hours", drafts_again=True)

    assert status == 200
    assert (body["credit_note"]["number"], body["credit_note"]["total"]) == (
        "AV-2026-00001", "437.99"
    )  # fmt: skip
    assert [(one["replaces"], one["total"]) for one in body["drafts"]] == [(invoice.pk, "437.99")]
    of = as_accountant.get(f"/api/v1/invoices/{invoice.pk}/").json()
    assert (of["is_cancelled"], of["balance"]) == (True, "0.00")
    assert post(as_accountant, invoice, reason="Again", drafts_again=False)[0] == 409


@pytest.mark.parametrize("body", [{"reason": "x"}, {"drafts_again": True}])
def test_programs_are_told_what_is_missing(
    as_accountant: Browser, invoice: Invoice, body: dict[str, object]
) -> None:
    assert post(as_accountant, invoice, **body)[0] == 400
    assert Cancellation.objects.count() == 0
