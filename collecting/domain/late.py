"""What is claimed of one late invoice today, or why nothing is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from collecting.domain.interest import (
    Claimed,
    Lateness,
    RateMissing,
    Stretch,
    claimable,
)
from collecting.domain.late_rates import RateKind, Terms, rates_between
from core.money import ZERO


class LateReason(StrEnum):
    """Why nothing is claimed of an invoice that was paid late or not yet."""

    PERSON = "person"
    CURRENCY = "currency"
    NO_TERMS = "no_terms"
    COLLECTED = "collected"
    HELD = "held"
    PROMISED = "promised"
    RATE_MISSING = "rate_missing"
    DISPUTED = "disputed"
    TOO_MUCH = "too_much"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class LateFacts:
    """All that is known of one invoice; ``fee`` is 0 where none is owed or it was claimed."""

    lateness: Lateness
    claimed: Claimed
    terms: Terms
    fee: Decimal
    is_disputed: bool = False
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class LateVerdict:
    """What can be claimed of an invoice through a day."""

    stretches: tuple[Stretch, ...] = ()
    interest: Decimal = ZERO
    correction: Decimal = ZERO
    fee: Decimal = ZERO
    reason: LateReason | None = None
    missing: RateMissing | None = None

    @property
    def total(self) -> Decimal:
        """Interest and recovery costs together."""
        return self.interest + self.fee


def judge_late(
    facts: LateFacts, known: Mapping[tuple[RateKind, date], Decimal], through: date
) -> LateVerdict:
    """Return what can be claimed, the days that nobody has claimed and the fee that nobody has."""
    late, claimed = facts.lateness, facts.claimed
    last = late.last_late_on(max([through, *(one.last_on for one in claimed.days)]))
    try:
        rates = rates_between(facts.terms, known, late.first_late_on, last)
        found = claimable(late, rates, through, claimed, facts.currency)
    except RateMissing as missing:
        return LateVerdict(reason=LateReason.RATE_MISSING, missing=missing)
    was_late = bool(found.stretches or claimed.days)
    fee = facts.fee if was_late else ZERO
    if found.amount > 0:
        return LateVerdict(found.stretches, found.amount, found.correction, fee)
    if fee:
        return LateVerdict(fee=fee)
    return LateVerdict(reason=_why_nothing(facts, found.amount))


def _why_nothing(facts: LateFacts, amount: Decimal) -> LateReason:
    if amount < 0:
        return LateReason.TOO_MUCH
    return LateReason.DISPUTED if facts.is_disputed else LateReason.NOTHING
