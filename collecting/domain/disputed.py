"""How much of an invoice its client does not accept, to the cent.

Tax is worked out for a whole document, rate by rate; each line's share of it is found by largest
remainder, so that the shares of all lines are the document's tax again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from core.money import ZERO, smallest_unit

Rate = tuple[str, Decimal]


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A line of an issued invoice with what credit notes have left of it, without tax."""

    id: int
    net: Decimal
    rate: Rate


def with_tax(
    lines: Sequence[LineLeft], taxes: Mapping[Rate, Decimal], currency: str = "EUR"
) -> dict[int, Decimal]:
    """Return what is left of each line with its share of the tax that is left at its rate."""
    by_rate: dict[Rate, list[LineLeft]] = {}
    for line in lines:
        by_rate.setdefault(line.rate, []).append(line)
    found: dict[int, Decimal] = {}
    for rate, some in by_rate.items():
        shares = _shares(taxes.get(rate, ZERO), [line.net for line in some], currency)
        found |= {line.id: line.net + tax for line, tax in zip(some, shares, strict=True)}
    return found


def disputed_of(
    gross: Mapping[int, Decimal], disputed: Collection[int], balance: Decimal
) -> Decimal:
    """Return how much of what is still open is disputed.

    What was paid is counted against the lines that nobody disputes first, so that no more is
    disputed than is open.
    """
    asked = sum((gross.get(line, ZERO) for line in set(disputed)), ZERO)
    return max(min(asked, balance), ZERO)


def _shares(tax: Decimal, nets: Iterable[Decimal], currency: str) -> list[Decimal]:
    weights = list(nets)
    whole, unit = sum(weights, ZERO), smallest_unit(currency)
    if not whole:
        return [ZERO for _ in weights]
    exact = [tax * net / whole for net in weights]
    parts = [one.quantize(unit, rounding=ROUND_FLOOR) for one in exact]
    missing = int((tax - sum(parts, ZERO)) / unit)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[:missing]:
        parts[i] += unit
    return parts
