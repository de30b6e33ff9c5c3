"""Purchase orders on the client's page, and the days since when something counts."""

import pytest
from django.test import Client as Browser

from clients.models import Contact, PurchaseOrder
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_order_is_entered_shown_and_closed(as_accountant: Browser) -> None:
    client = ClientFactory()
    typed = {"number": "PO-77", "starts_on": "2026-01-01", "last_day_on": "2026-12-31",
             "limit_amount": "5000"}  # fmt: skip

    as_accountant.post(f"/clients/{client.pk}/orders/new/", typed)
    order = PurchaseOrder.objects.get()
    page = as_accountant.get(f"/clients/{client.pk}/orders/").content.decode()
    as_accountant.post(f"/clients/orders/{order.pk}/edit/", {**typed, "is_closed": "on"})

    order.refresh_from_db()
    assert ("PO-77" in page, "€5,000.00" in page, order.is_closed) == (True, True, True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "po-1"}, "already has an order with this number"),
        ({"limit_amount": "-1"}, "A limit cannot be negative."),
        ({"starts_on": "2026-02-01", "last_day_on": "2026-01-01"}, "comes before the first"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    changes: dict[str, str], sentence: str, as_accountant: Browser
) -> None:
    client = ClientFactory()
    PurchaseOrder.objects.create(client=client, number="PO-1")

    answer = as_accountant.post(f"/clients/{client.pk}/orders/new/", {"number": "X", **changes})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert PurchaseOrder.objects.count() == 1


def test_a_person_counts_since_a_day_in_a_role(as_accountant: Browser) -> None:
    client = ClientFactory()
    typed = {"last_name": "Roux", "role": "doctor", "covered_since_on": "2026-03-01"}

    as_accountant.post(f"/clients/{client.pk}/contacts/new/", typed)
    refused = as_accountant.post(
        f"/clients/{client.pk}/contacts/new/", {**typed, "covered_until_on": "2026-02-01"}
    )

    contact = Contact.objects.get()
    assert (contact.role, str(contact.covered_since_on)) == ("doctor", "2026-03-01")
    assert refused.status_code == 422
