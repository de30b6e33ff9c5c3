"""What an hour of work costs: the closest level at which a rate was agreed wins.

Entry, then ticket, contract, the client's card and the firm's card; on a card the rate for the role
before the one for all roles. All rates are those of the day of the work.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from billing.domain.agreements import UNSAID, DatedRate, RateTable, RoundingTerms
from billing.domain.evidence import TimeWorked
from billing.domain.terms import RateLevel

MINUTES_PER_HOUR = 60
SMALLEST_PRICE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class AgreedRate:
    """The hourly rate that counts, the level that names it, and what every level names."""

    amount: Decimal
    level: RateLevel
    named: tuple[tuple[RateLevel, Decimal], ...]

    def times(self, multiplier: Decimal) -> Decimal:
        """Return the price of an hour with a surcharge, as exactly as a line can print it."""
        if multiplier == 1:
            return self.amount
        return (self.amount * multiplier).quantize(SMALLEST_PRICE, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Prices:
    """What the two rate cards say about one time entry."""

    entry: TimeWorked
    rates: RateTable
    own: DatedRate | None
    firm: DatedRate | None

    def agreed(self, contract_rate: Decimal | None = None) -> AgreedRate | None:
        """Return the rate that counts where a contract names this one, None if there is none."""
        named = tuple(
            [(level, rate) for level, rate in self._levels(contract_rate) if rate is not None]
        )
        return AgreedRate(named[0][1], named[0][0], named) if named else None

    def rounding(self, contract_terms: RoundingTerms = UNSAID) -> Iterator[RoundingTerms]:
        """Yield the places that say how minutes are rounded, the closest first."""
        yield contract_terms
        yield _terms_of(self.own)
        yield self.rates.own.rounding
        yield _terms_of(self.firm)
        yield self.rates.firm.rounding

    def _levels(self, contract_rate: Decimal | None) -> list[tuple[RateLevel, Decimal | None]]:
        return [
            (RateLevel.ENTRY, self.entry.hourly_rate),
            (RateLevel.TICKET, self.entry.ticket.hourly_rate),
            (RateLevel.CONTRACT, contract_rate),
            (RateLevel.CLIENT, self.own.hourly_rate if self.own else None),
            (RateLevel.FIRM, self.firm.hourly_rate if self.firm else None),
        ]


def prices_of(entry: TimeWorked, rates: RateTable) -> Prices:
    """Return what the cards say about the entry on the day of the work."""
    role = entry.role.id if entry.role else None
    asked = (entry.worked_on, entry.work_type.id, role)
    return Prices(entry, rates, rates.own.on(*asked), rates.firm.on(*asked))


def _terms_of(row: DatedRate | None) -> RoundingTerms:
    return RoundingTerms(row.minimum_minutes, row.step_minutes) if row else UNSAID
