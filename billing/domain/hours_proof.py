"""Adding up again what was granted and drawn, and naming what does not agree.

Written apart from the arithmetic that draws, so that a mistake there is not repeated here.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from billing.domain.agreements import Allowance, Block, Drawn
from billing.domain.balances import statement
from billing.domain.terms import BlockUnit, Rollover
from core.periods import Period, nth_period, number_holding

_NOTHING = Decimal(0)


class HoursFault(StrEnum):
    """What does not add up about hours."""

    OVERDRAWN = "overdrawn"
    GIVEN_BACK = "more given back than taken"
    OUT_OF_TIME = "drawn on a day on which it could not be used"
    LOST = "granted is not drawn, expired and left"


def fault_in_hours(
    hours: Allowance | Block, drawn: Sequence[Drawn], pauses: Sequence[Period] = ()
) -> HoursFault | None:
    """Return the first thing that does not agree about an allowance or a block, or None.

    ``drawn`` is all that live charges have taken from it.
    """
    taken: dict[date | None, Decimal] = defaultdict(Decimal)
    for one in drawn:
        taken[one.bucket_on] += one.quantity
        if not _is_usable(hours, one):
            return HoursFault.OUT_OF_TIME
    if any(quantity < 0 for quantity in taken.values()):
        return HoursFault.GIVEN_BACK
    if any(quantity > _granted(hours, month) for month, quantity in taken.items()):
        return HoursFault.OVERDRAWN
    return None if _adds_up(hours, drawn, pauses) else HoursFault.LOST


def _granted(hours: Allowance | Block, month_on: date | None) -> Decimal:
    """Return what a month of an allowance grants without pauses, or what a block holds."""
    if isinstance(hours, Block) or month_on is None:
        return hours.quantity if isinstance(hours, Block) else _NOTHING
    month = nth_period(hours.anchor, number_holding(hours.anchor, month_on))
    first, last = max(month.start, hours.term.start), min(month.end, hours.term.end)
    if month.start != month_on or first >= last:
        return _NOTHING
    if hours.prorates_stub and first > month.start:
        share = Decimal(hours.minutes * (last - first).days) / month.days
        return share.to_integral_value("ROUND_HALF_UP")
    return Decimal(hours.minutes)


def _is_usable(hours: Allowance | Block, drawn: Drawn) -> bool:
    if isinstance(hours, Block):
        is_incident = hours.unit == BlockUnit.INCIDENTS
        return drawn.worked_on in hours.valid or (is_incident and drawn.quantity <= 0)
    if drawn.bucket_on is None:
        return False
    kept = hours.age_months if hours.rollover == Rollover.OLDEST_FIRST else 0
    number = number_holding(hours.anchor, drawn.bucket_on)
    until = nth_period(hours.anchor, number + kept).end
    return drawn.bucket_on <= drawn.worked_on < until


def _adds_up(hours: Allowance | Block, drawn: Sequence[Drawn], pauses: Sequence[Period]) -> bool:
    """Whether the balance that people read keeps every hour, whatever day they read it on."""
    term = hours.valid if isinstance(hours, Block) else hours.term
    through = max((one.worked_on for one in drawn), default=term.start)
    balance = statement(hours, drawn, through, pauses)
    used = sum((one.quantity for one in drawn), _NOTHING)
    has_lost_none = all(month.expired >= 0 and month.left >= 0 for month in balance.months)
    is_whole = balance.granted == balance.drawn + balance.expired + balance.left
    return has_lost_none and is_whole and balance.drawn == used
