"""What a change causes, put together line by line: two years of one correction are one row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.domain.charge import RatedCharge
from billing.upcoming import UpcomingLine
from core.money import ZERO
from core.periods import Period

# So many rows of one line are read more easily one by one than summed up.
FEW = 2


@dataclass(frozen=True)
class Difference:
    """A line that the change brings, takes away or alters."""

    before: UpcomingLine | None
    after: UpcomingLine | None

    @property
    def shown(self) -> UpcomingLine:
        """The line as it will be, or as it was where it goes."""
        line = self.after or self.before
        assert line is not None  # noqa: S101  (one of the two is always there)
        return line

    @property
    def charge(self) -> RatedCharge:
        """What is shown, as the engine made it."""
        return self.shown.charge

    @property
    def amount(self) -> Decimal:
        """By how much the client pays more; negative for less."""
        after = self.after.amount if self.after else ZERO
        return after - (self.before.amount if self.before else ZERO)

    @property
    def is_gone(self) -> bool:
        """Whether the line would not be billed any more."""
        return self.after is None


@dataclass(frozen=True)
class DifferenceGroup:
    """What changes about one line of a contract, period by period, or a single difference."""

    differences: Sequence[Difference]

    @property
    def is_long(self) -> bool:
        """Whether it is worth being summed up."""
        return len(self.differences) > FEW

    @property
    def title(self) -> str:
        """What the line is about."""
        return self.differences[0].charge.subject

    @property
    def days(self) -> Period:
        """The days from the first period to the last."""
        periods = [one.charge.period for one in self.differences]
        return Period(min(one.start for one in periods), max(one.end for one in periods))

    @property
    def amount(self) -> Decimal:
        """By how much the client pays more, all together."""
        return sum((one.amount for one in self.differences), ZERO)

    @property
    def each(self) -> Decimal | None:
        """What every period comes to, None where they differ."""
        amounts = {one.amount for one in self.differences}
        return amounts.pop() if len(amounts) == 1 else None


def grouped(differences: Iterable[Difference]) -> list[DifferenceGroup]:
    """Return the differences by contract line and kind, in the order in which each comes first."""
    found: dict[tuple[object, ...], list[Difference]] = {}
    for place, one in enumerate(differences):
        line = one.charge.source.contract_line_id
        key = (
            (None, place)
            if line is None
            else (line, one.charge.kind, one.charge.reach, one.is_gone)
        )
        found.setdefault(key, []).append(one)
    return [DifferenceGroup(rows) for rows in found.values()]
