"""The invoices on a client's own page do not say whose they are in each row."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.firm import APRIL, bill, busy_client, open_firm
from clients.models import Client

pytestmark = pytest.mark.django_db


def issued() -> Invoice:
    keys = list(Invoice.objects.values_list("pk", flat=True))
    issue_invoices(invoice_ids=keys, issued_on=APRIL, actor=None)
    return Invoice.objects.get()


def test_the_column_of_the_client_stands_only_where_several_are_listed(
    as_accountant: Browser,
) -> None:
    open_firm()
    client = busy_client()
    Client.objects.update(name="Bakery Martin")
    bill()
    invoice = issued()

    of_client = as_accountant.get(reverse("billing:of-client", args=[client.pk])).content.decode()
    everybody = as_accountant.get(reverse("billing:invoices")).content.decode()

    assert invoice.number in of_client
    assert "Bakery Martin" not in of_client
    assert "Bakery Martin" in everybody
