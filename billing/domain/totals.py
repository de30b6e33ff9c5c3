"""Totals of a document: tax per rate on the summed base, rounded once for each rate."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from core.money import ZERO, round_money


class Taxed(Protocol):
    """A line with its amount and its tax, rated a moment ago or stored long since."""

    @property
    def tax_category(self) -> str:
        """The code of UNTDID 5305."""

    @property
    def tax_rate(self) -> Decimal:
        """The rate in percent."""

    @property
    def amount(self) -> Decimal:
        """The net amount."""


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """The tax of one category and rate on one document."""

    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """What a document comes to."""

    net: Decimal
    tax: Decimal
    taxes: tuple[TaxTotal, ...]

    @property
    def total(self) -> Decimal:
        """Net and tax together."""
        return self.net + self.tax


def totals_of(charges: Iterable[Taxed], currency: str = "EUR") -> Totals:
    """Return net, tax per rate and total of the charges."""
    bases: dict[tuple[str, Decimal], Decimal] = {}
    for charge in charges:
        rate = (charge.tax_category, charge.tax_rate)
        bases[rate] = bases.get(rate, ZERO) + charge.amount
    taxes = tuple(
        TaxTotal(category, rate, base, round_money(base * rate / 100, currency))
        for (category, rate), base in sorted(bases.items(), reverse=True)
    )
    net = sum((tax.base for tax in taxes), ZERO)
    return Totals(net, sum((tax.tax for tax in taxes), ZERO), taxes)
