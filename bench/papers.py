"""The PDFs of a month, made, packed and validated, beside the libraries alone.

The floor sets the same content, worked out beforehand: Typst makes the page and the Factur-X
library puts the XML into it, both as the product calls them. It reads no database, writes no text,
locks nothing and keeps no file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from django.db import connection
from django.test import override_settings
from django.utils import timezone

from bench.workers import Workers, workers
from billing.models import BundleState, Invoice
from billing.operations.ask_bundle import BundleOrder, ask_bundle
from billing.operations.pack_file import pack_file
from billing.queries.bundles import waiting_pieces

FLOOR_DOCUMENTS = 100
WARM_PIECES = 1
TARGET = 2.0


@dataclass(frozen=True, slots=True)
class Papers:
    """What a month of PDFs took one worker, in processor seconds a document, and its memory.

    ``early`` is the most memory held when a tenth was made, ``late`` when all was.
    """

    documents: int
    making: float
    floor: float
    judging: float
    fatal: int
    packing: float
    early_megabytes: float
    late_megabytes: float

    @property
    def ratio(self) -> float:
        """What a PDF costs as a multiple of the floor."""
        return self.making / self.floor

    @property
    def is_met(self) -> bool:
        """Whether it stays within the target, breaks no rule and holds no more as it goes on."""
        is_flat = self.late_megabytes <= self.early_megabytes * 1.2
        return self.ratio <= TARGET and not self.fatal and is_flat

    def __str__(self) -> str:
        return (
            f"{self.documents:,} PDFs: {1 / self.making:.1f} a second and core, floor"
            f" {1 / self.floor:.1f}, {self.ratio:.2f}x; {self.fatal} fatal findings;"
            f" {self.early_megabytes:.0f} to {self.late_megabytes:.0f} MB"
            f" {'ok' if self.is_met else 'MISSED'}"
        )


def measure(documents: int) -> Papers:
    """Make, judge and pack the PDFs of so many issued invoices in a worker of their own.

    :raises RuntimeError: the bundle was not finished
    """
    ids = list(Invoice.objects.issued().order_by("pk").values_list("pk", flat=True)[:documents])
    with _media() as folder, workers(1, connection.settings_dict["NAME"], folder) as those:
        floor = those.floor_of_papers(ids[:FLOOR_DOCUMENTS])
        bundle = ask_bundle(order=BundleOrder(ids), actor=None)
        made = _made(those, bundle.pk)
        judged = those.judge_papers(ids)
        began = perf_counter()
        while pack_file(bundle_id=bundle.pk, now=timezone.now()):
            pass
        packing = perf_counter() - began
        bundle.refresh_from_db()
        if bundle.state != BundleState.READY:
            raise RuntimeError(f"the bundle is {bundle.state}: {bundle.fault}")
    early = made[max(len(made) // 10, WARM_PIECES) - 1][1]
    return Papers(
        len(ids), sum(spent for spent, _peak in made) / len(ids), floor, judged.spent / len(ids),
        judged.fatal, packing, early, made[-1][1],
    )  # fmt: skip


def _made(those: Workers, bundle_id: int) -> list[tuple[float, float]]:
    """Return what each piece took, and the most memory held until then."""
    return [those.make_papers(bundle_id, piece) for piece in waiting_pieces(bundle_id)]


@contextmanager
def _media() -> Iterator[str]:
    """Keep the files in a folder that is removed afterwards."""
    folders = TemporaryDirectory(prefix="bench-")
    with folders as folder, override_settings(MEDIA_ROOT=Path(folder)):
        yield folder
