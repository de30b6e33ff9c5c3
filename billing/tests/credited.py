"""Issued invoices and what is credited of them, for tests.

``issued_invoice()`` is 424.80 net and 509.76 in all of 31 March 2026: twelve workstations at 24.90
(298.80) and an hour and a half of remote work at 84.00 (126.00), at 20 %.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.credits import Asked, Wish
from billing.models import Invoice
from billing.operations.credit_invoice import credit_invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory

MARCH_31 = date(2026, 3, 31)
APRIL_8 = date(2026, 4, 8)


def issued_invoice(**fields: Any) -> Invoice:
    """Return an issued invoice of 509.76."""
    draft = DraftFactory.create(**fields)
    issue_invoices(invoice_ids=[draft.pk], issued_on=MARCH_31, actor=None)
    return Invoice.objects.get(pk=draft.pk)


def credit(invoice: Invoice, amount: str = "", on: date = APRIL_8, **lines: str) -> Invoice:
    """Credit an amount without tax, or amounts of lines by their place (``p2="10"``), or all."""
    places = {f"p{charge.position}": charge.pk for charge in invoice.charges.all()}
    wishes = tuple(Wish(places[place], amount=Decimal(one)) for place, one in lines.items())
    return credit_invoice(
        invoice_id=invoice.pk,
        asked=Asked(Decimal(amount) if amount else None, wishes),
        reason="Work charged twice",
        issued_on=on,
        actor=None,
    )


def balance_of(invoice: Invoice) -> Decimal:
    """Return what is still owed on it."""
    found: Any = Invoice.objects.with_balance().get(pk=invoice.pk)
    return Decimal(found.balance)
