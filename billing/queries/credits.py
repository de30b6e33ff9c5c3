"""What credit notes have left of an invoice."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet, Sum

from billing.domain.credits import Corrected, Creditable, Rate
from billing.domain.totals import TaxTotal
from billing.models import Charge, Invoice, TaxLine
from core.money import ZERO


def corrected_of(invoice: Invoice) -> Corrected:
    """Return an issued invoice with what earlier credit notes have left of each line and rate."""
    taken = _taken_of(invoice)
    lines = [_creditable(charge, taken.get(charge.pk, ()), invoice.currency)
             for charge in creditable_charges(invoice)]  # fmt: skip
    return Corrected(
        lines=lines,
        taxes=[_total(tax) for tax in invoice.tax_lines.all()],
        credited=_credited_taxes(invoice),
        currency=invoice.currency,
    )


def creditable_charges(invoice: Invoice) -> QuerySet[Charge]:
    """Return the printed lines of an invoice that cost something, in their order."""
    lines = Charge.objects.printed().filter(invoice=invoice).exclude(amount=0)
    return lines.select_related("ticket", "contract").order_by("position", "pk")


def _taken_of(invoice: Invoice) -> dict[int, list[Charge]]:
    found: dict[int, list[Charge]] = {}
    for charge in Charge.objects.filter(credits__invoice=invoice).order_by("pk"):
        if charge.credits_id is not None:
            found.setdefault(charge.credits_id, []).append(charge)
    return found


def _creditable(charge: Charge, taken: Iterable[Charge], currency: str) -> Creditable:
    amount_left, quantity_left = charge.amount, charge.quantity
    for one in taken:
        amount_left -= one.amount
        quantity_left -= one.quantity if _counts_the_same(one, charge) else ZERO
    return Creditable(
        id=charge.pk,
        quantity=charge.quantity,
        unit=charge.unit,
        unit_price=charge.unit_price,
        price_base=charge.price_base,
        amount=charge.amount,
        rate=(charge.tax_category, charge.tax_rate),
        amount_left=amount_left,
        quantity_left=_towards_nothing(quantity_left, charge.quantity) if amount_left else ZERO,
        currency=currency,
    )


def _counts_the_same(one: Charge, other: Charge) -> bool:
    """Whether both lines count the same units at the same price; an amount counts none."""
    return (one.unit, one.unit_price, one.price_base) == (
        other.unit,
        other.unit_price,
        other.price_base,
    )


def _towards_nothing(left: Decimal, whole: Decimal) -> Decimal:
    return left if left * whole > 0 else ZERO


def _credited_taxes(invoice: Invoice) -> dict[Rate, TaxTotal]:
    rows = (
        TaxLine.objects.filter(invoice__corrects=invoice)
        .order_by()
        .values_list("category", "rate")
        .annotate(Sum("base"), Sum("tax"))
    )
    return {(category, rate): TaxTotal(category, rate, *sums) for category, rate, *sums in rows}


def _total(tax: TaxLine) -> TaxTotal:
    return TaxTotal(tax.category, tax.rate, tax.base, tax.tax)
