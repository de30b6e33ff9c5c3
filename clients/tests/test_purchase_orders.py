"""Purchase orders on the client's page, and the days since when somebody counts."""

import pytest
from django.test import Client as Browser

from clients.models import Contact, PurchaseOrder
from clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_clients_page_names_their_own_orders_with_their_limit(as_accountant: Browser) -> None:
    client = ClientFactory()
    PurchaseOrder.objects.create(client=client, number="PO-77", limit_amount=5000)
    PurchaseOrder.objects.create(client=ClientFactory(), number="PO-88")

    page = as_accountant.get(f"/clients/{client.pk}/orders/").content.decode()

    assert ("PO-77" in page, "€5,000.00" in page, "PO-88" in page) == (True, True, False)


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
