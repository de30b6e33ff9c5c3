"""How a line is sold, as plans and contracts write it down; the rules open no transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import TaxCode
from contracts.domain.price import Price, Tier, rows_of
from contracts.models import (
    BillingAnchor,
    BillingRhythm,
    BillingTiming,
    CountedThing,
    LineUnit,
    Pricing,
    Proration,
    QuantityRule,
    StubRule,
)

TERMS = (
    "product_id", "description", "unit", "rhythm_months", "anchor", "timing", "stub_rule",
    "proration", "pricing", "quantity_rule", "counts", "count_kind", "count_role", "count_group",
    "tax_code", "is_indexed",
)  # fmt: skip
PRICES = ("quantity", "unit_price", "included_quantity", "overage_price")
PLACES = (
    "count_site_id", "site_id", "cost_centre", "purchase_order_id", "anchor_on", "plan_line_id",
)  # fmt: skip
RECKONING = (
    "rhythm_months", "anchor", "anchor_on", "timing", "stub_rule", "proration", "pricing",
    "quantity_rule", "counts", "count_kind", "count_role", "count_group", "count_site_id",
)  # fmt: skip
TIERED = frozenset({Pricing.VOLUME, Pricing.GRADUATED})


class LineNotAcceptable(Exception):
    """The line or its change contradicts the contract; ``field`` names what must change."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class SoldLine:
    """A recurring service as it is sold: in what rhythm, by what quantity, at what price."""

    description: str
    quantity: Decimal
    unit_price: Decimal = Decimal(0)
    included_quantity: Decimal = Decimal(0)
    overage_price: Decimal = Decimal(0)
    tiers: Sequence[Tier] = ()
    product_id: int | None = None
    unit: str = LineUnit.FLAT
    rhythm_months: int = BillingRhythm.MONTHLY
    anchor: str = BillingAnchor.CALENDAR
    timing: str = BillingTiming.ADVANCE
    stub_rule: str = StubRule.PRORATED
    proration: str = Proration.ACTUAL_DAYS
    pricing: str = Pricing.PER_UNIT
    quantity_rule: str = QuantityRule.DAILY
    counts: str = ""
    count_kind: str = ""
    count_role: str = ""
    count_group: str = ""
    tax_code: str = TaxCode.STANDARD
    is_indexed: bool = True

    @property
    def price(self) -> Price:
        """The amounts from which the price is made."""
        return Price(
            unit_price=self.unit_price,
            included_quantity=self.included_quantity,
            overage_price=self.overage_price,
            tiers=tuple(self.tiers),
        )


@dataclass(frozen=True, kw_only=True)
class NewLine(SoldLine):
    """A recurring service as it was agreed; without days of its own it follows the contract."""

    count_site_id: int | None = None
    site_id: int | None = None
    cost_centre: str = ""
    purchase_order_id: int | None = None
    anchor_on: date | None = None
    starts_on: date | None = None
    last_day_on: date | None = None
    billed_through_on: date | None = None
    plan_line_id: int | None = None


def picked(source: object, names: Iterable[str]) -> dict[str, Any]:
    """Return some values of a thing by their names."""
    return {name: getattr(source, name) for name in names}


def sold_values(line: SoldLine) -> dict[str, Any]:
    """Return what a row of a plan or contract keeps of how the line is sold."""
    return picked(line, TERMS)


def price_values(line: SoldLine) -> dict[str, Any]:
    """Return what a row keeps of quantity and price."""
    tiers = rows_of(line.tiers) if line.pricing in TIERED else []
    return {**picked(line, PRICES), "tiers": tiers}


def require_sellable(line: SoldLine) -> None:
    """Refuse terms that no bill could be made of.

    :raises LineNotAcceptable: a price is missing or negative, or something is counted by halves
    """
    require_not_negative(line.quantity, line.unit_price)
    require_not_negative(line.included_quantity, line.overage_price)
    require_tiers(line.pricing, line.tiers)
    wrong = [
        name
        for name, thing in (
            ("count_kind", CountedThing.ASSETS),
            ("count_group", CountedThing.ASSETS),
            ("count_role", CountedThing.CONTACTS),
        )
        if getattr(line, name) and line.counts != thing
    ]
    if wrong:
        raise LineNotAcceptable(
            _("This condition does not fit what is counted: empty it."), wrong[0]
        )


def require_tiers(pricing: str, tiers: Sequence[Tier]) -> None:
    """Refuse tiers that leave a quantity without a price.

    :raises LineNotAcceptable: there are none, they are out of order, or the last one has an end
    """
    if pricing not in TIERED:
        return
    limits = [tier.up_to for tier in tiers]
    if not limits or limits[-1] is not None:
        raise LineNotAcceptable(
            _("Leave “up to” of the last tier empty, so that every quantity has a price."), "tiers"
        )
    below = Decimal(0)
    for limit in limits[:-1]:
        if limit is None or limit <= below:
            raise LineNotAcceptable(
                _("Each tier must reach further than the one before it."), "tiers"
            )
        below = limit
    if any(tier.unit_price < 0 for tier in tiers):
        raise LineNotAcceptable(_("Quantity and price cannot be negative."), "tiers")


def require_not_negative(quantity: Decimal, unit_price: Decimal) -> None:
    """Refuse quantities and prices below nothing."""
    if quantity < 0 or unit_price < 0:
        raise LineNotAcceptable(_("Quantity and price cannot be negative."))
