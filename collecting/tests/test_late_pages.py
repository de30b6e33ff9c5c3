"""Late interest on the desk and over the API: looked at, claimed, refused, kept."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from billing.models import Invoice
from clients.models import Client
from collecting.models import LateRate, LateTerms
from collecting.tests.dunned import late_invoice
from collecting.tests.test_late_charges import agree

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(client_contact: User) -> Client:
    found = late_invoice(client_contact.contact.client).client
    agree()
    return found


@pytest.fixture
def browser(accountant: User) -> Browser:
    browser = Browser()
    browser.force_login(accountant)
    return browser


@time_machine.travel("2026-05-31 12:00+00:00")
def test_the_preview_shows_each_stretch_and_writes_nothing(
    browser: Browser, client: Client
) -> None:
    page = browser.get(f"/collecting/late/{client.pk}/").content.decode()

    assert "€509.76 × 12.15 % × 31/365" in page
    assert "€45.26" in page
    assert not Invoice.objects.drafts().exists()


@time_machine.travel("2026-05-31 12:00+00:00")
def test_the_list_leads_to_clients_and_names_what_is_missing(
    browser: Browser, client: Client
) -> None:
    LateRate.objects.all().delete()

    page = browser.get("/collecting/late/").content.decode()

    assert "The rate of the European Central Bank from 1 January 2026 is missing" in page


@time_machine.travel("2026-05-31 12:00+00:00")
def test_what_is_ticked_becomes_a_draft_and_what_has_changed_is_refused(
    browser: Browser, client: Client
) -> None:
    invoice = client.invoices.get()
    about = {"through": "2026-05-31", "invoice": invoice.pk}
    url = f"/collecting/late/{client.pk}/claim/"

    changed = browser.post(url, about | {f"shown_{invoice.pk}": "41.70"})
    claimed = browser.post(url, about | {f"shown_{invoice.pk}": "45.26"})
    again = browser.post(url, about | {f"shown_{invoice.pk}": "45.26"})

    draft = Invoice.objects.drafts().get()
    assert (changed.status_code, again.status_code) == (422, 422)
    assert "It comes to €45.26 by now" in changed.content.decode()
    assert claimed.headers["Location"] == draft.get_absolute_url()


@time_machine.travel("2026-05-31 12:00+00:00")
def test_programs_look_claim_and_are_told_why_not(browser: Browser, client: Client) -> None:
    [seen] = browser.get("/api/v1/late-charges/preview/").json()
    asked = {"client": client.pk, "through": "2026-05-31", "expected": "45.26"}

    claimed = browser.post("/api/v1/late-charges/", asked, content_type="application/json")
    again = browser.post("/api/v1/late-charges/", asked, content_type="application/json")

    assert seen["total"] == "45.26"
    assert {one["kind"]: one["amount"] for one in claimed.json()} == {
        "interest": "5.26",
        "fee": "40.00",
    }
    assert again.status_code == 409
    assert "Nothing is left to claim" in again.content.decode()


def test_terms_and_rates_are_kept_put_right_and_refused_below_the_law(
    browser: Browser, client: Client
) -> None:
    less = {"starts_on": "2026-01-01", "basis": "times_legal", "number": "2", "fee": "40"}
    rate = {"kind": "ecb", "starts_on": "2026-07-01", "percent": "1.90"}

    refused = browser.post("/collecting/late/terms/new/", less)
    odd = browser.post("/collecting/late/rates/new/", rate | {"starts_on": "2026-07-02"})
    browser.post("/collecting/late/terms/new/", less | {"number": "3"})
    browser.post("/collecting/late/rates/new/", rate)

    assert "three times the legal rate" in refused.content.decode()
    assert "1 January or 1 July" in odd.content.decode()
    assert LateTerms.objects.get().number == 3
    assert LateRate.objects.get(starts_on=date(2026, 7, 1)).percent == Decimal("1.90")
