"""Adding a document up again from its lines, and naming what does not agree.

Written apart from the arithmetic that makes drafts, so that a mistake there is not repeated here.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from billing.domain.sealing import SealedLine, SealedTax

_HUNDRED = Decimal(100)
_NOTHING = Decimal(0)


class Fault(StrEnum):
    """What does not add up on a document."""

    LINE = "line"
    BASE = "base"
    TAX = "tax"
    NET = "net"
    TOTAL = "total"


def fault_of(
    lines: Iterable[SealedLine],
    tax_lines: Iterable[SealedTax],
    totals: tuple[Decimal, Decimal, Decimal],
    unit: Decimal = Decimal("0.01"),
    slack: Decimal = _NOTHING,
) -> Fault | None:
    """Return the first thing that does not agree to the ``unit`` of the currency, or None.

    ``totals`` are net, tax and total as the document says them. ``slack`` is how far the tax of a
    rate may lie from its base: on a credit note, which may carry the last cents of an invoice.
    """
    bases: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.amount != _amount_of(line, unit):
            return Fault.LINE
        bases[line.tax_category, line.tax_rate] += line.amount
    stated = {(tax.category, tax.rate): tax for tax in tax_lines}
    return _fault_of_taxes(bases, stated, unit, slack) or _fault_of_totals(bases, stated, totals)


def _amount_of(line: SealedLine, unit: Decimal) -> Decimal:
    if line.treatment != "billed":
        return _NOTHING
    exact = line.quantity * line.unit_price / line.price_base
    return exact.quantize(unit, rounding=ROUND_HALF_UP)


def _fault_of_taxes(
    bases: dict[tuple[str, Decimal], Decimal],
    stated: dict[tuple[str, Decimal], SealedTax],
    unit: Decimal,
    slack: Decimal,
) -> Fault | None:
    for key, base in bases.items():
        if base != (stated[key].base if key in stated else _NOTHING):
            return Fault.BASE
    for key, tax in stated.items():
        if tax.base != bases.get(key, _NOTHING):
            return Fault.BASE
        exact = (tax.base * tax.rate / _HUNDRED).quantize(unit, rounding=ROUND_HALF_UP)
        if abs(tax.tax - exact) > slack:
            return Fault.TAX
    return None


def _fault_of_totals(
    bases: dict[tuple[str, Decimal], Decimal],
    stated: dict[tuple[str, Decimal], SealedTax],
    totals: tuple[Decimal, Decimal, Decimal],
) -> Fault | None:
    net, tax, total = totals
    if net != sum(bases.values(), _NOTHING):
        return Fault.NET
    if tax != sum((line.tax for line in stated.values()), _NOTHING):
        return Fault.TAX
    return None if total == net + tax else Fault.TOTAL
