"""What a quantity costs for a whole period, by the way in which a line is priced."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

NOTHING = Decimal(0)


class Tier(NamedTuple):
    """Units up to and including ``up_to``, None for all further ones, at a price each."""

    up_to: Decimal | None
    unit_price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The amounts from which a line's price is made."""

    unit_price: Decimal = NOTHING
    included_quantity: Decimal = NOTHING
    overage_price: Decimal = NOTHING
    tiers: tuple[Tier, ...] = ()


def tiers_of(rows: Iterable[Mapping[str, str | None]]) -> tuple[Tier, ...]:
    """Return tiers as numbers from the way in which they are kept."""
    return tuple(
        Tier(
            None if row.get("up_to") is None else Decimal(str(row["up_to"])),
            Decimal(str(row["unit_price"])),
        )
        for row in rows
    )


def rows_of(tiers: Iterable[Tier]) -> list[dict[str, str | None]]:
    """Return tiers as they are kept: numbers as text, so that no cent is lost."""
    return [
        {
            "up_to": None if tier.up_to is None else f"{tier.up_to.normalize():f}",
            "unit_price": f"{tier.unit_price.normalize():f}",
        }
        for tier in tiers
    ]


def price_of_period(pricing: str, price: Price, quantity: Decimal) -> Decimal:
    """Return what the quantity costs for a whole period, not rounded."""
    if pricing == "package":
        beyond = max(quantity - price.included_quantity, NOTHING)
        return price.unit_price + beyond * price.overage_price
    if pricing == "volume":
        return quantity * _price_reached(price.tiers, quantity)
    if pricing == "graduated":
        return _graduated(price.tiers, quantity)
    return quantity * price.unit_price


def _price_reached(tiers: tuple[Tier, ...], quantity: Decimal) -> Decimal:
    """Return the price of the tier that holds the quantity; beyond the last one, of the last."""
    for tier in tiers:
        if tier.up_to is None or quantity <= tier.up_to:
            return tier.unit_price
    return tiers[-1].unit_price if tiers else NOTHING


def _graduated(tiers: tuple[Tier, ...], quantity: Decimal) -> Decimal:
    total, below = NOTHING, NOTHING
    for place, tier in enumerate(tiers, start=1):
        is_last = place == len(tiers)
        upper = quantity if is_last or tier.up_to is None else min(quantity, tier.up_to)
        total += max(upper - below, NOTHING) * tier.unit_price
        below = max(below, upper)
    return total
