"""A contract goes on at another client through the API."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from billing.tests.drawn import drawn
from billing.tests.firm import open_firm
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.models import Contract, PrepaidBlock
from contracts.tests.factories import ContractFactory, PrepaidBlockFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 6, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def block() -> PrepaidBlock:
    """Ten hours of a contract, of which three paid for work in March."""
    contract = ContractFactory.create()
    found: PrepaidBlock = PrepaidBlockFactory.create(client=contract.client, contract=contract)
    drawn(found, 180, date(2026, 3, 12))
    return found


@pytest.fixture
def sister() -> Client:
    """The other client."""
    found: Client = ClientFactory.create(name="Sister SAS")
    return found


def transfer(
    browser: Browser, block: PrepaidBlock, client: Client, expect: int = 201, **more: Any
) -> Any:
    body = {
        "contract": block.contract_id, "client": client.pk, "first_day": "2026-07-01",
        "number": "K9000", **more,
    }  # fmt: skip
    answer = browser.post("/api/v1/contract-transfers/", json.dumps(body), "application/json")
    assert answer.status_code == expect, answer.content
    return answer.json()


def test_what_is_left_can_be_read_before(as_accountant: Browser, block: PrepaidBlock) -> None:
    answer = as_accountant.get(f"/api/v1/contract-transfers/{block.contract_id}/").json()

    (left,) = answer["blocks"]
    assert (left["block"], left["left"], left["offered"]) == (block.pk, "420.0000", "420.0000")


def test_all_that_is_left_goes_along_unless_it_is_said_otherwise(
    as_accountant: Browser, block: PrepaidBlock, sister: Client
) -> None:
    made = transfer(as_accountant, block, sister)

    block.refresh_from_db()
    new = Contract.objects.get(pk=made["id"])
    assert (made["client"], made["transferred_from"]) == (sister.pk, block.contract_id)
    assert (new.prepaid_blocks.get().quantity, block.moved_quantity) == (420, 420)


def test_as_much_goes_along_as_is_said(
    as_accountant: Browser, block: PrepaidBlock, sister: Client
) -> None:
    blocks = [{"block": block.pk, "quantity": "120"}]

    made = transfer(as_accountant, block, sister, blocks=blocks)

    assert Contract.objects.get(pk=made["id"]).prepaid_blocks.get().quantity == 120


def test_a_refusal_names_its_field_and_changes_nothing(
    as_accountant: Browser, block: PrepaidBlock, sister: Client
) -> None:
    more = [{"block": block.pk, "quantity": "421"}]

    too_much = transfer(as_accountant, block, sister, 409, blocks=more)["error"]
    too_soon = transfer(as_accountant, block, sister, 409, first_day="2024-01-01")["error"]

    assert "So much is not left any more" in too_much["message"]
    assert list(too_soon["fields"]) == ["first_day"]
    assert Contract.objects.count() == 1
