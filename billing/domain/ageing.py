"""How late open invoices are: summed by client into what is not due and what is 30 days late."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

# The last day of each of these is still in it: 30 days late is in the second, 31 in the third.
LIMITS = (0, 30, 60, 90)


@dataclass(frozen=True)
class Owing:
    """An open invoice: whose, until when, how much."""

    client_id: int
    currency: str
    due_on: date
    balance: Decimal


@dataclass
class Aged:
    """What a client owes in one currency, from what is not due to what is over 90 days late."""

    client_id: int
    currency: str
    parts: list[Decimal] = field(default_factory=lambda: [Decimal("0.00")] * (len(LIMITS) + 1))

    @property
    def total(self) -> Decimal:
        """All that is open."""
        return sum(self.parts, Decimal("0.00"))


def part_of(due_on: date, today: date) -> int:
    """Return the place of an invoice's part: 0 while it is not late, 4 from 91 days on."""
    late = (today - due_on).days
    return sum(late > limit for limit in LIMITS)


def aged(owing: Iterable[Owing], today: date) -> list[Aged]:
    """Sum open invoices by client and currency."""
    found: dict[tuple[int, str], Aged] = {}
    for one in owing:
        key = (one.client_id, one.currency)
        row = found.setdefault(key, Aged(*key))
        row.parts[part_of(one.due_on, today)] += one.balance
    return list(found.values())
