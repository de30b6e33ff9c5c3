"""Overdue invoices and a plan to remind of them, for tests.

``late_invoice()`` is the 509.76 of ``issued_invoice()``, issued on 31 March 2026, due on 30 April.
The plan says 5, 15 and 30 days late after a grace of 2: 7, 17 and 32 days after the due day, so
7, 17 May and 1 June 2026. ``at(day)`` is ten in the morning in Paris.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from billing.models import Invoice
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.credited import issued_invoice
from clients.models import Client
from collecting.models import Level, ReminderPlan
from collecting.operations.save_plan import PlanTerms, save_plan

DUE = date(2026, 4, 30)
DAYS = {Level.FRIENDLY: 5, Level.FIRM: 15, Level.FORMAL: 30}
FRIENDLY_DAY, FIRM_DAY, FORMAL_DAY = date(2026, 5, 7), date(2026, 5, 17), date(2026, 6, 1)


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """Return a moment of a day in UTC; eight is ten o'clock in Paris in summer."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def usual_plan(**terms: Any) -> ReminderPlan:
    """Return the plan for every client."""
    usual: dict[str, Any] = {"name": "Usual", "days": DAYS, "is_default": True}
    return save_plan(plan_id=None, terms=PlanTerms(**usual | terms))


def late_invoice(client: Client) -> Invoice:
    """Return an invoice of 509.76 that is due on 30 April 2026."""
    client.payment_days = 30
    client.invoice_email = "accounts@alpha.example"
    client.save()
    invoice = issued_invoice(client=client)
    assert invoice.due_on == DUE
    return invoice


def pay(invoice: Invoice, amount: str, on: date, *, allocated: bool = True) -> None:
    """Let money come in, for the invoice or as credit."""
    shares = {invoice.pk: Decimal(amount)} if allocated else {}
    record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(received_on=on, amount=Decimal(amount)),
        allocations=shares,
        actor=None,
        accepts_repeat=True,
    )
