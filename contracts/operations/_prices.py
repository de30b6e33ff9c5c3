"""Another price of a line from a day on, carried through later changes; opens no transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from contracts.domain.price import Price, rows_of
from contracts.domain.price_steps import amounts_of, with_amounts
from contracts.models import ChangeEffect, ContractLine, LineVersion
from contracts.operations._waiting import let_nothing_wait, versions_of
from contracts.schedule import counting_from, price_of

PRICES = ("unit_price", "overage_price", "tiers")


def write_price(
    line: ContractLine, day: date, new: Price, effect: str, reason: str
) -> dict[str, Any]:
    """Write the price down; return which versions were made and what stood in those changed.

    It counts by its own effect: what waits on the day goes on waiting, and where another version
    of the day counts at once a price that is to wait is written on the day it waits for. Later
    versions that only changed the quantity carry the price of before: they change too. A later
    price that was agreed by itself stays.
    """
    let_nothing_wait(line, day)
    versions = versions_of(line)
    old = _version_on(versions, day)
    if old.starts_on == day and effect == ChangeEffect.NEXT_PERIOD:
        day, effect = _next_period(line, old, day), ChangeEffect.IMMEDIATE
    held = _version_on(versions, day)
    if not _costs_alike(held, old):
        return {"made": None, "changed": []}
    touched = [held] if held.starts_on == day else []
    touched += carrying(versions, held, day)
    changed = [_remembered(version) for version in touched]
    for version in touched:
        _set_price(version, new)
    made = None if held.starts_on == day else _new_version(held, day, new, effect, reason)
    return {"made": made, "changed": changed}


def carrying(versions: Sequence[LineVersion], held: LineVersion, day: date) -> list[LineVersion]:
    """Return the versions after a day that changed the quantity alone, up to another price."""
    found: list[LineVersion] = []
    for version in versions:
        if version.starts_on <= day:
            continue
        if not _costs_alike(version, held):
            break
        found.append(version)
    return found


def _costs_alike(one: LineVersion, other: LineVersion) -> bool:
    return amounts_of(price_of(one)) == amounts_of(price_of(other))


def _version_on(versions: Sequence[LineVersion], day: date) -> LineVersion:
    return [version for version in versions if version.starts_on <= day][-1]


def _next_period(line: ContractLine, version: LineVersion, day: date) -> date:
    waiting = LineVersion(starts_on=day, effect=ChangeEffect.NEXT_PERIOD)
    return counting_from(line.contract, line, [version, waiting])[1]


def _remembered(version: LineVersion) -> dict[str, Any]:
    return {
        "version": version.pk,
        "unit_price": str(version.unit_price),
        "overage_price": str(version.overage_price),
        "tiers": version.tiers,
    }


def _set_price(version: LineVersion, price: Price) -> None:
    """Raise the amounts; the quantities to which they belong are the version's own."""
    raised = with_amounts(price_of(version), amounts_of(price))
    version.unit_price = raised.unit_price
    version.overage_price = raised.overage_price
    version.tiers = rows_of(raised.tiers)
    version.save(update_fields=PRICES)


def _new_version(
    before: LineVersion, starts_on: date, price: Price, effect: str, reason: str
) -> int:
    raised = with_amounts(price_of(before), amounts_of(price))
    made = LineVersion.objects.create(
        line_id=before.line_id,
        starts_on=starts_on,
        quantity=before.quantity,
        unit_price=raised.unit_price,
        included_quantity=raised.included_quantity,
        overage_price=raised.overage_price,
        tiers=rows_of(raised.tiers),
        effect=effect,
        reason=reason,
    )
    return int(made.pk)
