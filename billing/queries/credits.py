"""What credit notes have left of an invoice, and what came back of its lines by itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from billing.domain.credits import Corrected, Creditable, Rate
from billing.domain.totals import TaxTotal
from billing.models import Charge, Claim, Invoice, TaxLine
from billing.queries.cancelling import live_claims
from core.money import ZERO

_PRICE = Decimal("0.0001")
_EVIDENCE = ("contract_line_id", "period_on", "time_entry_id")


def corrected_of(invoice: Invoice) -> Corrected:
    """Return an issued invoice with what earlier credit notes have left of each line and rate.

    A line counts as what was asked for it: less its own discounts, and less its part of those on
    the document. So no more comes back of it than was charged.
    """
    taken, standing, off = _taken_of(invoice), _standing_of(invoice), discounts_of([invoice.pk])
    lines = [
        _creditable(
            charge,
            charge.amount + off.get(charge.pk, ZERO),
            taken.get(charge.pk, ()),
            standing.get(charge.pk),
            invoice.currency,
        )
        for charge in creditable_charges(invoice)
    ]
    return Corrected(
        lines=lines,
        taxes=[_total(tax) for tax in invoice.tax_lines.all()],
        credited=_credited_taxes(invoice),
        currency=invoice.currency,
    )


def creditable_charges(invoice: Invoice) -> QuerySet[Charge]:
    """Return the lines of an invoice that cost something, in their order, without discounts."""
    lines = Charge.objects.lines().filter(invoice=invoice).exclude(amount=0)
    return lines.select_related("ticket", "contract").order_by("position", "pk")


def discounts_of(invoice_ids: Collection[int]) -> dict[int, Decimal]:
    """Return, by line of these invoices, what discounts take off it, less than nothing."""
    rows = Charge.objects.filter(invoice__in=list(invoice_ids), reduces__isnull=False).order_by()
    return _sums_by(rows, "reduces_id")


def _sums_by(rows: QuerySet[Charge], field: str) -> dict[int, Decimal]:
    sums = rows.values_list(field).annotate(Sum("amount"))
    return {key: amount for key, amount in sums if key is not None}


def _taken_of(invoice: Invoice) -> dict[int, list[Charge]]:
    found: dict[int, list[Charge]] = {}
    for charge in Charge.objects.filter(credits__invoice=invoice).order_by("pk"):
        if charge.credits_id is not None:
            found.setdefault(charge.credits_id, []).append(charge)
    return found


def _standing_of(invoice: Invoice) -> dict[int, Decimal]:
    """Return, by line that was corrected since, what its evidence comes to on live documents.

    A period of a contract counts with all its corrections, time with what was taken back of it,
    both less what credit notes took. What came back like that cannot come back a second time.
    """
    claims = _standing_on(list(live_claims(invoice).values_list(*_EVIDENCE, named=True)))
    amounts = Charge.objects.in_bulk({key for keys in claims.values() for key in keys})
    credited = _sums_by(Charge.objects.filter(credits__in=amounts).order_by(), "credits_id")
    off = _sums_by(Charge.objects.filter(reduces__in=amounts).order_by(), "reduces_id")
    found: dict[int, Decimal] = {}
    for keys in claims.values():
        if len(keys) > 1:
            asked = sum((amounts[key].amount + off.get(key, ZERO) for key in keys), ZERO)
            left = asked - sum((credited.get(key, ZERO) for key in keys), ZERO)
            found |= dict.fromkeys(keys, max(ZERO, left))
    return found


def _standing_on(own: Iterable[Any]) -> dict[tuple[object, ...], list[int]]:
    """Return, by piece of evidence of these claims, the charges that stand on it."""
    lines = {one.contract_line_id for one in own if one.contract_line_id}
    entries = {one.time_entry_id for one in own if one.time_entry_id}
    live = Claim.objects.filter(released_at=None).order_by("pk")
    periods = live.filter(contract_line__in=lines, period_on__in={one.period_on for one in own})
    time = live.filter(time_entry__in=entries)
    taken_back = live.filter(time_correction__time_entry__in=entries)
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for claim in (*periods, *time, *taken_back.select_related("time_correction")):
        correction = claim.time_correction
        entry = correction.time_entry_id if correction else claim.time_entry_id
        key = (claim.contract_line_id, claim.period_on, entry, claim.portion)
        found[key].append(claim.charge_id)
    return found


def _creditable(
    charge: Charge,
    amount: Decimal,
    taken: Iterable[Charge],
    standing: Decimal | None,
    currency: str,
) -> Creditable:
    amount_left, quantity_left, price = amount, charge.quantity, charge.unit_price
    if amount != charge.amount and charge.quantity:
        price = (amount * charge.price_base / charge.quantity).quantize(_PRICE)
    for one in taken:
        amount_left -= one.amount
        quantity_left -= one.quantity if _counts_the_same(one, charge, price) else ZERO
    if standing is not None and charge.amount > 0:
        amount_left = min(amount_left, max(ZERO, standing))
    return Creditable(
        id=charge.pk,
        quantity=charge.quantity,
        unit=charge.unit,
        unit_price=price,
        price_base=charge.price_base,
        amount=amount,
        rate=(charge.tax_category, charge.tax_rate),
        amount_left=amount_left,
        quantity_left=_towards_nothing(quantity_left, charge.quantity) if amount_left else ZERO,
        currency=currency,
    )


def _counts_the_same(one: Charge, other: Charge, price: Decimal) -> bool:
    """Whether both lines count the same units at the same price; an amount counts none."""
    return (one.unit, one.unit_price, one.price_base) == (other.unit, price, other.price_base)


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
