"""What a run did, as plain data: the object that ``bill --json`` prints."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from billing.models import BillingRun, Charge, Invoice, Outcome, Unit

HOUR = Decimal(60)
FOUR_PLACES = Decimal("0.0001")


def result_of(run: BillingRun) -> dict[str, Any]:
    """Return the run's invoices with their lines, who had nothing due, and who was held and why."""
    outcomes = run.outcomes.select_related("client")
    return {
        "as_of": run.as_of_on.isoformat(),
        "run": run.pk,
        "invoices": _invoices_of(run),
        "nothing_due": [o.client.code for o in outcomes if o.outcome == Outcome.NOTHING_DUE],
        "held": [
            {"client": o.client.code, "reason": o.reason}
            for o in outcomes
            if o.outcome == Outcome.HELD
        ],
    }


def _invoices_of(run: BillingRun) -> list[dict[str, Any]]:
    lines: dict[int, list[dict[str, str]]] = defaultdict(list)
    printed = Charge.objects.printed().filter(invoice__run=run).order_by("invoice", "position")
    for charge in printed.defer("basis").iterator():
        lines[charge.invoice_id or 0].append(_line(charge))
    invoices = Invoice.objects.filter(run=run).select_related("client")
    return [
        {
            "client": invoice.client.code,
            "number": invoice.number or None,
            "currency": invoice.currency,
            "net": money(invoice.net),
            "tax": money(invoice.tax),
            "total": money(invoice.total),
            "lines": lines[invoice.pk],
        }
        for invoice in invoices.order_by("client__code", "pk")
    ]


def _line(charge: Charge) -> dict[str, str]:
    return {
        "kind": charge.kind,
        "description": charge.description,
        "from": charge.starts_on.isoformat(),
        "to": charge.last_day_on.isoformat(),
        "quantity": _quantity(charge),
        "unit_price": price(charge.unit_price),
        "net": money(charge.amount),
        "tax_rate": money(charge.tax_rate),
    }


def _quantity(charge: Charge) -> str:
    """Return the quantity without idle zeros; time in hours."""
    if charge.unit == Unit.MINUTE:
        return plain((charge.quantity / HOUR).quantize(FOUR_PLACES))
    return plain(charge.quantity)


def money(amount: Decimal) -> str:
    """Write an amount with its two decimals."""
    return f"{amount:.2f}"


def price(amount: Decimal) -> str:
    """Write a unit price with two decimals, or as many more as it has."""
    exact = plain(amount)
    return exact if len(exact.partition(".")[2]) > len("00") else money(amount)


def plain(number: Decimal) -> str:
    """Write a number without exponent and without zeros at its end: 0.75, 12, -1."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
