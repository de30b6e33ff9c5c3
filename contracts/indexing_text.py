"""The arithmetic of increases in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from contracts.domain.indexation import Limit
from contracts.domain.price_steps import Obstacle, amounts_of, compares_with_base
from contracts.indexing import DueStep, LineRaise
from contracts.models import IndexationClause, IndexationKind
from core.display import day_text, month_text, number_text, percent_text, reader_locale


@dataclass(frozen=True)
class RaiseText:
    """What a step does to one line, to be read: old, new, arithmetic and what stands in the way."""

    line: Any
    old: Decimal
    new: Decimal
    arithmetic: Sequence[str]
    limit: str
    obstacle: str
    needs_base: bool
    monthly: Decimal | None


def clause_text(clause: IndexationClause) -> str:
    """Return by what and when prices rise: "+5 % every 12 months from 1 Jan 2026"."""
    first = day_text(clause.first_on)
    if clause.kind == IndexationKind.PERCENT:
        by = _("+%(percent)s") % {"percent": percent_text(clause.percent or Decimal(0))}
        if not clause.is_compound:
            by = _("%(by)s of the first price") % {"by": by}
    else:
        by = _("with %(index)s") % {"index": clause.table}
    return _("%(by)s, from %(day)s on, every %(n)s months") % {
        "by": by,
        "day": first,
        "n": clause.every_months,
    }


def raise_text(step: DueStep, one: LineRaise) -> RaiseText:
    """Return a line of a step to be read."""
    pairs = [
        (base, old, new)
        for base, old, new in zip(
            _padded(amounts_of(one.step.base.price), amounts_of(one.step.old)),
            amounts_of(one.step.old),
            amounts_of(one.step.new),
            strict=True,
        )
        if old
    ]
    is_raised = one.step.obstacle is Obstacle.NONE
    return RaiseText(
        line=one.line,
        old=pairs[0][1] if pairs else one.step.old.unit_price,
        new=pairs[0][2] if pairs else one.step.new.unit_price,
        arithmetic=[_arithmetic(step, one, *pair) for pair in pairs] if is_raised else [],
        limit=_limit_text(step, one.step.limit),
        obstacle=_obstacle_text(step, one.step.obstacle),
        needs_base=one.step.obstacle in {Obstacle.CHANGED, Obstacle.NO_BASE_VALUE},
        monthly=one.monthly,
    )


def decided_lines(basis: Mapping[str, Any]) -> list[tuple[str, Decimal, Decimal]]:
    """Return description, old and new price of the lines that an applied step raised."""
    found = []
    for row in basis.get("lines", []):
        pairs = zip(row["old"], row["new"], strict=True)
        old, new = next(
            ((Decimal(old), Decimal(new)) for old, new in pairs if Decimal(old)),
            (Decimal(row["old"][0]), Decimal(row["new"][0])),
        )
        found.append((row["description"], old, new))
    return found


def price_text(amount: Decimal) -> str:
    """Write a price without its currency, with two places at least: 1,081.40."""
    return str(format_decimal(amount, format="#,##0.00##", locale=reader_locale()))


def _padded(base: Sequence[Decimal], old: Sequence[Decimal]) -> Sequence[Decimal]:
    """Return the base's amounts; where the price has other tiers, the price's own."""
    return base if len(base) == len(old) else old


def _arithmetic(step: DueStep, one: LineRaise, base: Decimal, old: Decimal, new: Decimal) -> str:
    if one.step.limit is not Limit.NONE:
        percent = step.rule.cap_percent if one.step.limit is Limit.CAP else step.rule.floor_percent
        by = percent_text(percent or Decimal(0))
        return f"{price_text(old)} + {by} = {price_text(new)}"
    if step.rule.percent is None:
        values = f"{number_text(step.value or 0)} / {number_text(one.step.base.value or 0)}"
        return f"{price_text(base)} × {values} = {price_text(new)}"
    by = percent_text(step.rule.percent)
    if compares_with_base(step.rule):
        return f"{price_text(old)} + {by} × {price_text(base)} = {price_text(new)}"
    return f"{price_text(old)} + {by} = {price_text(new)}"


def _limit_text(step: DueStep, limit: Limit) -> str:
    if limit is Limit.CAP and step.rule.cap_percent is not None:
        return _("at most %(percent)s") % {"percent": percent_text(step.rule.cap_percent)}
    if limit is Limit.FLOOR and step.rule.floor_percent is not None:
        return _("at least %(percent)s") % {"percent": percent_text(step.rule.floor_percent)}
    return ""


def _obstacle_text(step: DueStep, obstacle: Obstacle) -> str:
    if obstacle is Obstacle.NO_VALUE:
        return missing_value_text(step.clause, step.month_on)
    if obstacle is Obstacle.CHANGED:
        return _("Its price was changed by hand since: say which base holds now.")
    if obstacle is Obstacle.NO_BASE_VALUE:
        return _("The index has no value for the month in which it began: say which base holds.")
    return ""


def missing_value_text(clause: IndexationClause, month_on: date | None) -> str:
    """Say which value of which index is missing."""
    return _("%(index)s has no value for %(month)s yet.") % {
        "index": clause.table,
        "month": month_text(month_on) if month_on else "",
    }
