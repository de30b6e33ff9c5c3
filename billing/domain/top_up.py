"""Topping up: when a block has run low, and on which days the next one is valid."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from billing.domain.agreements import Block, Drawn
from core.periods import FOREVER, Period, add_months, number_holding


def ran_low_on(block: Block, threshold: Decimal, drawn: Iterable[Drawn]) -> date | None:
    """Return the day whose work brought what is left down to the threshold, or below it."""
    left = block.quantity
    found: date | None = None
    taken = (one for one in drawn if one.block_id == block.id)
    for one in sorted(taken, key=lambda one: one.worked_on):
        left -= one.quantity
        if left > threshold:
            found = None
        elif found is None:
            found = one.worked_on
    return found


def next_validity(block: Block, starts_on: date) -> Period:
    """Return the days of the next block: as many months, or days, as those of this one."""
    if block.valid.end == FOREVER:
        return Period(starts_on, FOREVER)
    months = number_holding(block.valid.start, block.valid.end)
    if months and add_months(block.valid.start, months) == block.valid.end:
        return Period(starts_on, add_months(starts_on, months))
    return Period(starts_on, starts_on + (block.valid.end - block.valid.start))
