"""Moving a contract with what is left of its blocks, as people do it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from billing.queries.blocks_left import blocks_left
from billing.tests.firm import bill, open_firm
from clients.models import Client, LegalEntity
from clients.tests.factories import ClientFactory
from contracts.models import Contract, ContractLine, PrepaidBlock
from contracts.tests.factories import ContractFactory, ContractLineFactory, PrepaidBlockFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 3, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def block() -> PrepaidBlock:
    """Twenty hours of a contract."""
    contract = ContractFactory.create()
    found: PrepaidBlock = PrepaidBlockFactory.create(
        client=contract.client, contract=contract, name="Twenty hours", quantity=1200,
        billed_elsewhere=True,
    )  # fmt: skip
    return found


@pytest.fixture
def seats() -> ContractLine:
    """Ten seats at 30.00 a month from 1 March, of ALPHA."""
    contract = ContractFactory.create(starts_on=date(2026, 3, 1), client__name="Alpha SA")
    found: ContractLine = ContractLineFactory.create(
        contract=contract, unit="user", unit_price=Decimal(30)
    )
    return found


@pytest.fixture
def sister() -> Client:
    """The sister company."""
    found: Client = ClientFactory.create(name="Sister SAS")
    return found


def page_of(contract: Contract) -> str:
    return reverse("billing:contract-transfer", args=[contract.pk])


def typed(sister: Client, **more: Any) -> dict[str, Any]:
    return {"client": str(sister.pk), "first_day": "2026-07-01", "number": "K9000", **more}


def test_what_is_left_of_a_block_is_offered_and_goes_along(
    as_accountant: Browser, block: PrepaidBlock, sister: Client
) -> None:
    assert block.contract is not None
    url = page_of(block.contract)

    page = as_accountant.get(url).content.decode()
    as_accountant.post(url, typed(sister, **{f"block_{block.pk}": "7:30"}))

    new = Contract.objects.get(number="K9000")
    (left,) = blocks_left(block.contract, LegalEntity.objects.current(), TODAY)
    assert 'href="/contracts/" aria-current="page"' in page
    assert "Goes along of Twenty hours" in page
    assert 'value="20"' in page
    assert new.prepaid_blocks.get().quantity == 450
    assert left.left == 750


def test_more_than_is_left_is_refused_with_what_is(
    as_accountant: Browser, block: PrepaidBlock, sister: Client
) -> None:
    assert block.contract is not None
    sent = typed(sister, **{f"block_{block.pk}": "20:01"})

    answer = as_accountant.post(page_of(block.contract), sent)

    assert (answer.status_code, Contract.objects.count()) == (422, 1)
    assert "Only 20 h are left." in answer.content.decode()


def test_a_refusal_stands_beside_its_field(
    as_accountant: Browser, block: PrepaidBlock, sister: Client
) -> None:
    assert block.contract is not None
    sent = typed(sister, first_day="2024-07-01")

    answer = as_accountant.post(page_of(block.contract), sent)

    assert answer.status_code == 422
    assert "must be in force on 1 Jul 2024 and the day before" in answer.content.decode()


def effect(browser: Browser, seats: ContractLine, **sent: Any) -> str:
    asked = {
        "effect_of": page_of(seats.contract),
        "effect_client": seats.contract.client_id,
        "effect_also_of": "client",
        "effect_day_of": "first_day",
        **sent,
    }
    return " ".join(browser.post(reverse("billing:effect"), asked).content.decode().split())


def test_the_preview_names_what_comes_back_and_what_the_other_client_owes(
    as_accountant: Browser, seats: ContractLine, sister: Client
) -> None:
    bill(TODAY)

    page = effect(as_accountant, seats, **typed(sister, first_day="2026-03-16"))

    # March is billed: 300.00 x 16/31 = 154.84 come back, and April's 300.00 are not owed any more.
    # There: the same 154.84 for the rest of March, and April.
    assert "Alpha SA" in page
    assert "-€154.84 instead of €300.00" in page
    assert "€454.84 instead of €0.00" in page
    assert "on what is due as of 1 Apr 2026: €300.00 instead of €300.00" in page
    assert Contract.objects.count() == 1


def test_the_preview_looks_as_far_as_the_day_that_is_typed(
    as_accountant: Browser, seats: ContractLine, sister: Client
) -> None:
    bill(TODAY)

    page = effect(as_accountant, seats, **typed(sister, first_day="2026-05-01"))

    # April and May, 300.00 each: May goes over.
    assert "on what is due as of 2 May 2026" in page
    assert "€300.00 instead of €600.00" in page
    assert "€300.00 instead of €0.00" in page


def test_without_the_other_client_the_preview_waits(
    as_accountant: Browser, seats: ContractLine
) -> None:
    assert "Fill in the form" in effect(as_accountant, seats, number="K9000")


def test_the_page_that_undoes_a_transfer_says_what_it_causes_and_does_it(
    as_accountant: Browser, seats: ContractLine, sister: Client
) -> None:
    bill(TODAY)
    as_accountant.post(page_of(seats.contract), typed(sister, first_day="2026-03-16"))
    new = Contract.objects.get(number="K9000")
    url = reverse("billing:contract-transfer-undo", args=[new.pk])
    terms = as_accountant.get(reverse("contracts:contract-terms", args=[new.pk]))
    page = as_accountant.get(url).content.decode()
    asked = {
        "effect_of": url,
        "effect_client": new.client_id,
        "effect_also_of": "client",
        "client": seats.contract.client_id,
    }

    effect = as_accountant.post(reverse("billing:effect"), asked).content.decode()
    as_accountant.post(url, {"client": seats.contract.client_id})

    assert url in terms.content.decode()
    assert f'value="{seats.contract.client_id}"' in page
    # There nothing instead of 454.84; here April instead of 154.84 back.
    assert "€0.00 instead of €454.84" in effect
    assert "€300.00 instead of -€154.84" in effect
    assert Contract.objects.get().last_day_on is None
