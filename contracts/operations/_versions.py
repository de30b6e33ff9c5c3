"""What a new version of a line takes over from the one before; opens no transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from contracts.domain.price import Tier, rows_of, tiers_of
from contracts.models import ChangeEffect, ContractLine, LineVersion
from contracts.operations._line_terms import (
    TIERED,
    LineNotAcceptable,
    require_not_negative,
    require_tiers,
)
from core.display import day_text


@dataclass(frozen=True, kw_only=True)
class NewPrice:
    """Quantity and price from a day on; what is left None stays as it was."""

    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    included_quantity: Decimal | None = None
    overage_price: Decimal | None = None
    tiers: Sequence[Tier] | None = None
    effect: str = ChangeEffect.IMMEDIATE
    reason: str = ""


def version_before(line: ContractLine, day: date) -> LineVersion | None:
    """Return the version that holds on the day."""
    return line.versions.filter(starts_on__lte=day).order_by("-starts_on").first()


def version_values(line: ContractLine, before: LineVersion | None, new: NewPrice) -> dict[str, Any]:
    """Return what the new version says, once it makes sense.

    :raises LineNotAcceptable: an amount is negative, or tiers leave a quantity without a price
    """
    kept = before or LineVersion(quantity=Decimal(1))
    values: dict[str, Any] = {
        name: getattr(kept, name) if getattr(new, name) is None else getattr(new, name)
        for name in ("quantity", "unit_price", "included_quantity", "overage_price")
    }
    tiers = tiers_of(kept.tiers) if new.tiers is None else tuple(new.tiers)
    require_not_negative(values["quantity"], values["unit_price"])
    require_not_negative(values["included_quantity"], values["overage_price"])
    require_tiers(line.pricing, tiers)
    values["tiers"] = rows_of(tiers) if line.pricing in TIERED else []
    return {**values, "effect": new.effect, "reason": new.reason}


def require_free_day(line: ContractLine, day: date, besides: int | None = None) -> None:
    """Refuse a second version on one day.

    :raises LineNotAcceptable: another version starts that day
    """
    if line.versions.exclude(pk=besides or 0).filter(starts_on=day).exists():
        raise LineNotAcceptable(
            _("The line already has a price from %(day)s on: correct that one.")
            % {"day": day_text(day)},
            "starts_on",
        )
