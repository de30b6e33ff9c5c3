"""Increases through the API: clauses, indexes, the list of what is due, decisions."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from clients.tests.factories import LegalEntityFactory
from contracts.models import ContractLine, Indexation, IndexationClause, IndexTable, IndexValue
from contracts.tests.factories import ContractLineFactory, LineVersionFactory
from contracts.tests.indexing import five_percent, index_of, prices, with_index

pytestmark = pytest.mark.django_db(transaction=True)
OCTOBERS = {date(2025, 10, 1): "110.50"}


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 2, 1, 10, tzinfo=UTC), tick=False):
        LegalEntityFactory.create()
        yield


@pytest.fixture
def line() -> ContractLine:
    """One at 1,000.00 a month since New Year 2025."""
    found: ContractLine = ContractLineFactory.create(quantity=1, unit_price=Decimal(1000))
    return found


def send(browser: Browser, method: str, path: str, body: Any = None, expect: int = 200) -> Any:
    text = "" if body is None else json.dumps(body)
    answer = browser.generic(method, f"/api/v1/{path}", text, "application/json")
    assert answer.status_code == expect, answer.content
    return answer.json() if answer.content else None


def test_an_index_takes_values_and_corrects_them(as_administrator: Browser) -> None:
    made = send(as_administrator, "POST", "price-indexes/", {"name": "Syntec"}, 201)
    path = f"price-indexes/{made['id']}/values/"
    first = [{"month_on": "2025-10-14", "value": "110.50"}]
    second = [*first, {"month_on": "2025-11-01", "value": "110.80"}]

    send(
        as_administrator, "POST", path, {"values": [{"month_on": "2025-10-01", "value": "110.40"}]}
    )
    done = send(as_administrator, "POST", path, {"values": second})

    assert done == {"added": 1, "changed": 1}
    assert send(as_administrator, "GET", path) == [
        {"month_on": "2025-11-01", "value": "110.8000"},
        {"month_on": "2025-10-01", "value": "110.5000"},
    ]


def test_with_one_wrong_value_nothing_is_entered(as_administrator: Browser) -> None:
    index = IndexTable.objects.create(name="Syntec")
    values = [
        {"month_on": "2025-10-01", "value": "110.50"},
        {"month_on": "2025-11-01", "value": "0"},
    ]

    send(as_administrator, "POST", f"price-indexes/{index.pk}/values/", {"values": values}, 400)

    assert not IndexValue.objects.exists()


def test_a_clause_takes_its_base_from_the_index(as_accountant: Browser, line: ContractLine) -> None:
    index = index_of({date(2024, 10, 1): "105.65"})
    body = {
        "contract": line.contract_id, "kind": "index", "table": index.pk, "percent": "5",
        "base_month_on": "2024-10-31", "lag_months": 3, "first_on": "2026-01-01",
    }  # fmt: skip

    made = send(as_accountant, "POST", "indexation-clauses/", body, 201)

    assert (made["base_month_on"], made["base_value"]) == ("2024-10-01", "105.6500")
    assert made["percent"] is None


@pytest.mark.parametrize(("kind", "field"), [("percent", "percent"), ("index", "table")])
def test_a_clause_says_what_it_lacks(
    kind: str, field: str, as_accountant: Browser, line: ContractLine
) -> None:
    body = {"contract": line.contract_id, "kind": kind, "first_on": "2026-01-01"}

    error = send(as_accountant, "POST", "indexation-clauses/", body, 400)["error"]

    assert list(error["fields"]) == [field]
    assert not IndexationClause.objects.exists()


def test_the_list_shows_old_and_new_price_and_does_nothing(
    as_accountant: Browser, line: ContractLine
) -> None:
    with_index(line.contract, index_of(OCTOBERS))

    found = send(as_accountant, "GET", f"indexations/due/?contract={line.contract_id}")

    (step,) = found["steps"]
    (raised,) = step["lines"]
    assert (step["effective_on"], step["value"], step["is_ready"]) == (
        "2026-01-01", "110.5000", True,
    )  # fmt: skip
    # 1,000.00 x 110.50 / 105.65 = 1,045.9063
    assert (raised["old"][0], raised["new"][0]) == ("1000.0000", "1045.9100")
    assert raised["arithmetic"] == ["1,000.00 × 110.5 / 105.65 = 1,045.91"]
    assert step["monthly"] == "45.9100"
    assert not Indexation.objects.exists()


def test_a_step_is_applied_once_and_taken_back(as_accountant: Browser, line: ContractLine) -> None:
    clause = five_percent(line.contract)
    body = {"clause": clause.pk, "effective_on": "2026-01-01"}

    made = send(as_accountant, "POST", "indexations/apply/", body, 201)
    raised = prices(line)
    error = send(as_accountant, "POST", "indexations/apply/", body, 409)["error"]
    send(as_accountant, "DELETE", f"indexations/{made['id']}/", expect=204)

    assert made["is_applied"]
    assert raised[-1] == ("2026-01-01", "1", "1050.00")
    assert "has no undecided increase on 1 Jan 2026" in error["message"]
    assert prices(line) == [("2025-01-01", "1", "1000.00")]


def test_what_cannot_be_worked_out_says_why_and_is_not_applied(
    as_accountant: Browser, line: ContractLine
) -> None:
    clause = with_index(line.contract, index_of({}))
    body = {"clause": clause.pk, "effective_on": "2026-01-01"}

    (step,) = send(as_accountant, "GET", "indexations/due/")["steps"]
    send(as_accountant, "POST", "indexations/apply/", body, 409)

    assert (step["is_ready"], step["lines"][0]["obstacle"]) == (False, "no_value")
    assert step["lines"][0]["reason"] == "Consumer prices has no value for October 2025 yet."
    assert not Indexation.objects.exists()


def test_a_step_is_left_out(as_accountant: Browser, line: ContractLine) -> None:
    clause = five_percent(line.contract)
    body = {"clause": clause.pk, "effective_on": "2026-01-01"}

    made = send(as_accountant, "POST", "indexations/leave-out/", body, 201)

    assert not made["is_applied"]
    assert send(as_accountant, "GET", "indexations/due/")["steps"] == []
    assert prices(line) == [("2025-01-01", "1", "1000.00")]


def test_a_price_agreed_by_hand_gets_a_new_base(as_accountant: Browser, line: ContractLine) -> None:
    clause = with_index(line.contract, index_of({**OCTOBERS, date(2025, 6, 1): "108.00"}))
    LineVersionFactory.create(
        line=line, starts_on=date(2025, 7, 1), quantity=1, unit_price=Decimal(1100)
    )
    body = {"line": line.pk, "starts_on": "2025-07-01", "month_on": "2025-06-01"}

    changed = send(as_accountant, "POST", f"indexation-clauses/{clause.pk}/base/", body)
    (step,) = send(as_accountant, "GET", "indexations/due/")["steps"]

    assert changed["bases"][0]["value"] == "108.0000"
    # 1,100.00 x 110.50 / 108.00 = 1,125.4630
    assert step["lines"][0]["new"][0] == "1125.4600"
    assert step["lines"][0]["obstacle"] == ""


def test_a_base_that_no_month_gives_is_refused(as_accountant: Browser, line: ContractLine) -> None:
    clause = with_index(line.contract, index_of(OCTOBERS))
    body = {"line": line.pk, "starts_on": "2025-07-01", "month_on": "2025-06-01"}

    error = send(as_accountant, "POST", f"indexation-clauses/{clause.pk}/base/", body, 409)["error"]

    assert "no value of this month" in error["message"]
    assert not clause.bases.exists()
