"""What a move does to coverage, hours, service level and renewal of a contract."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.models import (
    Allowance,
    Contract,
    CoverageRule,
    PlanAllowance,
    PlanCoverage,
    PlanRevision,
)
from contracts.operations._plans import PROMISES, RENEWAL, allowance_fields, keys_of
from contracts.reading import CoverageRow, HoursRow, hours_row, rows_of_rules
from core.periods import nth_period, number_holding


@dataclass(frozen=True)
class CoverageMove:
    """What is said about some work before and after; one of both may be nothing."""

    rule: CoverageRule | None
    target: PlanCoverage | None
    old: CoverageRow | None
    new: CoverageRow | None


@dataclass(frozen=True)
class HoursMove:
    """Hours before and after, from the first day of a month of theirs on."""

    allowance: Allowance | None
    target: PlanAllowance | None
    old: HoursRow | None
    new: HoursRow | None
    starts_on: date


@dataclass(frozen=True)
class Promise:
    """A promise that follows the plan at once."""

    name: str
    label: str
    old: str
    new: str
    value: Any


def moved_coverage(
    contract: Contract, old: PlanRevision | None, new: Sequence[PlanCoverage], day: date
) -> list[CoverageMove]:
    """Return the rules that change; those agreed apart from the plan stay."""
    before = keys_of(old.coverage.all()) if old else {}
    after = keys_of(new)
    held = keys_of(rule for rule in contract.coverage.all() if _holds(rule, day))
    found = []
    for key in sorted({*before, *after}, key=str):
        rule, was, target = held.get(key), before.get(key), after.get(key)
        is_the_plans = (rule is None) == (was is None) and (
            rule is None or _said(rule) == _said(was)
        )
        if is_the_plans and _said(rule) != _said(target):
            found.append(_coverage_move(rule, target, contract.client.currency))
    return found


def moved_hours(
    contract: Contract, old: PlanRevision | None, new: Sequence[PlanAllowance], day: date
) -> list[HoursMove]:
    """Return the hours that change, by their name; those agreed apart from the plan stay."""
    before = {one.name: one for one in (old.allowances.all() if old else ())}
    after = {one.name: one for one in new}
    held = {one.name: one for one in contract.allowances.all() if _runs(one, day)}
    found = []
    for name in sorted({*before, *after}):
        allowance, was, target = held.get(name), before.get(name), after.get(name)
        is_the_plans = (allowance is None) == (was is None) and _terms(allowance) == _terms(was)
        if is_the_plans and _terms(allowance) != _terms(target):
            found.append(_hours_move(allowance, target, contract, day))
    return found


def moved_promises(
    contract: Contract, old: PlanRevision | None, new: PlanRevision
) -> list[Promise]:
    """Return service level and renewal terms that follow the plan; those changed apart stay.

    The terms of renewal stand together: one that was agreed apart keeps them all.
    """
    if old is None:
        return []
    renews_alike = all(getattr(contract, name) == getattr(old, name) for name in RENEWAL)
    return [
        Promise(name, _label(name), _shown(contract, name), _shown(new, name), getattr(new, name))
        for name in (*PROMISES, *(RENEWAL if renews_alike else ()))
        if getattr(contract, name) == getattr(old, name) != getattr(new, name)
    ]


def _holds(rule: CoverageRule, day: date) -> bool:
    begun = rule.starts_on is None or rule.starts_on <= day
    return rule.site_id is None and begun and (rule.last_day_on is None or rule.last_day_on >= day)


def _said(rule: Any) -> tuple[Any, ...] | None:  # noqa: ANN401  (of a contract or a plan)
    return None if rule is None else (rule.effect, rule.hourly_rate)


def _coverage_move(
    rule: CoverageRule | None, target: PlanCoverage | None, currency: str
) -> CoverageMove:
    return CoverageMove(rule, target, _row(rule, currency), _row(target, currency))


def _row(rule: Any, currency: str) -> CoverageRow | None:  # noqa: ANN401  (a row of a plan or a contract)
    return None if rule is None else rows_of_rules([rule], currency)[0]


def _runs(allowance: Allowance, day: date) -> bool:
    return allowance.last_day_on is None or allowance.last_day_on >= day


def _terms(allowance: Any) -> dict[str, Any] | None:  # noqa: ANN401  (a row of a plan or a contract)
    if allowance is None:
        return None
    kept = {name: getattr(allowance, name) for name in allowance_fields()}
    return {**kept, "work_types": _ids(allowance.work_types.all())}


def _ids(rows: Iterable[Any]) -> list[int]:
    return sorted(row.pk for row in rows)


def _hours_move(
    allowance: Allowance | None, target: PlanAllowance | None, contract: Contract, day: date
) -> HoursMove:
    currency = contract.client.currency
    return HoursMove(
        allowance,
        target,
        hours_row(allowance, currency) if allowance else None,
        hours_row(target, currency) if target else None,
        _month_from(allowance, day) if allowance else day,
    )


def _month_from(allowance: Allowance, day: date) -> date:
    """Return the first day of a month of the hours, the day itself or the next one."""
    if day <= allowance.starts_on:
        return allowance.starts_on
    number = number_holding(allowance.counted_from, day)
    month = nth_period(allowance.counted_from, number)
    return day if month.start == day else month.end


def _label(name: str) -> str:
    field = Contract._meta.get_field(name.removesuffix("_id"))
    return str(getattr(field, "verbose_name", name))


def _shown(source: Any, name: str) -> str:  # noqa: ANN401  (a row of a plan or a contract)
    show = getattr(source, f"get_{name}_display", None)
    if show is not None:
        return str(show())
    value = getattr(source, name.removesuffix("_id"))
    return "" if value is None else str(value)
