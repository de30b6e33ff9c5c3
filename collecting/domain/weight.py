"""How much a debt weighs: what is owed, times how long it is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.money import ZERO


@dataclass(frozen=True, slots=True)
class Debt:
    """An overdue invoice: what is open, what of it is disputed, how many days it is late."""

    balance: Decimal
    disputed: Decimal
    days_late: int


def weight_of(debts: Iterable[Debt]) -> Decimal:
    """Return the sum of undisputed amounts times days late: 100 for ten days weigh 1000."""
    return sum(((one.balance - one.disputed) * one.days_late for one in debts), ZERO)
