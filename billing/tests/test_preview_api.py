"""Previews through the API: asked, answered by the engine of the run, never written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from billing.models import Charge, Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.firm import bill, busy_client, open_firm
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.models import Contract, ContractLine, LineVersion, PlanRevision
from contracts.tests.factories import (
    ContractFactory,
    ContractLineFactory,
    CoverageRuleFactory,
    PlanCoverageFactory,
    PlanLineFactory,
    PlanRevisionFactory,
    published,
)
from tickets.models import TimeCorrection, TimeEntry
from tickets.tests.factories import TimeEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)
JSON = "application/json"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 3, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def seats() -> ContractLine:
    """Ten seats at 30.00 a month from 1 March."""
    contract = ContractFactory.create(starts_on=date(2026, 3, 1))
    found: ContractLine = ContractLineFactory.create(
        contract=contract, unit="user", unit_price=Decimal(30)
    )
    return found


@pytest.fixture
def billed() -> TimeEntry:
    """An hour at 84.00 that stands on an issued invoice."""
    entry: TimeEntry = TimeEntryFactory.create(minutes=60)
    bill(date(2026, 3, 20))
    drafts = list(Invoice.objects.values_list("pk", flat=True))
    issue_invoices(invoice_ids=drafts, issued_on=date(2026, 3, 20), actor=None)
    return entry


def get(browser: Browser, path: str, expect: int = 200) -> Any:
    answer = browser.get(f"/api/v1/{path}")
    assert answer.status_code == expect, answer.content
    return answer.json()


def post(browser: Browser, path: str, body: dict[str, Any], expect: int = 200) -> Any:
    answer = browser.post(f"/api/v1/{path}/", body, content_type=JSON)
    assert answer.status_code == expect, answer.content
    return answer.json()


def seats_changed(line: ContractLine, **body: Any) -> dict[str, Any]:
    sent = {"starts_on": "2026-03-20", "quantity": "13", "unit_price": "30", **body}
    path = f"/api/v1/contract-lines/{line.pk}/change/"
    return {"clients": [line.contract.client_id], "change": {"path": path, "body": sent}}


def test_the_next_invoice_is_what_the_run_bills(
    seats: ContractLine, as_accountant: Browser
) -> None:
    shown = get(as_accountant, f"next-invoices/{seats.contract.client_id}/")

    bill(date(2026, 4, 1))
    # March and April, 2 x 10 x 30.00 = 600.00, as of the next billing day; 20 % of tax.
    assert (shown["as_of_on"], shown["net"], shown["total"]) == ("2026-04-01", "600.00", "720.00")
    assert Invoice.objects.get().net == Decimal("600.00")
    (section,) = shown["sections"]
    march, _april = section["lines"]
    assert (march["starts_on"], march["last_day_on"]) == ("2026-03-01", "2026-03-31")
    assert (march["quantity"], march["amount"]) == ("10.0000", "300.00")


def test_the_next_invoice_can_be_asked_for_as_of_a_day(
    seats: ContractLine, as_accountant: Browser
) -> None:
    path = f"next-invoices/{seats.contract.client_id}/?as_of_on="

    assert get(as_accountant, f"{path}2026-03-20")["net"] == "300.00"
    assert list(get(as_accountant, f"{path}tomorrow", 400)["error"]["fields"]) == ["as_of_on"]


def test_a_client_that_is_not_there_has_no_next_invoice(as_accountant: Browser) -> None:
    assert get(as_accountant, "next-invoices/999999/", 404)["error"]["code"] == "not_found"


@pytest.fixture
def plan() -> PlanRevision:
    """25.00 a device."""
    return published(PlanLineFactory.create(revision=PlanRevisionFactory.create()).revision)


def asked(client: Client, revision: PlanRevision, **more: Any) -> dict[str, Any]:
    return {
        "client": client.pk,
        "revision": revision.pk,
        "first_on": "2026-03-15",
        "months": 1,
        **more,
    }


def test_a_past_month_is_compared_with_a_plan_entry_by_entry(as_accountant: Browser) -> None:
    entry = TimeEntryFactory.create(minutes=37)
    revision = PlanRevisionFactory.create()
    line = PlanLineFactory.create(revision=revision)
    PlanCoverageFactory.create(revision=revision, work_type=entry.work_type)
    quantities = [{"plan_line": line.pk, "quantity": "4"}]
    question = asked(entry.ticket.client, published(revision), quantities=quantities)

    answer = post(as_accountant, "what-if", question)

    # 4 devices at 25.00 instead of 45 min billed of 37 at 84.00 an hour
    assert answer["total"] == {"actual": "63.00", "plan": "100.00", "difference": "37.00"}
    (march,) = answer["months"]
    assert (march["month"], march["fixed"]["plan"]) == ("2026-03-01", "100.00")
    (work,) = answer["works"]
    assert (work["worked_on"], work["treatment"]) == ("2026-03-10", "covered")
    assert work["sides"] == {"actual": "63.00", "plan": "0.00", "difference": "-63.00"}
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"months": 0}, "months"),
        ({"first_on": "March"}, "first_on"),
        ({"quantities": [{"plan_line": 999_999, "quantity": "4"}]}, "quantities"),
        ({"client": 999_999}, "client"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_its_field(
    wrong: dict[str, Any], field: str, plan: PlanRevision, as_accountant: Browser
) -> None:
    question = asked(ClientFactory.create(), plan) | wrong

    assert list(post(as_accountant, "what-if", question, 400)["error"]["fields"]) == [field]


def test_a_line_of_another_plan_and_a_plan_in_preparation_are_refused(
    plan: PlanRevision, as_accountant: Browser
) -> None:
    client, other = ClientFactory.create(), PlanLineFactory.create()
    strange = [{"plan_line": other.pk, "quantity": "1"}]

    error = post(as_accountant, "what-if", asked(client, plan, quantities=strange), 400)["error"]
    unpublished = post(as_accountant, "what-if", asked(client, other.revision), 400)["error"]

    assert error["fields"]["quantities"] == [f"The plan has no line {other.pk}."]
    assert list(unpublished["fields"]) == ["revision"]


def test_a_change_in_a_billed_month_shows_its_exact_correction_and_is_not_made(
    seats: ContractLine, as_accountant: Browser
) -> None:
    bill(date(2026, 3, 20))

    effect = post(as_accountant, "effects", seats_changed(seats))

    # 3 more seats for 12 of 31 days: 3 x 30 x 12 / 31 = 34.84; April 13 x 30 instead of 10 x 30.
    assert (effect["before"], effect["after"], effect["amount"]) == ("300.00", "424.84", "124.84")
    differences = [(one["before"] is None, one["amount"]) for one in effect["differences"]]
    assert sorted(differences) == [(False, "90.00"), (True, "34.84")]
    assert LineVersion.objects.count() == 1
    assert Charge.objects.count() == 1


def test_what_the_change_itself_is_refused_for_is_answered(
    seats: ContractLine, as_accountant: Browser
) -> None:
    invalid = post(as_accountant, "effects", seats_changed(seats, quantity="many"), 400)
    refused = post(as_accountant, "effects", seats_changed(seats, starts_on="2026-02-01"), 409)

    assert list(invalid["error"]["fields"]) == ["quantity"]
    assert refused["error"]["code"] == "refused"
    assert LineVersion.objects.count() == 1


def test_only_what_changes_what_is_owed_can_be_tried(
    seats: ContractLine, as_accountant: Browser
) -> None:
    clients = [seats.contract.client_id]

    def trying(path: str, method: str = "POST") -> dict[str, Any]:
        return {"clients": clients, "change": {"path": path, "method": method}}

    post(as_accountant, "effects", trying("/api/v1/billing-runs/"), 403)
    post(as_accountant, "effects", trying("/contracts/new/"), 403)
    post(as_accountant, "effects", trying("/api/v1/nothing/"), 404)
    post(as_accountant, "effects", trying("/api/v1/contracts/", "GET"), 400)
    post(as_accountant, "effects", {**seats_changed(seats), "clients": []}, 400)


def test_whoever_may_not_see_charges_asks_for_no_effects(
    seats: ContractLine, as_technician: Browser
) -> None:
    post(as_technician, "effects", seats_changed(seats), 403)


def test_taking_billed_time_back_shows_its_credit_first(
    billed: TimeEntry, as_accountant: Browser
) -> None:
    path = f"time-entries/{billed.pk}/take-back"
    body = {"minutes": 15, "reason": "wrong ticket"}
    trial = {"clients": [billed.ticket.client_id], "as_of_on": "2026-04-01"}

    effect = post(
        as_accountant, "effects", {**trial, "change": {"path": f"/api/v1/{path}/", "body": body}}
    )
    tried = TimeCorrection.objects.count()
    made = post(as_accountant, path, body, 201)

    assert (effect["amount"], tried) == ("-21.00", 0)
    (difference,) = effect["differences"]
    assert (difference["after"]["kind"], difference["amount"]) == ("adjustment", "-21.00")
    assert (made["minutes"], made["found_on"]) == (15, "2026-03-20")
    assert get(as_accountant, "time-corrections/")["results"] == [made]


def test_more_than_was_billed_and_unbilled_time_are_not_taken_back(
    billed: TimeEntry, as_accountant: Browser
) -> None:
    unbilled = TimeEntryFactory.create(minutes=30)
    body = {"minutes": 61, "reason": "wrong ticket"}

    error = post(as_accountant, f"time-entries/{billed.pk}/take-back", body, 409)["error"]
    early = post(as_accountant, f"time-entries/{unbilled.pk}/take-back", body, 409)["error"]

    assert error["fields"] == {"minutes": ["Of this entry 60 minutes are left to take back."]}
    assert early["message"] == "This time is on no invoice yet: correct it instead."
    assert not TimeCorrection.objects.exists()


@pytest.fixture
def torn() -> TimeEntry:
    """37 minutes that two contracts include."""
    client = busy_client()
    entry = TimeEntry.objects.get()
    for name in ("Silver", "Gold"):
        contract = ContractFactory.create(client=client, name=name)
        CoverageRuleFactory.create(contract=contract, work_type=entry.work_type)
    return entry


def test_work_that_waits_is_listed_with_its_candidates_and_decided(
    torn: TimeEntry, as_accountant: Browser
) -> None:
    silver = Contract.objects.get(name="Silver")
    (row,) = get(as_accountant, "work-decisions/")["results"]

    decided = post(as_accountant, f"work-decisions/{torn.pk}/decide", {"contract": silver.pk})

    assert (row["id"], row["ticket"], row["minutes"]) == (torn.pk, torn.ticket_id, 37)
    assert silver.pk in [candidate["contract"] for candidate in row["candidates"]]
    assert len(row["candidates"]) == 2
    assert (decided["contract_choice"], decided["contract"]) == ("contract", silver.pk)
    assert get(as_accountant, "work-decisions/")["count"] == 0


def test_no_contract_can_be_said_of_the_whole_ticket(
    torn: TimeEntry, as_accountant: Browser
) -> None:
    body = {"contract": None, "for_whole_ticket": True}

    decided = post(as_accountant, f"work-decisions/{torn.pk}/decide", body)

    assert (decided["contract_choice"], decided["ticket_contract_choice"]) == ("automatic", "none")
    assert get(as_accountant, "work-decisions/")["results"] == []


def test_another_clients_contract_cannot_be_chosen(torn: TimeEntry, as_accountant: Browser) -> None:
    foreign = ContractFactory.create()

    refused = post(as_accountant, f"work-decisions/{torn.pk}/decide", {"contract": foreign.pk}, 409)
    post(as_accountant, f"work-decisions/{torn.pk}/decide", {"contract": "gold"}, 400)
    post(as_accountant, "work-decisions/999999/decide", {"contract": None}, 404)

    assert refused["error"]["message"]
    torn.refresh_from_db()
    assert torn.contract_choice == "automatic"
