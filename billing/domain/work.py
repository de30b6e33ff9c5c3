"""A time entry as rating sees it: with who pays for it, and the rates and rules that count."""

from dataclasses import dataclass
from decimal import Decimal

from billing.domain.agreements import Contract
from billing.domain.charge import HeldEvidence, Source
from billing.domain.coverage import NOBODY, Coverage
from billing.domain.evidence import TimeWorked
from billing.domain.rates import MINUTES_PER_HOUR, AgreedRate, Prices
from billing.domain.rounding import Rounded, RoundingRule, share
from billing.domain.surcharges import Segment, segments_of
from billing.domain.terms import Hold, RoundingScope, Treatment
from core.money import ZERO, round_money
from core.periods import Period


@dataclass(frozen=True, slots=True)
class Work:
    """A time entry with what decides on its price.

    ``treatment`` is waived or flat where it is settled without charge whoever would pay, else
    billed; whether a contract covers it or hours are drawn for it follows from ``coverage``.
    ``rest`` is the other part of the entry where business hours cut it in two.
    """

    entry: TimeWorked
    treatment: Treatment
    coverage: Coverage
    prices: Prices
    rule: RoundingRule
    rest: "Work | None" = None

    @property
    def contract(self) -> Contract | None:
        """The contract that includes the work or prices it."""
        return self.coverage.contract

    @property
    def is_chargeable(self) -> bool:
        """Whether somebody pays for the work: in money, in hours or by a contract's price."""
        return self.treatment == Treatment.BILLED

    @property
    def shares_rounding(self) -> bool:
        """Whether the minutes are rounded together with those of other entries."""
        is_alone = self.rule.scope == RoundingScope.ENTRY or self.entry.zone is not None
        return self.is_chargeable and not is_alone

    @property
    def billable_minutes(self) -> int:
        """The minutes that rounding begins with: those worked, unless a person put others."""
        entry = self.entry
        return entry.minutes if entry.billable_minutes is None else entry.billable_minutes

    @property
    def zone_name(self) -> str:
        """The name of the zone of a journey."""
        return self.entry.zone.name if self.entry.zone else ""

    @property
    def zone_price(self) -> Decimal | None:
        """What the journey costs on its day, None where the zone names no price."""
        prices = self.entry.zone.prices if self.entry.zone else ()
        on_day = (price.price for price in prices if self.entry.worked_on in price.period)
        return next(on_day, None)


@dataclass(frozen=True, slots=True)
class CountedWork:
    """Work, or a part of it, with its billed minutes, cut where the multiplier changes.

    ``rounded`` holds the minutes of the whole entry, ``first`` the number of the first segment
    among those of the entry.
    """

    work: Work
    rounded: Rounded
    segments: tuple[Segment, ...]
    currency: str
    first: int = 0

    @property
    def entry(self) -> TimeWorked:
        """The time entry."""
        return self.work.entry

    @property
    def minutes(self) -> int:
        """The minutes billed, drawn or covered."""
        return sum(segment.minutes for segment in self.segments)

    def value_at(self, rate: AgreedRate | None) -> Decimal:
        """Return what the whole entry costs at a rate."""
        values = (
            value_of(segment.minutes, rate, segment.multiplier, self.currency)
            for segment in self.segments
        )
        return sum(values, ZERO)


def count(work: Work, together: Rounded | None, currency: str) -> list[CountedWork]:
    """Return the work with its minutes as they were rounded together with others, or alone.

    Minutes are rounded once for the whole entry; its parts share them by the clock.
    """
    if together is None:
        billed = work.rule.billed(work.billable_minutes)
        together = Rounded(billed, work.billable_minutes, billed)
    if work.rest is None:
        segments = tuple(segments_of(work.entry, together.minutes, work.contract))
        return [CountedWork(work, together, segments, currency)]
    parts = (work, work.rest)
    minutes = share(together.minutes, [_seconds_of(part.entry) for part in parts])
    found: list[CountedWork] = []
    for part, of_part in zip(parts, minutes, strict=True):
        segments = tuple(segments_of(part.entry, of_part))
        first = sum(len(one.segments) for one in found)
        found.append(CountedWork(part, together, segments, currency, first))
    return [one for one in found if one.minutes] or found[:1]


def _seconds_of(entry: TimeWorked) -> int:
    return sum(stretch.seconds for stretch in entry.stretches)


def value_of(minutes: int, rate: AgreedRate | None, multiplier: Decimal, currency: str) -> Decimal:
    """Return what the minutes cost, rounded once; nothing where no rate is known."""
    if rate is None:
        return ZERO
    return round_money(minutes * rate.times(multiplier) / MINUTES_PER_HOUR, currency)


def day_of(entry: TimeWorked) -> Period:
    """Return the day to which the work belongs: that on which it began."""
    return Period.through(entry.worked_on, entry.worked_on)


def source_of(entry: TimeWorked) -> Source:
    """Return the claim on the whole entry."""
    return Source(
        time_entry_id=entry.id,
        minutes=entry.minutes,
        evidence_version=entry.version,
        ticket_version=entry.ticket.version,
    )


def held_back(
    entry: TimeWorked, hold: Hold, coverage: Coverage = NOBODY, **facts: str
) -> HeldEvidence:
    """Return the entry as one that a person must decide on, or put right, first."""
    return HeldEvidence(
        hold=hold,
        source=source_of(entry),
        ticket=entry.ticket,
        contract=coverage.contract,
        period=day_of(entry),
        candidates=coverage.candidates,
        facts={
            "work_type": entry.work_type.name,
            "day": entry.worked_on.isoformat(),
            "ticket": entry.ticket.number,
            "zone": entry.zone.name if entry.zone else "",
            "contracts": ", ".join(one.contract.number for one in coverage.candidates),
            **facts,
        },
    )
