"""A contract goes on at another client through the API."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from billing.models import Charge
from billing.tests.drawn import drawn
from billing.tests.firm import bill, open_firm
from clients.models import Client
from clients.tests.factories import ClientFactory
from contracts.models import Contract, ContractLine, PrepaidBlock
from contracts.tests.factories import ContractFactory, ContractLineFactory, PrepaidBlockFactory
from tickets.tests.factories import TicketFactory

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


@pytest.fixture
def seats() -> ContractLine:
    """Ten seats at 30.00 a month since 1 March, billed through June."""
    found: ContractLine = ContractLineFactory.create(
        contract__starts_on=date(2026, 3, 1), unit="user", unit_price=Decimal(30)
    )
    bill(date(2026, 6, 20))
    return found


def effect(browser: Browser, seats: ContractLine, sister: Client, path: str, **body: Any) -> Any:
    asked = {
        "clients": sorted([seats.contract.client_id, sister.pk]),
        "as_of_on": "2026-07-01",
        "change": {"path": f"/api/v1/contract-transfers/{path}", "body": body},
    }
    answer = browser.post("/api/v1/effects/", json.dumps(asked), "application/json")
    assert answer.status_code == 200, answer.content
    return {one["client"]: (one["before"], one["after"]) for one in answer.json()["clients"]}


def test_what_a_transfer_causes_is_said_for_both_before_it_is_made(
    as_accountant: Browser, seats: ContractLine, sister: Client
) -> None:
    """From 16 June: 300.00 x 15/30 = 150.00 come back here and are owed there, and July there."""
    found = effect(
        as_accountant, seats, sister, "",
        contract=seats.contract_id, client=sister.pk, first_day="2026-06-16", number="K9000",
    )  # fmt: skip

    here, there = found[seats.contract.client_id], found[sister.pk]
    assert (here, there) == (("300.00", "-150.00"), ("0.00", "450.00"))
    assert Contract.objects.count() == 1


def moved(browser: Browser, seats: ContractLine, sister: Client) -> Contract:
    body = {
        "contract": seats.contract_id, "client": sister.pk, "first_day": "2026-06-16",
        "number": "K9000",
    }  # fmt: skip
    answer = browser.post("/api/v1/contract-transfers/", json.dumps(body), "application/json")
    return Contract.objects.get(pk=answer.json()["id"])


def undo(browser: Browser, contract: Contract, expect: int) -> Any:
    answer = browser.post(f"/api/v1/contract-transfers/{contract.pk}/undo/")
    assert answer.status_code == expect, answer.content
    return answer.json()


def test_a_transfer_is_undone_and_nothing_of_it_is_billed(
    as_accountant: Browser, seats: ContractLine, sister: Client
) -> None:
    new = moved(as_accountant, seats, sister)

    tried = effect(as_accountant, seats, sister, f"{new.pk}/undo/")
    old = undo(as_accountant, new, 200)
    bill(date(2026, 7, 1))

    assert tried[seats.contract.client_id] == ("-150.00", "300.00")
    assert (old["id"], old["client"]) == (seats.contract_id, seats.contract.client_id)
    assert Contract.objects.get().last_day_on is None
    drafts = Charge.objects.order_by("pk").values_list("amount", flat=True)
    # March to July, 300.00 each, and nothing back
    assert list(drafts) == [Decimal(300)] * 5


def test_a_transfer_under_which_something_is_billed_stays(
    as_accountant: Browser, seats: ContractLine, sister: Client
) -> None:
    new = moved(as_accountant, seats, sister)
    bill(date(2026, 7, 1))

    refused = undo(as_accountant, new, 409)["error"]

    assert refused["message"] == "K9000 is billed, or on a draft: discard the draft first."
    assert Contract.objects.get(pk=new.pk).lines.count() == 1
    assert Contract.objects.get(pk=seats.contract_id).end_kind == "transferred"


def test_a_transferred_contract_that_a_ticket_names_stays(
    as_accountant: Browser, seats: ContractLine, sister: Client
) -> None:
    new = moved(as_accountant, seats, sister)
    TicketFactory.create(client=sister, contract=new, contract_choice="contract")

    refused = undo(as_accountant, new, 409)["error"]

    assert refused["message"] == "Tickets or work name K9000: it stays."
    assert new.lines.count() == 1
