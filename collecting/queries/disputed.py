"""How much of open invoices is disputed.

Whoever collects by itself leaves ``disputed_amounts`` out: reminders, direct debit, cards on file.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from billing.models import Charge, Invoice, TaxLine
from billing.queries.credits import discounts_of
from collecting.domain.disputed import LineLeft, Rate, disputed_of, with_tax
from collecting.models import Dispute
from core.money import ZERO


def disputed_amounts(invoice_ids: Iterable[int] | None = None) -> dict[int, Decimal]:
    """Return how much of each invoice's balance is disputed, tax included; undisputed ones not.

    Without ids of all invoices. The number of queries does not depend on how many there are.
    """
    open_ones = Dispute.objects.open()
    if invoice_ids is not None:
        open_ones = open_ones.filter(invoice__one_of=list(invoice_ids))
    lines: dict[int, set[int]] = defaultdict(set)
    for invoice_id, line_id in open_ones.order_by().values_list("invoice_id", "line_id"):
        lines[invoice_id].add(line_id)
    if not lines:
        return {}
    gross = lines_with_tax(lines)
    owed: Any = Invoice.objects.filter(pk__one_of=list(lines)).with_balance().order_by()
    return {row.pk: disputed_of(gross[row.pk], lines[row.pk], row.balance) for row in owed}


def lines_with_tax(invoice_ids: Collection[int]) -> dict[int, dict[int, Decimal]]:
    """Return what credit notes have left of each printed line of the invoices, tax included."""
    ids = list(invoice_ids)
    rows = Charge.objects.lines().filter(invoice__one_of=ids).order_by("position")
    credited, off = _credited_nets(ids), discounts_of(ids)
    taxes, currencies = _taxes_left(ids), _currencies(ids)
    lines: dict[int, list[LineLeft]] = {pk: [] for pk in ids}
    for row in rows.values("pk", "invoice_id", "amount", "tax_category", "tax_rate"):
        left = row["amount"] + off.get(row["pk"], ZERO) - credited.get(row["pk"], ZERO)
        rate = (row["tax_category"], row["tax_rate"])
        lines[row["invoice_id"]].append(LineLeft(row["pk"], left, rate))
    return {pk: with_tax(lines[pk], taxes[pk], currencies.get(pk, "EUR")) for pk in ids}


def line_with_tax(line: Charge) -> Decimal:
    """Return what is left of one line of an issued invoice, tax included."""
    if line.invoice_id is None:
        return ZERO
    return lines_with_tax([line.invoice_id])[line.invoice_id].get(line.pk, ZERO)


def _credited_nets(ids: list[int]) -> dict[int, Decimal]:
    taken = Charge.objects.filter(credits__invoice__one_of=ids).order_by()
    rows = taken.values_list("credits_id").annotate(Sum("amount"))
    return {pk: net for pk, net in rows if pk is not None}


def _taxes_left(ids: list[int]) -> dict[int, dict[Rate, Decimal]]:
    """Return the tax of each invoice and rate, less what was credited of it."""
    left: dict[int, dict[Rate, Decimal]] = {pk: defaultdict(lambda: ZERO) for pk in ids}
    asked: Any = TaxLine.objects.filter(invoice__one_of=ids).values_list(
        "invoice_id", "category", "rate", "tax"
    )
    credited: Any = TaxLine.objects.filter(invoice__corrects__one_of=ids).values_list(
        "invoice__corrects_id", "category", "rate", "tax"
    )
    for pk, category, rate, tax in asked:
        left[pk][category, rate] += tax
    for pk, category, rate, tax in credited:
        left[pk][category, rate] -= tax
    return left


def _currencies(ids: list[int]) -> dict[int, str]:
    return dict(Invoice.objects.filter(pk__one_of=ids).values_list("pk", "currency"))
