"""Prices of lines that were entered wrongly, put right or taken back through the API."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from contracts.models import ContractLine, LineVersion
from contracts.tests.factories import ContractLineFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 9, 1, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def line() -> ContractLine:
    """Ten at 25.00 since New Year 2025."""
    found: ContractLine = ContractLineFactory.create()
    return found


def send(browser: Browser, method: str, path: str, body: Any = None) -> Any:
    return browser.generic(
        method, f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json"
    )


def test_a_price_is_put_right_and_what_is_not_named_stays(
    line: ContractLine, as_accountant: Browser
) -> None:
    version = line.versions.get()

    answer = send(
        as_accountant, "PATCH", f"line-versions/{version.pk}/", {"unit_price": "26.50"}
    ).json()

    version.refresh_from_db()
    assert (version.unit_price, version.quantity) == (Decimal("26.50"), Decimal(10))
    assert (answer["line"], answer["unit_price"]) == (line.pk, "26.5000")


def test_a_later_change_is_taken_back_and_the_first_price_is_not(
    line: ContractLine, as_accountant: Browser
) -> None:
    first = line.versions.get()
    change = {"starts_on": "2026-10-01", "quantity": "12"}
    send(as_accountant, "POST", f"contract-lines/{line.pk}/change/", change)
    later = line.versions.get(starts_on=date(2026, 10, 1))

    gone = send(as_accountant, "DELETE", f"line-versions/{later.pk}/")
    kept = send(as_accountant, "DELETE", f"line-versions/{first.pk}/")

    assert (gone.status_code, kept.status_code) == (204, 409)
    assert "correct it instead" in kept.content.decode()
    assert LineVersion.objects.get() == first


def test_a_line_to_come_is_taken_back_and_one_that_has_begun_is_not(
    line: ContractLine, as_accountant: Browser
) -> None:
    later = ContractLineFactory.create(contract=line.contract, starts_on=date(2026, 9, 2))

    gone = send(as_accountant, "DELETE", f"contract-lines/{later.pk}/")
    kept = send(as_accountant, "DELETE", f"contract-lines/{line.pk}/")

    assert (gone.status_code, kept.status_code) == (204, 409)
    assert "end it instead" in kept.content.decode()
    assert ContractLine.objects.get() == line
