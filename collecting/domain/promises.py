"""Promises to pay, by what came in: kept, open, broken or taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.money import ZERO


class PromiseState(StrEnum):
    """Where a promise stands on a day."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Promise:
    """So much by a day; ``made_at`` is when it was written down."""

    id: int
    amount: Decimal
    currency: str
    made_on: date
    made_at: datetime
    pay_by_on: date
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came in; what was recorded before a promise is no part of it."""

    amount: Decimal
    currency: str
    received_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a promise came in by its day, and what that makes of it."""

    state: PromiseState
    paid: Decimal
    rest: Decimal


def standings(
    promises: Iterable[Promise], money: Iterable[Received], today: date
) -> dict[int, Standing]:
    """Return where the promises of one client stand; each payment keeps one promise only.

    The promise for the earliest day is kept first. The day promised is in time.
    """
    pots = [_Pot(one, one.amount) for one in sorted(money, key=lambda one: one.received_on)]
    found = {}
    for promise in sorted(promises, key=lambda one: (one.pay_by_on, one.id)):
        paid = ZERO if promise.is_withdrawn else _taken(pots, promise)
        found[promise.id] = _standing(promise, paid, today)
    return found


@dataclass(slots=True)
class _Pot:
    received: Received
    left: Decimal


def _taken(pots: Iterable[_Pot], promise: Promise) -> Decimal:
    paid = ZERO
    for pot in pots:
        if _counts(pot.received, promise):
            share = min(pot.left, promise.amount - paid)
            pot.left -= share
            paid += share
    return paid


def _counts(one: Received, promise: Promise) -> bool:
    in_time = promise.made_on <= one.received_on <= promise.pay_by_on
    return in_time and one.currency == promise.currency and one.recorded_at > promise.made_at


def _standing(promise: Promise, paid: Decimal, today: date) -> Standing:
    rest = promise.amount - paid
    if promise.is_withdrawn:
        return Standing(PromiseState.WITHDRAWN, paid, rest)
    if rest <= 0:
        return Standing(PromiseState.KEPT, paid, rest)
    is_over = today > promise.pay_by_on
    return Standing(PromiseState.BROKEN if is_over else PromiseState.OPEN, paid, rest)
