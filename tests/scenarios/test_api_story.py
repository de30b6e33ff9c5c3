"""A month of a client's, from opened ticket to paid invoice, by programs alone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from billing.queries.runs import unfinished_batches
from billing.running import work_on
from billing.tests.firm import open_firm
from catalog.models import WorkType
from clients.models import Client
from clients.tests.factories import ClientFactory

APRIL = "2026-04-01"
JSON = "application/json"

pytestmark = pytest.mark.django_db(transaction=True)


def post(browser: Browser, path: str, body: dict[str, Any], expect: int = 201) -> Any:
    answer = browser.post(f"/api/v1/{path}/", body, content_type=JSON)
    assert answer.status_code == expect, answer.content
    return answer.json() if answer.content else None


@pytest.fixture
def client_company(client_contact: User) -> Client:
    open_firm()
    company: Client = client_contact.contact.client
    return company


def sell(browser: Browser, company: Client) -> dict[str, Any]:
    """Make a contract: 12 x 24.90 a month in advance since March, remote work covered."""
    remote = WorkType.objects.get(code="remote")
    line = {"description": "Workstations", "quantity": "12", "unit_price": "24.90"}
    contract: dict[str, Any] = post(
        browser,
        "contracts",
        {
            "client": company.pk,
            "number": "K7",
            "name": "Managed workstations",
            "starts_on": "2026-03-16",
            "lines": [{**line, "unit": "device", "timing": "advance"}],
            "covers": [remote.pk],
        },
    )
    return contract


def work(browser: Browser, company: Client) -> None:
    """Log 40 minutes remote, which are covered, and a part of 2 x 48.00."""
    ticket = post(browser, "tickets", {"client": company.pk, "subject": "Printer offline"})
    remote = WorkType.objects.get(code="remote")
    entry = {"ticket": ticket["id"], "work_type": remote.pk, "minutes": 40}
    post(browser, "time-entries", {**entry, "worked_on": "2026-03-20"})
    part = {"ticket": ticket["id"], "description": "Memory", "quantity": "2"}
    post(browser, "parts-used", {**part, "unit_price": "48.00", "used_on": "2026-03-20"})


def test_a_month_goes_from_ticket_to_paid_invoice_through_the_api(
    client_company: Client, sign_in: Any, manager: User
) -> None:
    browser = sign_in(manager)
    sell(browser, client_company)
    work(browser, client_company)
    run = post(browser, "billing-runs", {"as_of_on": APRIL}, expect=202)
    _finish(run["id"])

    [draft] = browser.get(f"/api/v1/invoices/?run={run['id']}").json()["results"]
    issued = post(browser, f"invoices/{draft['id']}/issue", {}, expect=200)
    share = {"invoice": draft["id"], "amount": issued["total"]}
    money = {"client": client_company.pk, "received_on": "2026-05-02", "amount": issued["total"]}
    post(browser, "payments", {**money, "allocations": [share]})

    # March 16 of 31 days: 298.80 x 16 / 31 = 154.22; April 298.80; part 96.00; remote covered.
    assert (issued["net"], issued["tax"], issued["total"]) == ("549.02", "109.80", "658.82")
    assert issued["number"] == f"F-{date.fromisoformat(issued['issued_on']).year}-00001"
    assert [line["amount"] for line in issued["lines"]] == ["154.22", "298.80", "0.00", "96.00"]
    assert issued["lines"][2]["list_amount"] == "63.00"
    paid = browser.get(f"/api/v1/invoices/{draft['id']}/").json()
    assert Decimal(paid["balance"]) == 0


def _finish(run_id: int) -> None:
    for batch_id in unfinished_batches(run_id):
        work_on(batch_id)


def test_a_refused_write_says_why_in_one_shape_and_changes_nothing(
    client_company: Client, sign_in: Any, manager: User
) -> None:
    browser = sign_in(manager)
    contract = sell(browser, client_company)
    line = contract["lines"][0]["id"]

    early = {"starts_on": "2026-03-01", "quantity": "9", "unit_price": "24.90"}
    refused = browser.post(f"/api/v1/contract-lines/{line}/change/", early, content_type=JSON)

    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "refused"
    assert refused.json()["error"]["message"]
    versions = browser.get(f"/api/v1/contract-lines/{line}/").json()["versions"]
    assert [version["quantity"] for version in versions] == ["12.0000"]


def test_a_contact_reads_only_their_own_issued_invoices_through_the_api(
    client_company: Client, sign_in: Any, manager: User, client_contact: User, outsider: User
) -> None:
    browser = sign_in(manager)
    sell(browser, client_company)
    run = post(browser, "billing-runs", {"as_of_on": APRIL}, expect=202)
    _finish(run["id"])
    [draft] = browser.get("/api/v1/invoices/").json()["results"]
    theirs, others = sign_in(client_contact), sign_in(outsider)

    before = theirs.get("/api/v1/invoices/").json()["count"]
    post(browser, f"invoices/{draft['id']}/issue", {}, expect=200)
    address = f"/api/v1/invoices/{draft['id']}/"

    assert before == 0
    assert theirs.get(address).json()["total"] == draft["total"]
    assert others.get(address).status_code == 404
    assert theirs.post(f"{address}discard/").status_code == 403
    assert theirs.get("/api/v1/clients/").status_code == 403
    assert "notes" not in theirs.get("/api/v1/contracts/").json()["results"][0]


def test_lists_of_the_api_cost_the_same_for_one_row_and_for_twenty(
    client_company: Client, sign_in: Any, manager: User
) -> None:
    browser = sign_in(manager)
    sell(browser, client_company)
    for path in ("clients", "contracts", "contract-lines", "invoices", "rate-cards"):
        one = _queries(browser, path)
        ClientFactory.create_batch(3)
        for n in range(3):
            _sell_more(browser, client_company, f"{path}{n}")

        assert _queries(browser, path) == one, path


def _queries(browser: Browser, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/api/v1/{path}/").status_code == 200
    return len(asked)


def _sell_more(browser: Browser, company: Client, number: str) -> None:
    line = {"description": "Backup", "quantity": "1", "unit_price": "10"}
    contract = {"client": company.pk, "number": number, "name": "B", "starts_on": "2026-03-01"}
    post(browser, "contracts", {**contract, "lines": [line]})
