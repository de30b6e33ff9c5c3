"""Spreading money over what it is for."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

Part = tuple[int, Decimal]


def in_turn(amount: Decimal, asked: Iterable[Part]) -> dict[int, Decimal]:
    """Return how much each one gets when they are served one after the other until all is spent."""
    spread: dict[int, Decimal] = {}
    for key, wanted in asked:
        share = min(amount, wanted)
        if share > 0:
            spread[key] = share
            amount -= share
    return spread


def drawn_from(
    sources: Iterable[Part], wanted: Iterable[Part]
) -> Iterator[tuple[int, int, Decimal]]:
    """Yield source, target and amount until all that is wanted is drawn, the first sources first.

    :raises ValueError: the sources hold less than is wanted
    """
    stock = [(key, left) for key, left in sources if left > 0]
    stock.reverse()
    for target, amount in wanted:
        rest = amount
        while rest > 0:
            if not stock:
                raise ValueError("there is not enough to draw from")
            key, left = stock.pop()
            share = min(rest, left)
            yield key, target, share
            rest -= share
            if left > share:
                stock.append((key, left - share))
