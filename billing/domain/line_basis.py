"""The arithmetic of a contract line's charge as data, from which its sentence is made."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from billing.domain.agreements import BilledPeriod, Counted, LineTerm
from billing.domain.owed import Owed, Slice
from billing.domain.pricing import Step
from core.periods import Period

Basis = dict[str, Any]


def basis_of(line: LineTerm, owed: Owed, currency: str) -> Basis:
    """Return how the amount of a cycle came about, with all that was counted."""
    basis: Basis = {
        "rule": "recurring/2",
        "currency": currency,
        "contract": line.contract.number,
        "contract_name": line.contract.name,
        "unit": line.unit,
        "months": line.rhythm.months,
        "proration": line.rhythm.proration.value,
        "quantity_rule": line.quantity_rule.value,
        "stub": owed.cycle.stub.value if owed.cycle.stub else "",
        "slices": [_slice(slice_) for slice_ in owed.slices],
    }
    if line.counted is not None:
        basis["counted"] = _counted(line.counted, owed)
    return basis


def basis_of_correction(
    line: LineTerm, owed: Owed, before: BilledPeriod, days: Period, currency: str
) -> Basis:
    """Return what is owed for the days, what was billed for them, and what credit notes took."""
    credited = {"credited": str(before.credited)} if before.credited else {}
    return {
        **basis_of(line, owed, currency),
        "rule": "correction/2",
        "from": days.start.isoformat(),
        "through": days.last_day.isoformat(),
        "owed": str(owed.amount),
        "billed": str(before.amount),
        **credited,
    }


def _slice(slice_: Slice) -> Basis:
    basis: Basis = {
        "from": slice_.days.start.isoformat(),
        "days": slice_.days.days,
        "weight": slice_.weight,
        "whole": slice_.whole,
        "steps": [_step(step) for step in slice_.steps],
        "amount": str(slice_.amount),
    }
    if slice_.decided_on is not None:
        basis["decided_on"] = slice_.decided_on.isoformat()
    return basis


def _step(step: Step) -> Basis:
    basis = {"quantity": str(step.quantity), "unit_price": str(step.unit_price)}
    return basis if step.includes is None else {**basis, "includes": str(step.includes)}


def _counted(units: Sequence[Counted], owed: Owed) -> list[Basis]:
    """Return the units that count, with their days; where one day decides, those of that day."""
    deciding = {slice_.decided_on for slice_ in owed.slices if slice_.decided_on}
    found: dict[tuple[str, int], int] = defaultdict(int)
    decided: set[tuple[str, int]] = set()
    for unit in units:
        key = unit.name, unit.id
        found[key] += sum(unit.days.clip_to(days).days for days in owed.cycle.served)
        if any(day in unit.days for day in deciding):
            decided.add(key)
    return [
        {"id": key, "name": name, "days": days}
        for (name, key), days in sorted(found.items())
        if days and (not deciding or (name, key) in decided)
    ]
