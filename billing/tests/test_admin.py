"""Frozen things in the administration."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["invoice", "charge", "taxline", "numberseries", "journalentry"])
def test_even_a_superuser_can_only_look(name: str) -> None:
    draft = DraftFactory()
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    browser = Browser()
    browser.force_login(
        User.objects.create_superuser("root@firm.example", "correct horse battery"),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    shown = browser.get(reverse(f"admin:billing_{name}_changelist"))
    added = browser.get(reverse(f"admin:billing_{name}_add"))

    assert (shown.status_code, added.status_code) == (200, 403)


def test_an_invoice_cannot_be_posted_there() -> None:
    draft = DraftFactory()
    browser = Browser()
    browser.force_login(
        User.objects.create_superuser("root@firm.example", "correct horse battery"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    url = reverse("admin:billing_invoice_change", args=[draft.pk])

    assert browser.get(url).status_code == 200
    assert browser.post(url, {"net": "1"}).status_code == 403
    assert Invoice.objects.get().net == draft.net
