"""Terms, notice, pauses and the end of contracts through the API."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from clients.tests.factories import LegalEntityFactory
from contracts.models import Contract, ContractLine, ContractPause
from contracts.tests.factories import ContractLineFactory
from contracts.tests.indexing import prices

pytestmark = pytest.mark.django_db(transaction=True)
JSON = "application/json"
WHY = {"end_kind": "churned", "reason": "Merged with another firm"}


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 9, 1, 10, tzinfo=UTC), tick=False):
        LegalEntityFactory.create()
        yield


@pytest.fixture
def line() -> ContractLine:
    """Ten at 25.00 since New Year 2025."""
    found: ContractLine = ContractLineFactory.create()
    return found


@pytest.fixture
def yearly(line: ContractLine, as_accountant: Browser) -> ContractLine:
    """Renews by itself every New Year unless 90 days before."""
    agreed = {"renewal_kind": "automatic", "term_months": 12, "notice_days": 90}
    send(as_accountant, "PUT", f"contract-terms/{line.contract_id}/", agreed)
    return line


def send(browser: Browser, method: str, path: str, body: Any = None, expect: int = 200) -> Any:
    text = "" if body is None else json.dumps(body)
    answer = browser.generic(method, f"/api/v1/{path}", text, JSON)
    assert answer.status_code == expect, answer.content
    return answer.json() if answer.content else None


def test_a_term_is_agreed_and_tells_its_days(as_accountant: Browser, yearly: ContractLine) -> None:
    term = send(as_accountant, "GET", f"contract-terms/{yearly.contract_id}/")

    # 31 December less 90 whole days
    assert (term["term_ends_on"], term["last_notice_on"]) == ("2026-12-31", "2026-10-02")
    assert (term["next_term_ends_on"], term["renewals"]) == ("2027-12-31", [])


def test_a_renewal_without_a_term_is_refused(as_accountant: Browser, line: ContractLine) -> None:
    path = f"contract-terms/{line.contract_id}/"

    error = send(as_accountant, "PUT", path, {"renewal_kind": "manual"}, 400)["error"]

    assert error["fields"] == {"term_months": ["A contract that renews needs a term."]}
    assert Contract.objects.get().renewal_kind == "none"


def test_a_term_is_renewed_once_with_its_increase(
    as_accountant: Browser, yearly: ContractLine
) -> None:
    path = f"contract-terms/{yearly.contract_id}/renew/"
    body = {"term_ends_on": "2026-12-31", "uplift": "3.00", "note": "By phone"}

    renewed = send(as_accountant, "POST", path, body)
    error = send(as_accountant, "POST", path, body, 409)["error"]
    (listed,) = send(as_accountant, "GET", "renewals/")["results"]

    assert renewed["term_ends_on"] == "2027-12-31"
    assert prices(yearly)[-1] == ("2027-01-01", "10", "25.75")  # 25.00 x 1.03
    assert "has been renewed already: its term ends on 31 Dec 2027" in error["message"]
    assert (listed["decision"], listed["uplift"], listed["note"]) == ("renewed", "3.00", "By phone")


def test_notice_ends_the_contract_with_its_term_and_can_be_withdrawn(
    as_accountant: Browser, yearly: ContractLine
) -> None:
    path = f"contract-terms/{yearly.contract_id}/"
    notice = {"received_on": "2026-10-02", **WHY}

    ended = send(as_accountant, "POST", f"{path}notice/", notice)
    twice = send(as_accountant, "POST", f"{path}notice/", notice, 409)["error"]
    again = send(as_accountant, "POST", f"{path}withdraw-notice/")

    assert (ended["last_day_on"], ended["end_kind"]) == ("2026-12-31", "churned")
    assert twice["message"] == "Notice was received on 2 Oct 2026 already."
    assert (again["last_day_on"], again["end_kind"], again["renewals"]) == (None, "", [])


def test_the_firm_ends_a_term_and_must_say_why(
    as_accountant: Browser, yearly: ContractLine
) -> None:
    path = f"contract-terms/{yearly.contract_id}/end/"

    error = send(as_accountant, "POST", path, {"end_kind": "firm"}, 400)["error"]
    ended = send(as_accountant, "POST", path, {"end_kind": "firm", "reason": "Never pays"})

    assert list(error["fields"]) == ["reason"]
    assert (ended["last_day_on"], ended["end_kind"]) == ("2026-12-31", "firm")
    assert ended["renewals"][0]["decision"] == "ended"


def test_an_end_names_its_kind_and_its_reason(as_accountant: Browser, line: ContractLine) -> None:
    path = f"contracts/{line.contract_id}/end/"
    body = {"last_day_on": "2026-09-30", "end_kind": "replaced", "reason": "Gold follows"}

    ended = send(as_accountant, "POST", path, body)

    assert (ended["last_day_on"], ended["end_kind"]) == ("2026-09-30", "replaced")
    assert ended["end_reason"] == "Gold follows"


def test_an_end_without_a_kind_or_by_transfer_is_refused(
    as_accountant: Browser, line: ContractLine
) -> None:
    path = f"contracts/{line.contract_id}/end/"
    day = {"last_day_on": "2026-09-30"}

    bare = send(as_accountant, "POST", path, day, 400)["error"]
    moved = {**day, "end_kind": "transferred", "reason": "Moved"}
    foreign = send(as_accountant, "POST", path, moved, 400)["error"]

    assert bare["fields"] == {
        "end_kind": ["Say why the contract ends."],
        "reason": ["Say why the contract ends."],
    }
    assert list(foreign["fields"]) == ["end_kind"]
    assert Contract.objects.get().last_day_on is None


def test_a_contract_runs_on_without_a_day(as_accountant: Browser, line: ContractLine) -> None:
    path = f"contracts/{line.contract_id}/end/"
    send(as_accountant, "POST", path, {"last_day_on": "2026-09-30", **WHY})

    again = send(as_accountant, "POST", path, {"last_day_on": None})

    assert (again["last_day_on"], again["end_kind"], again["end_reason"]) == (None, "", "")


def test_a_pause_is_agreed_moved_and_ended(as_accountant: Browser, line: ContractLine) -> None:
    body = {"contract": line.contract_id, "starts_on": "2026-08-01", "reason": "Rebuilding"}

    made = send(as_accountant, "POST", "contract-pauses/", body, 201)
    path = f"contract-pauses/{made['id']}/"
    moved = send(as_accountant, "PATCH", path, {"starts_on": "2026-08-10"})
    resumed = send(as_accountant, "POST", f"{path}resume/", {"resumes_on": "2026-09-01"})
    send(as_accountant, "DELETE", path, expect=204)

    assert made["last_day_on"] is None
    assert (moved["starts_on"], moved["reason"]) == ("2026-08-10", "Rebuilding")
    assert resumed["last_day_on"] == "2026-08-31"
    assert not ContractPause.objects.exists()


def test_days_that_are_taken_are_refused_beside_their_field(
    as_accountant: Browser, line: ContractLine
) -> None:
    body = {"contract": line.contract_id, "starts_on": "2026-08-01", "reason": "Rebuilding"}
    send(as_accountant, "POST", "contract-pauses/", body, 201)

    error = send(as_accountant, "POST", "contract-pauses/", body, 409)["error"]

    assert error["code"] == "refused"
    assert list(error["fields"]) == ["starts_on"]
    assert ContractPause.objects.count() == 1


def test_what_is_to_be_decided_is_listed_by_day(
    as_accountant: Browser, yearly: ContractLine
) -> None:
    found = send(as_accountant, "GET", "contract-decisions/?until=2026-12-31&kind=renewal")
    none = send(as_accountant, "GET", "contract-decisions/?until=2026-10-01")

    (one,) = found["decisions"]
    assert (one["on"], one["kind"], one["client"]) == (
        "2026-10-02", "renewal", yearly.contract.client_id,
    )  # fmt: skip
    assert one["opens_on"] == "2026-08-03"  # 60 days before
    assert (found["is_cut"], none["decisions"]) == (False, [])


def test_a_kind_that_there_is_not_is_refused(as_accountant: Browser) -> None:
    error = send(as_accountant, "GET", "contract-decisions/?kind=lunch", expect=400)["error"]

    assert list(error["fields"]) == ["kind"]


def test_a_term_does_not_change_by_rewording_the_contract(
    as_accountant: Browser, line: ContractLine
) -> None:
    path = f"contracts/{line.contract_id}/"

    send(as_accountant, "PATCH", path, {"name": "Care", "renewal_kind": "manual"})

    contract = Contract.objects.get()
    assert (contract.name, contract.renewal_kind) == ("Care", "none")
    assert date(2026, 9, 1) in contract.term
