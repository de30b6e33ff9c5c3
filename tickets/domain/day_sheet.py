"""A day of work as people look at it: what was worked when, the holes, what overlaps."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from core.business_hours import Interval

# Nobody accounts for the minutes between two calls.
SMALLEST_GAP_SECONDS = 300


def gaps_in(open_hours: Sequence[Interval], worked: Iterable[Interval]) -> list[Interval]:
    """Return the holes of the working hours in which nothing is logged, in their order."""
    found = []
    done = sorted(worked, key=lambda one: one.start)
    for window in open_hours:
        start = window.start
        for stretch in done:
            if stretch.end <= start or stretch.start >= window.end:
                continue
            if stretch.start > start:
                found.append(Interval(start, stretch.start))
            start = max(start, stretch.end)
        if start < window.end:
            found.append(Interval(start, window.end))
    return [gap for gap in found if gap.seconds >= SMALLEST_GAP_SECONDS]


def overlapping(worked: Mapping[int, Sequence[Interval]]) -> set[int]:
    """Return those that were worked at the same time as another."""
    found: set[int] = set()
    for (one, first), (other, second) in combinations(worked.items(), 2):
        if any(a.start < b.end and b.start < a.end for a in first for b in second):
            found |= {one, other}
    return found
