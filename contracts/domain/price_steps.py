"""One step of a clause for one line: all of its prices rise together, tiers and packages too.

What a step starts from is the line's *base*. Usually that is the price of the day before the
clause's first step, with the clause's base value. A line that began later has the price with which
it began, at the level of the step before. A price that was changed by hand since is agreed at a
level of its own, so that a clause which compares with a base cannot go on by itself: a person says
which base holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from contracts.domain.indexation import Clause, Limit, Step, raise_price, steps_through
from contracts.domain.price import Price, Tier

Amounts = tuple[Decimal, ...]


class Obstacle(StrEnum):
    """Why a line cannot be raised by itself."""

    NONE = ""
    NO_VALUE = "no_value"
    NO_BASE_VALUE = "no_base_value"
    CHANGED = "changed"


class DatedPrice(NamedTuple):
    """A price from a day on, until the next one."""

    starts_on: date
    price: Price


class NewBase(NamedTuple):
    """The base that a person chose: the price in force that day, at that value of the index.

    A line that came along from another client names both itself: the base price, and the price that
    the steps have reached.
    """

    starts_on: date
    value: Decimal | None
    amounts: Amounts = ()
    reached: Amounts = ()


@dataclass(frozen=True, slots=True)
class Base:
    """What a line's steps start from, and what those before its own history have reached."""

    price: Price
    value: Decimal | None
    holds_from: date
    reached: Amounts = ()


@dataclass(frozen=True, slots=True)
class LineStep:
    """A line's price before and after a step, or what stands in the way."""

    old: Price
    new: Price
    base: Base
    value: Decimal | None
    limit: Limit = Limit.NONE
    obstacle: Obstacle = Obstacle.NONE


def price_on(history: Sequence[DatedPrice], day: date) -> Price:
    """Return the price in force on the day; before the first one, the first."""
    held = [dated for dated in history if dated.starts_on <= day]
    found = (
        max(held, key=lambda dated: dated.starts_on)
        if held
        else min(history, key=lambda dated: dated.starts_on)
    )
    return found.price


def still_at(history: Sequence[DatedPrice], day: date, price: Price) -> list[date]:
    """Return the later days from which the price is still the same, up to another price.

    Such a change was one of quantity: it carries the price along, and so rises with it.
    """
    days: list[date] = []
    for dated in sorted(history, key=lambda one: one.starts_on):
        if dated.starts_on <= day:
            continue
        if amounts_of(dated.price) != amounts_of(price):
            break
        days.append(dated.starts_on)
    return days


def carried(history: Sequence[DatedPrice], day: date, step: LineStep) -> list[DatedPrice]:
    """Return the history as it is once the step has been taken."""
    rising = set(still_at(history, day, step.old))
    kept = [
        DatedPrice(one.starts_on, with_amounts(one.price, amounts_of(step.new)))
        if one.starts_on in rising
        else one
        for one in history
        if one.starts_on != day
    ]
    return sorted([*kept, DatedPrice(day, step.new)], key=lambda one: one.starts_on)


def compares_with_base(clause: Clause) -> bool:
    """Whether a step starts from the base and not from the price before it."""
    return clause.percent is None or not clause.is_compound


def base_of(
    clause: Clause,
    history: Sequence[DatedPrice],
    chosen: Sequence[NewBase],
    day: date,
    value_before: Decimal | None,
) -> Base:
    """Return what the step of a day starts from.

    ``value_before`` is the index value of the last step before the line began, for a line that
    began later than the clause.
    """
    held = [base for base in chosen if base.starts_on <= day]
    if held:
        latest = max(held, key=lambda base: base.starts_on)
        price = price_on(history, latest.starts_on)
        if latest.amounts:
            price = _costing(latest.amounts)
        return Base(price, latest.value, latest.starts_on, latest.reached)
    began_on = min(dated.starts_on for dated in history)
    before_first = clause.first_on - timedelta(days=1)
    if began_on > before_first:
        return Base(price_on(history, began_on), value_before, began_on)
    return Base(price_on(history, before_first), clause.base_value, before_first)


def step_before(clause: Clause, day: date) -> date | None:
    """Return the day of the last step on the day or before it."""
    days = steps_through(clause, day)
    return days[-1] if days else None


def line_step(
    clause: Clause,
    history: Sequence[DatedPrice],
    day: date,
    *,
    base: Base,
    raised_to: Amounts | None,
    value: Decimal | None,
) -> LineStep:
    """Return what the step of a day does to a line.

    ``raised_to`` is what the last applied step since the base raised the line's amounts to.
    """
    old = price_on(history, day)
    obstacle = _obstacle(clause, old, base, raised_to, value)
    if obstacle is not Obstacle.NONE:
        return LineStep(old, old, base, value, obstacle=obstacle)
    steps = _steps(clause, base, old, value)
    limits = {step.limit for step in steps} - {Limit.NONE}
    new = with_amounts(old, tuple(step.new_price for step in steps))
    return LineStep(old, new, base, value, min(limits, default=Limit.NONE))


def amounts_of(price: Price) -> Amounts:
    """Return the amounts of a price that rise: the unit price, the further one's, the tiers'."""
    return (price.unit_price, price.overage_price, *(tier.unit_price for tier in price.tiers))


def with_amounts(price: Price, amounts: Amounts) -> Price:
    """Return the price with other amounts and the same quantities."""
    unit, overage, *tiers = amounts
    return replace(
        price,
        unit_price=unit,
        overage_price=overage,
        tiers=tuple(Tier(tier.up_to, new) for tier, new in zip(price.tiers, tiers, strict=True)),
    )


def _costing(amounts: Amounts) -> Price:
    """Return a price of these amounts, of which nothing else is asked."""
    unit, overage, *tiers = amounts
    steps = tuple(Tier(None, amount) for amount in tiers)
    return Price(unit_price=unit, overage_price=overage, tiers=steps)


def _obstacle(
    clause: Clause, old: Price, base: Base, raised_to: Amounts | None, value: Decimal | None
) -> Obstacle:
    if compares_with_base(clause) and amounts_of(old) != (raised_to or amounts_of(base.price)):
        return Obstacle.CHANGED
    if clause.percent is not None:
        return Obstacle.NONE
    if value is None:
        return Obstacle.NO_VALUE
    return Obstacle.NONE if base.value else Obstacle.NO_BASE_VALUE


def _steps(clause: Clause, base: Base, old: Price, value: Decimal | None) -> list[Step]:
    """Raise each amount of the price by itself, against the same amount of the base."""
    own = replace(clause, base_value=base.value)
    now = amounts_of(old)
    first = amounts_of(base.price) if compares_with_base(clause) else now
    return [
        raise_price(own, base_price=start, price=amount, value=value)
        for start, amount in zip(first, now, strict=True)
    ]
