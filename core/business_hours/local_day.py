"""A day of one place as seconds: when it begins and ends, and when it is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LocalDay:
    """The seconds of a day from midnight to midnight, with the spans during which it is open."""

    date: date
    start: int
    end: int
    spans: tuple[Span, ...]
    open_seconds: int
    is_holiday: bool

    def open_between(self, first: int, last: int) -> int:
        """Return how many seconds of this day between the two are open."""
        if first <= self.start and self.end <= last:
            return self.open_seconds
        return sum(end - start for start, end in clipped(self.spans, first, last))

    def after(self, first: int, seconds: int) -> int:
        """Return the second by which, counted from the first, so many were open."""
        for start, end in clipped(self.spans, first, self.end):
            if seconds <= end - start:
                return start + seconds
            seconds -= end - start
        raise ValueError(f"{self.date} is not open for so long")

    def cut(self, first: int, last: int) -> Iterator[tuple[Span, bool]]:
        """Yield the stretches of this day between the two, each with whether it is open."""
        now, last = max(first, self.start), min(last, self.end)
        for start, end in clipped(self.spans, now, last):
            if now < start:
                yield (now, start), False
            yield (start, end), True
            now = end
        if now < last:
            yield (now, last), False


def clipped(spans: Iterable[Span], first: int, last: int) -> Iterator[Span]:
    """Yield what lies between the two of each span, where something does."""
    for start, end in spans:
        if max(start, first) < min(end, last):
            yield max(start, first), min(end, last)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that touch or overlap as one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole
