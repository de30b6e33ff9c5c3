"""Buckets of hours: each month of an allowance and each prepaid block, with what is left in it.

A month of an allowance grants its minutes on its first day. Where the month begins before the
allowance does, and the contract says so, it grants the share of its days, rounded half up to whole
minutes: 10 h from the 20th of a month of 31 days are 600 x 12 / 31 = 232 minutes, 3.87 h. A month
that is paused throughout grants nothing but what was taken from it before the pause was agreed.

What live charges have taken is frozen. Nothing else is stored: what is left, carried or expired
follows from it whenever it is asked for, so work that is entered late still finds what its own
month has left.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from billing.domain.agreements import Allowance, Block, Drawn, DrawWeight
from billing.domain.terms import BlockUnit, Rollover
from core.periods import Period, add_months, nth_period, number_holding

NOTHING = Decimal(0)


@dataclass(slots=True, eq=False)
class Bucket:
    """A month of an allowance or a block: what it grants, what was taken, what is free.

    ``free`` is what nobody has taken, for work of whatever day, and no cap has cut off.
    """

    granted: Decimal
    usable: Period
    unit: BlockUnit = BlockUnit.MINUTES
    weights: Sequence[DrawWeight] = ()
    allowance_id: int | None = None
    bucket_on: date | None = None
    block_id: int | None = None
    free: Decimal = field(init=False)
    taken: list[Drawn] = field(init=False, default_factory=list)
    capped: dict[int, Decimal] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.free = self.granted

    def take(self, drawn: Drawn) -> None:
        """Take a quantity, or give back a negative one."""
        self.taken.append(drawn)
        self.free -= drawn.quantity

    def cut_off(self, month: int, excess: Decimal) -> Decimal:
        """Let expire at the end of a month what is too much to carry, and return how much it is."""
        cut = max(NOTHING, min(excess, self.free))
        self.capped[month] = cut
        self.free -= cut
        return cut

    def left_before(self, day: date) -> Decimal:
        """What was left when the day began, whatever was taken for later work."""
        later = (drawn.quantity for drawn in self.taken if drawn.worked_on >= day)
        return self.free + sum(later, NOTHING)

    def weight_of(self, work_type_id: int, work_role_id: int | None) -> Decimal:
        """Return how many minutes one minute of such work takes from here."""
        return weight_of(self.weights, work_type_id, work_role_id)

    def serves_ticket(self, ticket_id: int) -> bool:
        """Whether an incident has been taken for the ticket, and not been given back."""
        if self.unit != BlockUnit.INCIDENTS:
            return False
        return sum(one.quantity for one in self.taken if one.ticket_id == ticket_id) > 0


class MonthsOfAllowance:
    """The months of one allowance, in order, as far as anybody has asked for them.

    Days must be asked for in order: what a cap lets a month carry depends on what was taken before
    the month was over.
    """

    def __init__(
        self,
        allowance: Allowance,
        drawn: Iterable[Drawn],
        pauses: Sequence[Period] = (),
        weights: Sequence[DrawWeight] = (),
    ) -> None:
        self.allowance = allowance
        self._pauses = pauses
        self._weights = weights
        self._buckets: dict[int, Bucket] = {}
        self._drawn: dict[date, list[Drawn]] = defaultdict(list)
        for one in drawn:
            if one.bucket_on is not None:
                self._drawn[one.bucket_on].append(one)
        self.first = number_holding(allowance.anchor, allowance.term.start)
        self._closed = self.first

    @property
    def carried_months(self) -> int:
        """For how many months after its own a month's minutes can be used."""
        rolls_over = self.allowance.rollover == Rollover.OLDEST_FIRST
        return self.allowance.age_months if rolls_over else 0

    def number_of(self, day: date) -> int:
        """Return the number of the month that holds the day, counted from the anchor."""
        return number_holding(self.allowance.anchor, day)

    def month(self, number: int) -> Period:
        """Return the days of a month."""
        return nth_period(self.allowance.anchor, number)

    def bucket(self, number: int) -> Bucket:
        """Return the bucket that a month grants."""
        if number not in self._buckets:
            self._buckets[number] = self._new_bucket(number)
        return self._buckets[number]

    def usable_on(self, day: date) -> list[Bucket]:
        """Return the buckets that work of the day may use, the oldest first."""
        if day < self.allowance.term.start:
            return []
        number = self.number_of(day)
        self.close_before(number)
        return [bucket for _, bucket in self.alive_in(number)]

    def alive_in(self, number: int) -> list[tuple[int, Bucket]]:
        """Return, by number, the months whose minutes can be used in a month, the oldest first."""
        oldest = max(self.first, number - self.carried_months)
        return [(n, self.bucket(n)) for n in range(oldest, number + 1)]

    def close_before(self, number: int) -> None:
        """Cut off, at the end of each earlier month, what the cap does not let it carry."""
        for closing in range(self._closed, number):
            self._close(closing)
        self._closed = max(self._closed, number)

    def _close(self, number: int) -> None:
        cap = self.allowance.cap_minutes
        if cap is None or not self.carried_months:
            return
        end = self.month(number).end
        carried = [b for n, b in self.alive_in(number) if n + self.carried_months > number]
        excess = sum((bucket.left_before(end) for bucket in carried), NOTHING) - cap
        for bucket in carried:
            excess -= bucket.cut_off(number, excess)

    def _new_bucket(self, number: int) -> Bucket:
        month = self.month(number)
        usable_until = add_months(self.allowance.anchor, number + 1 + self.carried_months)
        taken = self._drawn.get(month.start, ())
        granted = Decimal(granted_in(month, self.allowance))
        if self._is_paused(month):
            granted = min(granted, sum((one.quantity for one in taken), NOTHING))
        bucket = Bucket(
            granted=granted,
            usable=Period(max(month.start, self.allowance.term.start), usable_until),
            weights=self._weights,
            allowance_id=self.allowance.id,
            bucket_on=month.start,
        )
        for drawn in taken:
            bucket.take(drawn)
        return bucket

    def _is_paused(self, month: Period) -> bool:
        """Whether the contract rests on all days of the month on which the allowance holds."""
        served = self.allowance.term.clip_to(month)
        day = served.start
        for pause in sorted(self._pauses):
            if day in pause:
                day = pause.end
        return bool(served) and day >= served.end


def month_needed(allowance: Allowance, since: date) -> date:
    """Return the first month whose draws decide on what is free for work of the day or later.

    What a cap cuts off a month that is carried once depends on that month alone. Where several are
    carried together one decides on the next, so that with a cap it is the first of all.
    """
    age = 0 if allowance.rollover == Rollover.NONE else allowance.age_months
    if age > 1 and allowance.cap_minutes is not None:
        return date.min
    number = number_holding(allowance.anchor, since)
    return nth_period(allowance.anchor, number - age).start


def is_needed(block: Block, since: date) -> bool:
    """Whether draws from the block decide on any work of the day or later."""
    return block.valid.end > since


def serves_on(block: Block, since: date) -> bool:
    """Whether an expired block still decides on the tickets for which incidents were taken."""
    return block.unit == BlockUnit.INCIDENTS and not is_needed(block, since)


def granted_in(month: Period, allowance: Allowance) -> int:
    """Return the minutes that a month of the allowance grants, pauses aside."""
    served = allowance.term.clip_to(month)
    if not served:
        return 0
    if allowance.prorates_stub and served.start > month.start:
        return (2 * allowance.minutes * served.days + month.days) // (2 * month.days)
    return allowance.minutes


def bucket_of(block: Block, drawn: Iterable[Drawn]) -> Bucket:
    """Return the bucket of a prepaid block with what live charges have taken from it."""
    bucket = Bucket(
        granted=block.quantity,
        usable=block.valid,
        unit=block.unit,
        weights=block.weights,
        block_id=block.id,
    )
    for one in drawn:
        bucket.take(one)
    return bucket


def weight_of(
    weights: Sequence[DrawWeight], work_type_id: int, work_role_id: int | None
) -> Decimal:
    """Return how many minutes one minute of such work takes.

    A weight for both the type and the role comes before those for one of them, of which the higher
    counts (weights never multiply), and these before one for everything.
    """
    given = [
        weight
        for weight in weights
        if weight.work_type_id in {None, work_type_id}
        and weight.work_role_id in {None, work_role_id}
    ]
    nearest = max(map(_conditions, given), default=0)
    return max((one.factor for one in given if _conditions(one) == nearest), default=Decimal(1))


def _conditions(weight: DrawWeight) -> int:
    return (weight.work_type_id is not None) + (weight.work_role_id is not None)
