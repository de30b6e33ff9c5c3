"""What is taken off a document before tax: off single lines first, then off the document.

A discount on the document is computed once on the sum of its lines, parted among the tax rates in
proportion to what is asked for at each, and among the lines of a rate in the same way, both by
largest remainder: so the parts add up to the cent, in every rate and altogether, and no line is
reduced below nothing. Lines below nothing, which take something back, count in the sum and are
not reduced.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.money import ZERO, round_money, split_by_weight

Rate = tuple[str, Decimal]
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reducible:
    """A line of a draft, and what it asks for."""

    id: int
    amount: Decimal
    rate: Rate


@dataclass(frozen=True, slots=True)
class Granted:
    """A discount as a person granted it: a share or an amount, off a line or off everything."""

    id: int
    line_id: int | None = None
    percent: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reduction:
    """How much one discount takes off one line."""

    discount_id: int
    line_id: int
    amount: Decimal


def reductions_of(
    lines: Sequence[Reducible], granted: Iterable[Granted], currency: str = "EUR"
) -> list[Reduction]:
    """Return what each discount takes off each line, the discounts on single lines first.

    Of several discounts each is computed on what those before it have left.
    """
    left = {line.id: line.amount for line in lines}
    found: list[Reduction] = []
    for one in sorted(granted, key=lambda one: (one.line_id is None, one.id)):
        taken = _taken(one, lines, left, currency)
        for line_id, amount in taken.items():
            left[line_id] -= amount
            found.append(Reduction(one.id, line_id, amount))
    return found


def _taken(
    one: Granted, lines: Sequence[Reducible], left: Mapping[int, Decimal], currency: str
) -> dict[int, Decimal]:
    if one.line_id is not None:
        amount = _worth(one, left.get(one.line_id, ZERO), currency)
        return {one.line_id: amount} if amount else {}
    amount = _worth(one, sum(left.values(), ZERO), currency)
    return _spread(amount, lines, left, currency) if amount else {}


def _worth(one: Granted, base: Decimal, currency: str) -> Decimal:
    """Return what a discount comes to: never more than there is."""
    if base <= 0:
        return ZERO
    if one.percent is not None:
        return round_money(base * one.percent / _HUNDRED, currency)
    return min(one.amount or ZERO, base)


def _spread(
    amount: Decimal, lines: Sequence[Reducible], left: Mapping[int, Decimal], currency: str
) -> dict[int, Decimal]:
    """Part an amount among the rates, then among the lines of each rate."""
    of_rate: dict[Rate, list[int]] = defaultdict(list)
    for line in lines:
        if left[line.id] > 0:
            of_rate[line.rate].append(line.id)
    nets: dict[Rate, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        nets[line.rate] += left[line.id]
    rates = sorted(of_rate)
    weights = [max(nets[rate], ZERO) for rate in rates]
    found: dict[int, Decimal] = {}
    for rate, part in zip(rates, split_by_weight(amount, weights, currency), strict=True):
        ids = of_rate[rate]
        shares = split_by_weight(part, [left[key] for key in ids], currency)
        found |= {key: share for key, share in zip(ids, shares, strict=True) if share}
    return found


def share_taken_back(
    taken_back: Decimal, billed: Decimal, discount: Decimal, currency: str
) -> Decimal:
    """Return how much of a discount goes with what is taken back of the line that it reduced.

    All amounts are above nothing. Whoever gives back a half gives back half of what was paid.
    """
    if billed <= 0 or taken_back >= billed:
        return discount
    return round_money(discount * taken_back / billed, currency)
