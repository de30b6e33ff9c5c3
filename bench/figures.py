"""A figure beside its floor, and how both are written down."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

RESULTS = Path(__file__).resolve().parent / "results.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement in ``unit``; ``ratio`` is what it costs as a multiple of the floor."""

    name: str
    figure: float
    floor: float
    unit: str
    ratio: float
    target: float

    @property
    def is_met(self) -> bool:
        """Whether the ratio stays within its target."""
        return self.ratio <= self.target


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


def per_second(name: str, *, count: int, taken: float, floor: float, target: float) -> Figure:
    """Return a figure of things done in a second, from the seconds they took."""
    return Figure(name, count / taken, count / floor, "/s", taken / floor, target)


def milliseconds(name: str, *, taken: float, floor: float, target: float) -> Figure:
    """Return a figure of milliseconds, from seconds."""
    return Figure(name, taken * 1000, floor * 1000, "ms", taken / floor, target)


def table(figures: list[Figure]) -> str:
    """Return the figures as a table for people."""
    rows = [("name", "figure", "floor", "ratio", "target", "")]
    rows += [
        (
            one.name,
            f"{one.figure:,.1f} {one.unit}",
            f"{one.floor:,.1f} {one.unit}",
            f"{one.ratio:.2f}",
            f"{one.target:.2f}",
            "ok" if one.is_met else "MISSED",
        )
        for one in figures
    ]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  "
        + "  ".join(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    )


def save(figures: list[Figure], path: Path = RESULTS) -> None:
    """Write the figures as JSON."""
    found = [{**asdict(one), "is_met": one.is_met} for one in figures]
    path.write_text(json.dumps({"figures": found}, indent=2) + "\n", encoding="utf-8")
