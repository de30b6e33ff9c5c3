"""The section of docs/performance.md that holds the figures, written from what was measured."""

import os
import platform
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench.books import Proof
from bench.figures import MOST_MILLISECONDS, PAGE_TARGET, Figure, PageFigure, statements_of
from bench.papers import TARGET as PAPER_TARGET
from bench.papers import Papers

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN = "<!-- figures: written by make bench -->"
END = "<!-- end of the figures -->"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and when it was measured, and how busy the machine was with other things before."""

    day: date
    cores: int
    python: str
    postgres: str
    load_before: float

    @classmethod
    def now(cls, day: date, postgres: str) -> "Circumstances":
        """Look at this machine."""
        load = os.getloadavg()[0]
        return cls(day, os.cpu_count() or 1, platform.python_version(), postgres, load)

    def __str__(self) -> str:
        return (
            f"Measured on {self.day:%d %B %Y} with {self.cores} cores, Python {self.python} and"
            f" PostgreSQL {self.postgres}; other work on the machine kept"
            f" {self.load_before:.1f} cores busy when it began."
        )


@dataclass(frozen=True, slots=True)
class LargeDesk:
    """The pages of a desk of so many tickets, and how long the desk took to make."""

    tickets: int
    seconds: float
    pages: Sequence[PageFigure]


@dataclass(slots=True)
class Measured:
    """What has been measured so far."""

    at: Circumstances
    figures: list[Figure] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    desk: LargeDesk | None = None
    papers: Papers | None = None


def write(measured: Measured, page: Path = PAGE) -> None:
    """Replace the figures on the page.

    :raises ValueError: the page has no place for them
    """
    before, mark, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _old, other_mark, after = rest.partition(END)
    if not (mark and other_mark):
        raise ValueError(f"{page} does not say where the figures begin and end")
    tables = [
        *_tables(measured.figures),
        *(_desk_rows(measured.desk) if measured.desk else ()),
        *(_proof_rows(measured.proofs) if measured.proofs else ()),
        *(_paper_rows(measured.papers) if measured.papers else ()),
    ]
    section = "\n".join(["", str(measured.at), "", *tables])
    page.write_text(f"{before}{BEGIN}\n{section}\n{END}{after}", encoding="utf-8")


def _tables(figures: Sequence[Figure]) -> Iterator[str]:
    by_name: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        by_name[one.name if one.cost else ""].append(one)
    pages = by_name.pop("", [])
    for name, rows in by_name.items():
        yield f"**{name.capitalize()}** (target: within {rows[0].target:g}x of the floor)"
        yield ""
        yield (
            "| clients | workers | invoices/s | floor | ratio | worker ms | database ms | floor ms"
            " | statements a batch | memory |"
        )
        yield "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
        yield from _run_rows(rows)
        yield ""
    if pages:
        yield from _page_rows(pages)


def _run_rows(rows: Iterable[Figure]) -> Iterator[str]:
    for one in rows:
        if one.cost is None:
            continue
        own, database, floor = (
            f"{seconds * 1000 / one.count:.2f}"
            for seconds in (one.cost.spent.own, one.cost.spent.database, one.cost.floor.together)
        )
        yield (
            f"| {one.count:,} | {one.cost.workers} | {one.figure:,.0f} | {one.floor:,.0f}"
            f" | {one.ratio:.1f}x | {own} | {database} | {floor}"
            f" | {statements_of(one.cost)} | {one.cost.peak_megabytes:.0f} MB |"
        )


def _page_rows(pages: Sequence[Figure]) -> Iterator[str]:
    yield f"**Pages** (target: within {pages[0].target:g}x of a minimal view of fifty rows)"
    yield ""
    yield "| page | milliseconds | floor | ratio |"
    yield "|---|---:|---:|---:|"
    for one in pages:
        name = one.name.removeprefix("page: ")
        yield f"| {name} | {one.figure:.0f} | {one.floor:.0f} | {one.ratio:.1f}x |"
    yield ""


def _desk_rows(desk: LargeDesk) -> Iterator[str]:
    yield (
        f"**A desk of {desk.tickets:,} tickets** with four times as many notes, made in"
        f" {desk.seconds / 60:.0f} minutes (target: within {PAGE_TARGET:g}x of a minimal view of"
        f" fifty rows, here {desk.pages[0].floor:.1f} ms, and"
        f" {MOST_MILLISECONDS} ms for 95 of 100 requests)"
    )
    yield ""
    yield "| page | queries | half within ms | 95 % within ms | ratio |"
    yield "|---|---:|---:|---:|---:|"
    for one in desk.pages:
        yield f"| {one.name} | {one.queries} | {one.p50:.0f} | {one.p95:.0f} | {one.ratio:.1f}x |"
    yield ""


def _proof_rows(proofs: Sequence[Proof]) -> Iterator[str]:
    yield "**Proof of the books** (target: a hundred thousand documents within a minute)"
    yield ""
    yield "| documents | seconds | documents/s | memory |"
    yield "|---:|---:|---:|---:|"
    for one in proofs:
        yield (
            f"| {one.documents:,} | {one.seconds:.1f} | {one.documents / one.seconds:,.0f}"
            f" | {one.peak_megabytes:.0f} MB |"
        )


def _paper_rows(papers: Papers) -> Iterator[str]:
    one = papers
    yield ""
    yield (
        f"**PDFs of a month** (target: within {PAPER_TARGET:g}x of Typst and the Factur-X library"
        " alone on the same content, no fatal finding, flat memory)"
    )
    yield ""
    yield (
        "| documents | PDFs/s and core | floor | ratio | validated/s and core | fatal findings"
        " | packed in s | memory at a tenth | at the end |"
    )
    yield "|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    yield (
        f"| {one.documents:,} | {1 / one.making:.1f} | {1 / one.floor:.1f} | {one.ratio:.2f}x"
        f" | {1 / one.judging:.1f} | {one.fatal} | {one.packing:.1f}"
        f" | {one.early_megabytes:.0f} MB | {one.late_megabytes:.0f} MB |"
    )
