"""Contract lines made for tests of the engine, and what billing them carries to the next run."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from billing.domain.agreements import BilledPeriod, Counted, LineTerm, LineVersion, Rhythm
from billing.domain.charge import RatedCharge
from billing.tests.evidence import K1, version
from core.periods import Period

Billed = dict[int, dict[date, BilledPeriod]]
Before = Mapping[int, Mapping[date, BilledPeriod]]
FIRST_OF_JANUARY = date(2000, 1, 1)
RHYTHM_WORDS = {"timing", "stub", "proration"}


def agreed(
    *versions: LineVersion,
    until: date | None = None,
    since: date | None = None,
    months: int = 1,
    anchor: date = FIRST_OF_JANUARY,
    **fields: Any,
) -> LineTerm:
    """Return a line owed from its first version on; further words are its rhythm's or its own."""
    of_rhythm = {name: fields.pop(name) for name in RHYTHM_WORDS & fields.keys()}
    owed = Period.through(since or versions[0].starts_on, until)
    rhythm = Rhythm(months, anchor, **of_rhythm)
    given = {"id": 1, "contract": K1, "description": "Workstation care", "unit": "device", **fields}
    return LineTerm(owed=owed, versions=versions, rhythm=rhythm, **given)


def flat(starts_on: date, price: str, **fields: Any) -> LineTerm:
    """Return a line of one piece at one price for ever."""
    return agreed(version(starts_on, 1, price), unit="flat", **fields)


def device(number: int, first: date, last: date | None = None) -> Counted:
    """Return a device that counts from the first day through the last."""
    return Counted(number, f"PC-{number:02d}", Period.through(first, last))


def carried(charges: Iterable[RatedCharge], before: Before) -> Billed:
    """Return what live charges carry once these have been billed on top of what was before."""
    billed = {line: dict(periods) for line, periods in before.items()}
    for charge in charges:
        source = charge.source
        assert source.contract_line_id is not None
        assert source.period_on is not None
        periods = billed.setdefault(source.contract_line_id, {})
        old = periods.get(source.period_on)
        assert source.revision == (old.revision + 1 if old else 0)
        days = charge.period if old is None else _both(old.days, charge.period)
        amount = charge.amount + (old.amount if old else 0)
        credited = old.credited if old else Decimal(0)
        periods[source.period_on] = BilledPeriod(amount, source.revision, days, credited)
    return billed


def _both(one: Period, other: Period) -> Period:
    return Period(min(one.start, other.start), max(one.end, other.end))
