"""Programs cannot give a client a currency that documents cannot keep."""

import json

import pytest
from django.test import Client as Browser

from clients.models import Client
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("code", ["KWD", "XXQ"])
def test_a_currency_of_thousandths_or_none_at_all_is_refused(
    as_accountant: Browser, code: str
) -> None:
    client: Client = ClientFactory.create()

    answer = as_accountant.patch(
        f"/api/v1/clients/{client.pk}/", json.dumps({"currency": code}), "application/json"
    )

    client.refresh_from_db()
    assert (answer.status_code, client.currency) == (400, "EUR")
    assert answer.json()["error"]["fields"]["currency"] == [
        f"{code} cannot be used: amounts are kept with two decimals at most."
    ]


def test_a_currency_without_cents_is_accepted(as_accountant: Browser) -> None:
    client: Client = ClientFactory.create()

    answer = as_accountant.patch(
        f"/api/v1/clients/{client.pk}/", json.dumps({"currency": "JPY"}), "application/json"
    )

    client.refresh_from_db()
    assert (answer.status_code, client.currency) == (200, "JPY")
