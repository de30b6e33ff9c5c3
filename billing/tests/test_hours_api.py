"""Hours through the API: agree, sell, read what is left and what it paid for."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from billing.operations.issue_invoices import issue_invoices
from billing.tests.drawn import drawn
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from clients.tests.factories import ClientFactory
from contracts.models import Allowance, PrepaidBlock
from contracts.tests.factories import AllowanceFactory, ContractFactory, PrepaidBlockFactory

pytestmark = pytest.mark.django_db(transaction=True)
JSON = "application/json"
NOON = datetime(2026, 4, 1, 10, tzinfo=UTC)
MARCH_12 = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(NOON, tick=False):
        open_firm()
        yield


def post(browser: Browser, path: str, body: dict[str, Any], expect: int = 201) -> Any:
    answer = browser.post(f"/api/v1/{path}/", body, content_type=JSON)
    assert answer.status_code == expect, answer.content
    return answer.json()


def test_hours_are_agreed_changed_and_ended(as_accountant: Browser) -> None:
    contract = ContractFactory.create(starts_on=date(2026, 1, 1))
    terms = {"name": "Support", "minutes": 600, "work_types": []}

    made = post(as_accountant, "allowances", {"contract": contract.pk, **terms})
    path = f"allowances/{made['id']}"
    change = {**terms, "minutes": 720, "starts_on": "2026-05-01"}
    changed = post(as_accountant, f"{path}/change", change)
    ended = post(
        as_accountant, f"allowances/{changed['id']}/end", {"last_day_on": "2026-12-31"}, 200
    )

    assert (made["starts_on"], made["rollover"]) == ("2026-01-01", "none")
    assert (changed["minutes"], changed["starts_on"]) == (720, "2026-05-01")
    assert ended["last_day_on"] == "2026-12-31"
    assert Allowance.objects.get(pk=made["id"]).last_day_on == date(2026, 4, 30)


def test_a_refusal_names_the_field_and_changes_nothing(as_accountant: Browser) -> None:
    allowance = AllowanceFactory.create(starts_on=date(2026, 3, 1))
    change = {"name": "Support", "minutes": 720, "starts_on": "2026-05-15", "work_types": []}

    error = post(as_accountant, f"allowances/{allowance.pk}/change", change, 409)["error"]

    assert error["code"] == "refused"
    assert "on 1 May 2026 or on 1 Jun 2026" in error["message"]
    assert list(error["fields"]) == ["starts_on"]
    assert Allowance.objects.count() == 1


def test_an_allowance_is_removed_while_nothing_was_drawn(as_accountant: Browser) -> None:
    allowance = AllowanceFactory.create()
    url = f"/api/v1/allowances/{allowance.pk}/"
    drawn(allowance, 60, MARCH_12)

    refused = as_accountant.delete(url)

    assert refused.status_code == 409
    assert Allowance.objects.exists()


def test_a_block_is_sold_and_cancelled(as_accountant: Browser) -> None:
    client = ClientFactory.create()
    sale = {
        "client": client.pk,
        "name": "10 hours",
        "unit": "minutes",
        "quantity": "600",
        "price": "950",
        "sold_on": "2026-04-01",
        "work_types": [],
    }

    sold = post(as_accountant, "prepaid-blocks", sale)
    cancelled = post(as_accountant, f"prepaid-blocks/{sold['id']}/cancel", {}, 200)
    error = post(as_accountant, "prepaid-blocks", {**sale, "quantity": "0"}, 409)["error"]

    assert (sold["starts_on"], sold["quantity"]) == ("2026-04-01", "600.0000")
    assert cancelled["cancelled_on"] == "2026-04-01"
    assert list(error["fields"]) == ["quantity"]
    assert PrepaidBlock.objects.count() == 1


def test_the_weights_of_a_contract_are_set_together(as_accountant: Browser) -> None:
    contract = ContractFactory.create()
    body = {"contract": contract.pk, "weights": [{"factor": "2.00"}]}

    post(as_accountant, "draw-weights", body, 200)

    rows = as_accountant.get(f"/api/v1/draw-weights/?contract={contract.pk}").json()["results"]
    assert rows == [{"work_type": None, "work_role": None, "factor": "2.00"}]


def test_a_clients_hours_are_read_month_by_month(as_accountant: Browser) -> None:
    allowance = AllowanceFactory.create(starts_on=date(2026, 3, 1), rolling=True)
    drawn(allowance, 360, MARCH_12)
    PrepaidBlockFactory.create()
    client_id = allowance.contract.client_id

    body = as_accountant.get(f"/api/v1/hour-balances/?id={client_id}").json()
    alone = as_accountant.get(f"/api/v1/hour-balances/{client_id}/").json()

    assert body["results"] == [alone]
    assert (alone["client"], alone["through_on"]) == (client_id, "2026-04-01")
    (hours,) = alone["hours"]
    assert (hours["kind"], hours["id"], hours["state"]) == ("allowance", allowance.pk, "enough")
    assert (hours["at_hand"], hours["left"]) == ("840.0000", "840.0000")
    march, april = hours["months"]
    assert [march[key] for key in ("granted", "drawn", "expired", "left")] == [
        "600.0000",
        "360.0000",
        "0.0000",
        "240.0000",
    ]
    assert (april["carried_in"], april["starts_on"]) == ("240.0000", "2026-04-01")


def test_draws_are_read_by_the_hours_they_were_taken_from(as_accountant: Browser) -> None:
    block = PrepaidBlockFactory.create()
    drawn(block, 60, MARCH_12)
    drawn(PrepaidBlockFactory.create(), 60, MARCH_12)

    (row,) = as_accountant.get(f"/api/v1/hour-draws/?claims__drawn_block={block.pk}").json()[
        "results"
    ]

    assert (row["prepaid_block"], row["quantity"]) == (block.pk, "60.0000")
    assert (row["worked_on"], row["allowance"], row["invoice"]) == ("2026-03-12", None, None)


def test_a_contact_reads_their_own_hours_and_draws_on_issued_invoices(
    client_contact: User, outsider: User, sign_in: Any
) -> None:
    company = client_contact.contact.client
    block = PrepaidBlockFactory.create(client=company)
    draft = DraftFactory.create(client=company)
    drawn(block, 60, MARCH_12, invoice=draft)
    theirs, others = sign_in(client_contact), sign_in(outsider)

    before = theirs.get("/api/v1/hour-draws/").json()["count"]
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 4, 1), actor=None)

    (row,) = theirs.get("/api/v1/hour-balances/").json()["results"]
    assert (row["client"], row["hours"][0]["left"]) == (company.pk, "540.0000")
    assert (before, theirs.get("/api/v1/hour-draws/").json()["count"]) == (0, 1)
    assert others.get("/api/v1/hour-balances/").json()["results"] == []
    assert others.get("/api/v1/hour-draws/").json()["count"] == 0
    assert Decimal(row["hours"][0]["at_hand"]) == 600


def test_the_warning_of_a_block_is_changed_within_what_makes_sense(as_accountant: Browser) -> None:
    block = PrepaidBlockFactory.create(quantity=Decimal(600), low_balance=None, tops_up=False)
    path = f"/api/v1/prepaid-blocks/{block.pk}/"

    done = as_accountant.patch(path, {"low_balance": "120", "tops_up": True}, content_type=JSON)
    beyond = as_accountant.patch(path, {"low_balance": "600"}, content_type=JSON)
    blind = as_accountant.patch(path, {"low_balance": None}, content_type=JSON)

    assert (done.status_code, beyond.status_code, blind.status_code) == (200, 400, 400)
    block.refresh_from_db()
    assert (block.low_balance, block.tops_up) == (Decimal(120), True)


def test_hours_are_renamed_and_warned_of(as_accountant: Browser) -> None:
    allowance = AllowanceFactory.create(name="Support")
    body = {"name": "Care", "low_balance_minutes": 90}

    as_accountant.patch(f"/api/v1/allowances/{allowance.pk}/", body, content_type=JSON)

    allowance.refresh_from_db()
    assert (allowance.name, allowance.low_balance_minutes) == ("Care", 90)
