"""Balances of hours: month by month what was granted, carried in, drawn, expired and is left.

For each month, carried in + granted = drawn + expired + left, and what is left is carried into the
next one; over all months, granted = drawn + expired + left (I7). What expires does so on the last
day on which it could have been used, and stays visible there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.domain.agreements import Allowance, Block, Drawn
from billing.domain.buckets import NOTHING, MonthsOfAllowance, bucket_of
from core.periods import Period


@dataclass(frozen=True, slots=True)
class MonthBalance:
    """What happened in one month of an allowance, or in the whole life of a block."""

    period: Period
    granted: Decimal
    carried_in: Decimal
    drawn: Decimal
    expired: Decimal

    @property
    def left(self) -> Decimal:
        """What can still be used when the month, or the day asked about, is over."""
        return self.carried_in + self.granted - self.drawn - self.expired


@dataclass(frozen=True, slots=True)
class Statement:
    """The balance of an allowance or a block up to and including ``through``."""

    through: date
    months: tuple[MonthBalance, ...] = ()

    @property
    def granted(self) -> Decimal:
        """All that was granted so far."""
        return sum((month.granted for month in self.months), NOTHING)

    @property
    def drawn(self) -> Decimal:
        """All that was used so far, less what was given back."""
        return sum((month.drawn for month in self.months), NOTHING)

    @property
    def expired(self) -> Decimal:
        """All that was lost because nobody used it in time."""
        return sum((month.expired for month in self.months), NOTHING)

    @property
    def left(self) -> Decimal:
        """What can be used on the day."""
        return self.months[-1].left if self.months else NOTHING


def statement(
    hours: Allowance | Block,
    drawn: Iterable[Drawn],
    through: date,
    pauses: Sequence[Period] = (),
) -> Statement:
    """Return the balance of an allowance or a block after the day, from all that was drawn."""
    if isinstance(hours, Block):
        taken = [one for one in drawn if one.block_id == hours.id]
        return Statement(through, (_of_block(hours, taken, through),))
    taken = [one for one in drawn if one.allowance_id == hours.id]
    return Statement(through, _of_allowance(hours, taken, through, pauses))


def _of_block(block: Block, drawn: Sequence[Drawn], through: date) -> MonthBalance:
    taken = sum((one.quantity for one in drawn if one.worked_on <= through), NOTHING)
    is_over = block.valid.end <= through
    expired = bucket_of(block, drawn).free if is_over else NOTHING
    return MonthBalance(block.valid, block.quantity, NOTHING, taken, expired)


def _of_allowance(
    allowance: Allowance, drawn: Sequence[Drawn], through: date, pauses: Sequence[Period]
) -> tuple[MonthBalance, ...]:
    months = MonthsOfAllowance(allowance, drawn, pauses)
    balances: list[MonthBalance] = []
    left = NOTHING
    for number in range(months.first, months.number_of(through) + 1):
        balance = _of_month(months, number, left, drawn, through)
        if balance.period.start >= allowance.term.end and not (left or balance.drawn):
            break
        left = balance.left
        balances.append(balance)
    return tuple(balances)


def _of_month(
    months: MonthsOfAllowance,
    number: int,
    carried_in: Decimal,
    drawn: Sequence[Drawn],
    through: date,
) -> MonthBalance:
    month = months.month(number)
    taken = (one.quantity for one in drawn if one.worked_on in month and one.worked_on <= through)
    return MonthBalance(
        period=month,
        granted=months.bucket(number).granted,
        carried_in=carried_in,
        drawn=sum(taken, NOTHING),
        expired=_expired_in(months, number) if month.end <= through else NOTHING,
    )


def _expired_in(months: MonthsOfAllowance, number: int) -> Decimal:
    """Return what a cap cuts off at the end of the month, and what grows too old with it."""
    months.close_before(number + 1)
    cut = (bucket.capped.get(number, NOTHING) for _, bucket in months.alive_in(number))
    oldest = number - months.carried_months
    too_old = months.bucket(oldest).free if oldest >= months.first else NOTHING
    return sum(cut, NOTHING) + too_old
