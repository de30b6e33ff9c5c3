"""What a line costs by quantity, as it is being typed: the figures beside the form of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts import wording
from contracts.domain.price import price_of_period
from contracts.models import LineUnit, PlanLine, Pricing
from contracts.operations._line_terms import SoldLine, price_values, sold_values
from core.money import round_money

EXAMPLES = (Decimal(1), Decimal(10), Decimal(25), Decimal(50))
ONE_MORE = Decimal(1)


@dataclass(frozen=True)
class PricedQuantity:
    """So many units cost so much a period, and a month where the period is longer."""

    quantity: str
    amount: Decimal
    monthly: Decimal | None


@dataclass(frozen=True)
class LinePrice:
    """The price as a sentence, and what some quantities come to."""

    sentence: str
    per_rhythm: str
    rows: Sequence[PricedQuantity]


def line_price(sold: SoldLine, currency: str) -> LinePrice:
    """Return what the line costs at the quantity typed, and around each limit of its price."""
    line = PlanLine(**sold_values(sold), **price_values(sold))
    return LinePrice(
        wording.price_text(line, line, currency),
        wording.per_rhythm(line),
        [_priced(sold, quantity, currency) for quantity in _quantities(sold)],
    )


def _quantities(sold: SoldLine) -> list[Decimal]:
    """Return the quantity typed, or examples where it is counted; the limits of tiers with both."""
    limits = [tier.up_to for tier in sold.tiers if tier.up_to is not None]
    if sold.pricing == Pricing.PACKAGE and sold.included_quantity:
        limits = [sold.included_quantity]
    around = [one for limit in limits for one in (limit, limit + ONE_MORE)]
    typed = EXAMPLES if sold.counts else (sold.quantity,)
    return sorted({*typed, *around})


def _priced(sold: SoldLine, quantity: Decimal, currency: str) -> PricedQuantity:
    amount = price_of_period(sold.pricing, sold.price, quantity)
    months = sold.rhythm_months
    unit = LineUnit.PIECE if sold.unit == LineUnit.FLAT else sold.unit
    return PricedQuantity(
        wording.quantity_text(unit, quantity),
        round_money(amount, currency),
        round_money(amount / months, currency) if months > 1 else None,
    )
