"""A figure beside its floor, and how both are written down."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from bench.books import Proof
from bench.papers import Papers
from bench.processes import Spent

RESULTS = Path(__file__).resolve().parent / "results.json"
PAGE_TARGET = 3.0
MOST_MILLISECONDS = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """What the work took beside time: statements a batch, memory of the largest worker.

    ``spent`` is processor time of all workers and of the database for them, ``floor`` that of the
    floor.
    """

    workers: int
    fewest_statements: int
    most_statements: int
    peak_megabytes: float
    spent: Spent
    floor: Spent


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement in ``unit``; ``ratio`` is what it costs as a multiple of the floor."""

    name: str
    figure: float
    floor: float
    unit: str
    ratio: float
    target: float
    count: int = 0
    cost: Cost | None = None

    @property
    def is_met(self) -> bool:
        """Whether the ratio stays within its target."""
        return self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class PageFigure:
    """How long a page took the server, in milliseconds, and with how many queries."""

    name: str
    queries: int
    p50: float
    p95: float
    floor: float

    @property
    def ratio(self) -> float:
        """What it costs as a multiple of the floor."""
        return self.p50 / self.floor

    @property
    def is_met(self) -> bool:
        """Whether it keeps within both targets."""
        return self.ratio <= PAGE_TARGET and self.p95 < MOST_MILLISECONDS

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.queries} queries, p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms,"
            f" {self.ratio:.1f}x the floor, {'ok' if self.is_met else 'MISSED'}"
        )


@dataclass(slots=True)
class Stopwatch:
    """Seconds that passed inside its block."""

    seconds: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Time a block."""
    watch = Stopwatch()
    start = perf_counter()
    yield watch
    watch.seconds = perf_counter() - start


def per_second(
    name: str, *, count: int, taken: float, floor: float, target: float, cost: Cost
) -> Figure:
    """Return a figure of things done in a second, from the seconds they took."""
    return Figure(name, count / taken, count / floor, "/s", taken / floor, target, count, cost)


def milliseconds(name: str, *, taken: float, floor: float, target: float) -> Figure:
    """Return a figure of milliseconds, from seconds."""
    return Figure(name, taken * 1000, floor * 1000, "ms", taken / floor, target)


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table for people."""
    rows = [[
        "name", "clients", "workers", "figure", "floor", "ratio", "target", "cpu s", "db cpu s",
        "floor cpu s", "statements", "memory", "",
    ]]  # fmt: skip
    rows += [_row(one) for one in figures]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  "
        + "  ".join(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    )


def _row(one: Figure) -> list[str]:
    cost = one.cost
    return [
        one.name,
        f"{one.count:,}" if cost else "",
        str(cost.workers) if cost else "",
        f"{one.figure:,.1f} {one.unit}",
        f"{one.floor:,.1f} {one.unit}",
        f"{one.ratio:.2f}",
        f"{one.target:.2f}",
        f"{cost.spent.own:.2f}" if cost else "",
        f"{cost.spent.database:.2f}" if cost else "",
        f"{cost.floor.together:.2f}" if cost else "",
        statements_of(cost) if cost else "",
        f"{cost.peak_megabytes:.0f} MB" if cost else "",
        "ok" if one.is_met else "MISSED",
    ]


def statements_of(cost: Cost) -> str:
    """Return how many statements a batch took, one number where all took the same."""
    if cost.fewest_statements == cost.most_statements:
        return str(cost.most_statements)
    return f"{cost.fewest_statements} to {cost.most_statements}"


def save(
    figures: Sequence[Figure],
    proofs: Sequence[Proof],
    desk: Sequence[PageFigure] = (),
    papers: Papers | None = None,
    path: Path = RESULTS,
) -> None:
    """Write the figures as JSON."""
    found = [{**asdict(one), "is_met": one.is_met} for one in figures]
    proved = [{**asdict(one), "is_met": one.is_met} for one in proofs]
    opened = [{**asdict(one), "ratio": one.ratio, "is_met": one.is_met} for one in desk]
    printed = {**asdict(papers), "is_met": papers.is_met} if papers else None
    sections = {"figures": found, "books": proved, "desk": opened, "papers": printed}
    text = json.dumps(sections, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
