"""Payments from before they were sealed are put into the chain, behind what stands there."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from billing.models import JournalEntry
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.queries.books import check_books
from billing.tests.factories import DraftFactory
from billing.tests.firm import open_firm
from billing.tests.test_check_books import tamper

pytestmark = pytest.mark.django_db


def test_old_payments_become_links_in_their_order() -> None:
    open_firm()
    draft = DraftFactory()
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    shares: list[dict[int, Decimal]] = [{draft.pk: Decimal("10.00")}, {}]
    paid = [
        record_payment(
            client_id=draft.client_id,
            receipt=Receipt(date(2026, 5, 4), Decimal(20 + place)),
            allocations=share,
            actor=None,
        )
        for place, share in enumerate(shares)
    ]
    tamper("DELETE FROM billing_journalentry WHERE payment_id IS NOT NULL")
    assert [check.id for check in check_books() if not check.ok] == ["I4"]

    import_module("billing.migrations.0023_seal_payments").seal(apps, None)

    links = JournalEntry.objects.order_by("position").values_list("position", "payment")
    assert list(links) == [(1, None), (2, paid[0].pk), (3, paid[1].pk)]
    assert all(check.ok for check in check_books())
