"""Billed, issued and cancelled invoices, for tests.

``billed()`` is the invoice of 364.99 net and 437.99 in all of a busy client as of 1 April 2026,
issued on that day: 298.80 for April, 63.00 for 37 minutes (45 billed) and 3.19 for cable.
"""

from datetime import date
from typing import Any

from billing.models import Invoice
from billing.operations.cancel_invoice import Cancelled, cancel_invoice
from billing.operations.issue_invoices import issue_invoices
from billing.queries.books import check_books
from billing.tests.firm import APRIL, bill, busy_client, open_firm

APRIL_8 = date(2026, 4, 8)


def billed(**fields: Any) -> Invoice:
    """Return the issued invoice of a busy client in a new firm."""
    open_firm()
    busy_client(**fields)
    bill()
    return issue(Invoice.objects.get())


def issue(draft: Invoice, on: date = APRIL) -> Invoice:
    """Issue a draft and return the invoice."""
    result = issue_invoices(invoice_ids=[draft.pk], issued_on=on, actor=None)
    assert result.refused == []
    return Invoice.objects.get(pk=draft.pk)


def cancel(invoice: Invoice, on: date = APRIL_8, *, again: bool = False) -> Cancelled:
    """Cancel an invoice because the hours were wrong."""
    return cancel_invoice(
        invoice_id=invoice.pk,
        reason="Wrong hours",
        cancelled_on=on,
        drafts_again=again,
        actor=None,
    )


def faults() -> dict[str, str | None]:
    """Return what check_books finds."""
    return {check.id: check.first for check in check_books() if not check.ok}
