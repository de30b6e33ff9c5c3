"""The price of a quantity for a whole period: steps of so many units at so much each."""

from decimal import Decimal
from typing import NamedTuple

from billing.domain.agreements import LineVersion, Tier
from billing.domain.terms import Pricing

ONE, NOTHING = Decimal(1), Decimal(0)


class Step(NamedTuple):
    """So many units at one price each; a package says how many units it ``includes``."""

    quantity: Decimal
    unit_price: Decimal
    includes: Decimal | None = None


Steps = tuple[Step, ...]


def steps_of(pricing: Pricing, version: LineVersion, quantity: Decimal) -> Steps:
    """Return the steps that make up the price of the quantity.

    A tier reaches up to and including its limit; beyond the limit of the last one, its price goes
    on. Without tiers there are no steps, as no price was agreed.
    """
    if pricing == Pricing.PER_UNIT:
        return (Step(quantity, version.unit_price),)
    if pricing == Pricing.PACKAGE:
        return _package(version, quantity)
    if not version.tiers:
        return ()
    if pricing == Pricing.VOLUME:
        return (Step(quantity, _tier_of(version, quantity).unit_price),)
    return _graduated(version, quantity)


def price_of(steps: Steps) -> Decimal:
    """Return what the steps come to, not rounded."""
    return sum((step.quantity * step.unit_price for step in steps), NOTHING)


def _package(version: LineVersion, quantity: Decimal) -> Steps:
    base = Step(ONE, version.unit_price, version.included_quantity)
    beyond = quantity - version.included_quantity
    return (base, Step(beyond, version.overage_price)) if beyond > 0 else (base,)


def _tier_of(version: LineVersion, quantity: Decimal) -> Tier:
    holding = (tier for tier in version.tiers if tier.up_to is None or quantity <= tier.up_to)
    return next(holding, version.tiers[-1])


def _graduated(version: LineVersion, quantity: Decimal) -> Steps:
    steps: list[Step] = []
    below = NOTHING
    for tier in version.tiers:
        is_last = tier is version.tiers[-1]
        upper = quantity if is_last or tier.up_to is None else min(quantity, tier.up_to)
        if upper > below or not steps:
            steps.append(Step(upper - below, tier.unit_price))
        below = max(below, upper)
    return tuple(steps)
