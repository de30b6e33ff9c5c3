"""Which version of a line is in force on which days.

A version counts from its own day on, or waits for the first period that starts on its day or after.
What it leaves as the version before had it, it does not change: where seats are added at once while
a new price still waits, the seats count from their day and the price from the next period.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from billing.domain.agreements import LineTerm, LineVersion
from billing.domain.rhythm import period_start_from
from billing.domain.terms import ChangeEffect
from core.periods import FOREVER, Period

Span = tuple[LineVersion, Period]
AGREED = ("quantity", "unit_price", "included_quantity", "overage_price", "tiers")


def spans_of(line: LineTerm) -> list[Span]:
    """Return what is in force from the first version on, with its days; the first never waits."""
    if len(line.versions) == 1:
        return [(line.versions[0], Period(line.versions[0].starts_on, FOREVER))]
    days = [_takes_effect_on(line, n) for n in range(len(line.versions))]
    starts = sorted({*days, FOREVER})
    return [
        (_in_force(line.versions, days, start), Period(start, end))
        for start, end in pairwise(starts)
    ]


def _takes_effect_on(line: LineTerm, n: int) -> date:
    version = line.versions[n]
    if n and version.effect == ChangeEffect.NEXT_PERIOD:
        return period_start_from(version.starts_on, line.rhythm)
    return version.starts_on


def _in_force(versions: Sequence[LineVersion], days: Sequence[date], day: date) -> LineVersion:
    """Return the last version in force on the day, without what still waits from those before."""
    last = max(n for n, start in enumerate(days) if start <= day)
    waiting = [n for n in range(last) if days[n] > day]
    if not waiting:
        return versions[last]
    return replace(versions[last], **{name: _agreed(name, versions, days, day) for name in AGREED})


def _agreed(name: str, versions: Sequence[LineVersion], days: Sequence[date], day: date) -> Any:  # noqa: ANN401  (a quantity, a price or tiers)
    """Return what the last version that changed it, and counts by the day, says."""
    values = [getattr(version, name) for version in versions]
    changes = (n for n, value in enumerate(values) if n == 0 or value != values[n - 1])
    return values[max(n for n in changes if days[n] <= day)]
