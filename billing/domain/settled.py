"""From when on a contract line must be looked at: its earlier periods are billed as they are owed.

A period that is billed as it is owed stays so until the line's terms or its claims change. So a run
keeps, for a line with many billed periods, the day before which all of them were found so, with a
digest of the terms by which they were. As long as the digest is the same, what was billed before
that day need not be read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from billing.domain.agreements import BilledPeriod, DatedPrice, LineTerm
from billing.domain.evidence import ClientEvidence
from billing.domain.owed import costs_exactly, owed_for, whole_prices
from billing.domain.rhythm import Cycle, cycles_of
from billing.domain.terms import NotBillable
from billing.domain.versions import Span, spans_of

MANY = 12
# To be changed with every change of what a period costs: then all periods are looked at again.
RULES = "1"


@dataclass(frozen=True, slots=True)
class Settled:
    """A line, the day before which it is billed as owed, and the digest of its terms."""

    line_id: int
    before_on: date
    digest: str


def settled_lines(evidence: ClientEvidence, as_of: date) -> tuple[Settled, ...]:
    """Return the lines of which many more periods were found billed as they are owed."""
    return tuple(_newly_settled(evidence, as_of, evidence.firm.currency))


def _newly_settled(evidence: ClientEvidence, as_of: date, currency: str) -> Iterator[Settled]:
    for line in evidence.lines:
        billed = evidence.billed.get(line.id, {})
        if len(billed) < MANY:
            continue
        before = settled_before(line, billed, evidence.settled.get(line.id), as_of, currency)
        if before is not None:
            yield Settled(line.id, before, digest_of_terms(line, currency))


def digest_of_terms(line: LineTerm, currency: str) -> str:
    """Return the digest of all that decides on what the line's periods cost.

    What a line is called, and where its charges go, does not.
    """
    pauses = sorted(line.pauses)
    terms = (line.owed, line.versions, line.rhythm, pauses, line.pricing, line.quantity_rule)
    counted = line.counted and sorted(
        (one.id, one.days.start, one.days.end) for one in line.counted
    )
    return sha256(repr((RULES, currency, terms, counted)).encode()).hexdigest()


def settled_before(
    line: LineTerm,
    billed: Mapping[date, BilledPeriod],
    since: date | None,
    as_of: date,
    currency: str,
) -> date | None:
    """Return the day before which each period is billed as it is owed, None where there is none.

    ``billed`` holds what was billed for periods from ``since`` on.
    """
    spans = spans_of(line)
    prices = whole_prices(line, spans, currency)
    before, known = since, set()
    for cycle in cycles_of(line, as_of, since):
        carried = billed.get(cycle.starts_on)
        if carried is None or not _is_exact(line, spans, prices, cycle, carried.amount, currency):
            break
        known.add(cycle.starts_on)
        before = cycle.parts[-1].period.end
    if before is None or before == since:
        return None
    astray = (day for day in billed if day < before and day not in known and billed[day].amount)
    return None if any(astray) else before


def _is_exact(
    line: LineTerm,
    spans: Sequence[Span],
    prices: Sequence[DatedPrice],
    cycle: Cycle,
    amount: Decimal,
    currency: str,
) -> bool:
    try:
        return costs_exactly(cycle, amount, prices) or (
            owed_for(line, spans, cycle, currency).amount == amount
        )
    except NotBillable:
        return False
