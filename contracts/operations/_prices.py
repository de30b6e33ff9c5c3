"""Another price of a line from a day on, carried through later changes; opens no transaction."""

from datetime import date
from typing import Any

from contracts.domain.price import Price, rows_of
from contracts.domain.price_steps import price_on, still_at
from contracts.indexing import history_of
from contracts.models import ContractLine, LineVersion

PRICES = ("unit_price", "overage_price", "tiers")


def write_price(
    line: ContractLine, day: date, new: Price, effect: str, reason: str
) -> dict[str, Any]:
    """Write the price down; return which versions were made and what stood in those changed.

    Later versions that only changed the quantity carry the price of before: they change too.
    """
    versions = sorted(line.versions.all(), key=lambda version: version.starts_on)
    history = history_of(line)
    later = still_at(history, day, price_on(history, day))
    touched = [version for version in versions if version.starts_on in {day, *later}]
    changed = [_remembered(version) for version in touched]
    for version in touched:
        _set_price(version, new)
    if any(version.starts_on == day for version in versions):
        return {"made": None, "changed": changed}
    before = [version for version in versions if version.starts_on < day][-1]
    return {"made": _new_version(before, day, new, effect, reason), "changed": changed}


def _remembered(version: LineVersion) -> dict[str, Any]:
    return {
        "version": version.pk,
        "unit_price": str(version.unit_price),
        "overage_price": str(version.overage_price),
        "tiers": version.tiers,
    }


def _set_price(version: LineVersion, price: Price) -> None:
    version.unit_price = price.unit_price
    version.overage_price = price.overage_price
    version.tiers = rows_of(price.tiers)
    version.save(update_fields=PRICES)


def _new_version(
    before: LineVersion, starts_on: date, price: Price, effect: str, reason: str
) -> int:
    made = LineVersion.objects.create(
        line_id=before.line_id,
        starts_on=starts_on,
        quantity=before.quantity,
        unit_price=price.unit_price,
        included_quantity=price.included_quantity,
        overage_price=price.overage_price,
        tiers=rows_of(price.tiers),
        effect=effect,
        reason=reason,
    )
    return int(made.pk)
