"""A plan as an offer: each line with its price, and what a sale of it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts import wording
from contracts.counting import counted_for, things_of_client
from contracts.domain.price import Price, price_of_period, tiers_of
from contracts.models import PlanLine, PlanRevision, Pricing
from core.money import round_money

ZERO = Decimal(0)


@dataclass(frozen=True)
class OfferLine:
    """A line of a plan as a sentence."""

    line: PlanLine
    price: str
    quantity: str
    rhythm: str
    per_rhythm: str

    @property
    def is_once(self) -> bool:
        """Whether it is billed a single time: a set-up fee."""
        return not self.line.rhythm_months


@dataclass(frozen=True)
class SaleLine:
    """What one line of a sale costs a period, by what quantity."""

    line: PlanLine
    quantity: Decimal
    is_counted: bool
    amount: Decimal
    monthly: Decimal
    per_rhythm: str


@dataclass(frozen=True)
class Sale:
    """What a plan would cost a client."""

    lines: Sequence[SaleLine]
    currency: str

    @property
    def monthly(self) -> Decimal:
        """What all lines come to a month."""
        return sum((line.monthly for line in self.lines), ZERO)

    @property
    def once(self) -> Decimal:
        """What is billed a single time."""
        return sum((line.amount for line in self.lines if not line.line.rhythm_months), ZERO)


def offer(revision: PlanRevision, currency: str) -> list[OfferLine]:
    """Return the lines of a revision as sentences. One query."""
    return [_offered(line, currency) for line in revision.lines.select_related("product")]


def sale(
    lines: Sequence[PlanLine],
    client_id: int | None,
    quantities: Mapping[int, Decimal],
    day: date,
    currency: str,
) -> Sale:
    """Return what the lines cost at these quantities, or at what is counted at the client."""
    things = things_of_client(client_id, day) if client_id else None
    found = []
    for line in lines:
        typed = quantities.get(line.pk)
        counted = counted_for(line, things) if things is not None and typed is None else None
        quantity = typed if typed is not None else _quantity(line, counted)
        found.append(_sold(line, quantity, counted is not None, currency))
    return Sale(found, currency)


def price_of_plan(line: PlanLine) -> Price:
    """Return the amounts from which the price of a plan's line is made."""
    return Price(
        unit_price=line.unit_price,
        included_quantity=line.included_quantity,
        overage_price=line.overage_price,
        tiers=tiers_of(line.tiers),
    )


def _quantity(line: PlanLine, counted: Sequence[object] | None) -> Decimal:
    if line.counts:
        return Decimal(len(counted or ()))
    return line.quantity


def _sold(line: PlanLine, quantity: Decimal, is_counted: bool, currency: str) -> SaleLine:  # noqa: FBT001  (one of five facts)
    amount = round_money(price_of_period(line.pricing, price_of_plan(line), quantity), currency)
    months = line.rhythm_months
    return SaleLine(
        line,
        quantity,
        is_counted,
        amount,
        round_money(amount / months, currency) if months else ZERO,
        wording.per_rhythm(line),
    )


def _offered(line: PlanLine, currency: str) -> OfferLine:
    typed = "" if line.counts else wording.quantity_text(line.unit, line.quantity)
    is_package = line.pricing == Pricing.PACKAGE
    return OfferLine(
        line,
        wording.price_text(line, line, currency),
        wording.counting_text(line) if line.counts else "" if is_package else typed,
        wording.rhythm_text(line),
        wording.per_rhythm(line),
    )
