"""Who is reminded of what today, at which level; and of what not, with the reason.

A level is due so many days after the due day and the grace. Of an invoice only the highest level
that is due counts, so that days of downtime never send a burst.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from core.money import ZERO


class Reason(StrEnum):
    """Why an overdue invoice is not asked for now."""

    NO_PLAN = "no_plan"
    NO_REMINDERS = "no_reminders"
    HELD = "held"
    COLLECTED = "collected"
    DISPUTED = "disputed"
    CREDIT = "credit"
    PROMISED = "promised"
    NOT_YET = "not_yet"
    REACHED = "reached"
    TOO_SOON = "too_soon"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Plan:
    """When which level is due: ``days`` by level, after the due day and the grace."""

    days: Mapping[int, int]
    grace_days: int = 0
    days_between: int = 1
    smallest: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Overdue:
    """An invoice whose due day has passed: what is open, what of it is disputed.

    ``reached`` is the highest level that was sent; ``kept_back`` a reason that a person gave.
    """

    invoice_id: int
    currency: str
    due_on: date
    balance: Decimal
    disputed: Decimal = ZERO
    reached: int = 0
    kept_back: Reason | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """Money that answers for the oldest invoices first: credit, or what is promised."""

    currency: str
    amount: Decimal
    reason: Reason


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one client today; ``last_sent_on`` is the day of the last reminder."""

    plan: Plan | None
    overdue: Sequence[Overdue]
    covers: Sequence[Cover] = field(default=())
    last_sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """An overdue invoice: its level, what would be asked for, and why it is not."""

    invoice_id: int
    currency: str
    level: int
    amount: Decimal
    reason: Reason | None = None


def level_due(plan: Plan, due_on: date, today: date) -> int:
    """Return the highest level whose day has come, 0 for none."""
    late_from = due_on + timedelta(days=plan.grace_days)
    due = [level for level, days in plan.days.items() if late_from + timedelta(days=days) <= today]
    return max(due, default=0)


def judge(facts: Facts, today: date) -> list[Verdict]:
    """Return a verdict on every overdue invoice of a client, the oldest first."""
    ordered = sorted(facts.overdue, key=lambda one: (one.due_on, one.invoice_id))
    pots = [_Pot(one.currency, one.amount, one.reason) for one in facts.covers]
    verdicts = [_verdict(one, facts, pots, today) for one in ordered]
    return _without_small(verdicts, facts.plan)


def letter_of(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return what one letter asks for: all that is due at any level, nothing where none is."""
    return [one for one in verdicts if one.reason is None]


@dataclass(slots=True)
class _Pot:
    currency: str
    left: Decimal
    reason: Reason


def _verdict(one: Overdue, facts: Facts, pots: list[_Pot], today: date) -> Verdict:
    amount, why_nothing = _asked(one, pots)
    level = level_due(facts.plan, one.due_on, today) if facts.plan else 0
    reason = one.kept_back or why_nothing or _too_early(one, level, facts, today)
    return Verdict(one.invoice_id, one.currency, level, amount, reason)


def _asked(one: Overdue, pots: list[_Pot]) -> tuple[Decimal, Reason | None]:
    """Return what may be asked for, and what answers for it where that is nothing.

    What a person keeps back uses up neither credit nor promises.
    """
    amount = max(one.balance - one.disputed, ZERO)
    reason = Reason.DISPUTED
    for pot in () if one.kept_back else pots:
        if pot.currency == one.currency and amount > 0:
            share = min(pot.left, amount)
            pot.left -= share
            amount -= share
            reason = pot.reason
    return amount, None if amount > 0 else reason


def _too_early(one: Overdue, level: int, facts: Facts, today: date) -> Reason | None:
    if facts.plan is None:
        return Reason.NO_PLAN
    if level == 0:
        return Reason.NOT_YET
    if level <= one.reached:
        return Reason.REACHED
    pause = timedelta(days=facts.plan.days_between)
    if facts.last_sent_on and today < facts.last_sent_on + pause:
        return Reason.TOO_SOON
    return None


def _without_small(verdicts: list[Verdict], plan: Plan | None) -> list[Verdict]:
    sums: dict[str, Decimal] = {}
    for one in letter_of(verdicts):
        sums[one.currency] = sums.get(one.currency, ZERO) + one.amount
    small = {currency for currency, sum_ in sums.items() if plan and sum_ < plan.smallest}
    return [
        Verdict(one.invoice_id, one.currency, one.level, one.amount, Reason.SMALL)
        if one.reason is None and one.currency in small
        else one
        for one in verdicts
    ]
