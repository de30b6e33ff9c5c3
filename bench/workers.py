"""Worker processes like those of the queue: each takes one batch of a run after the other.

Nothing of Django is imported before a process has named the database that it works on.
"""

import multiprocessing
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from pathlib import Path

from bench.paper_work import Judged, floor, judge, make_piece
from bench.processes import Spent, peak_megabytes, processor_time

# Nobody is called to deliver what is measured here.
BROKER = "memory://localhost/"


@dataclass(frozen=True, slots=True)
class Worked:
    """What a batch cost: statements, memory of its worker at the peak, and processor time."""

    statements: int
    peak_megabytes: float
    spent: Spent


@dataclass(frozen=True, slots=True)
class Verified:
    """What a proof of the books cost, and which invariants do not hold."""

    seconds: float
    peak_megabytes: float
    broken: tuple[str, ...]


class Workers:
    """Some processes that are ready to work."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def work_through(self, batch_ids: Iterable[int]) -> list[Worked]:
        """Hand out the batches one by one and return when the last is done."""
        return list(self._pool.imap_unordered(_work, batch_ids))

    def verify_books(self) -> Verified:
        """Have one of them verify the books, as ``check_books`` does."""
        return self._pool.apply(_verify)

    def make_papers(self, bundle_id: int, piece: int) -> tuple[float, float]:
        """Make a piece of a bundle; return the processor time and the memory at the peak."""
        return self._pool.apply(make_piece, (bundle_id, piece))

    def floor_of_papers(self, invoice_ids: list[int]) -> float:
        """Return the processor time a document takes the libraries alone."""
        return self._pool.apply(floor, (invoice_ids,))

    def judge_papers(self, invoice_ids: list[int]) -> Judged:
        """Hold each document against the official rules."""
        return self._pool.apply(judge, (invoice_ids,))


@contextmanager
def workers(count: int, database: str, media: str = "") -> Iterator[Workers]:
    """Start so many processes, and go on when all of them are ready."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(count + 1)
    with context.Pool(count, _begin, (database, ready, media)) as pool:
        ready.wait()
        yield Workers(pool)


def _begin(database: str, ready: Barrier, media: str) -> None:
    """Get ready as a worker of the queue is: everything imported, connected to the database."""
    import django  # noqa: PLC0415  (this process has only begun)
    from django.conf import settings  # noqa: PLC0415  (as above)

    settings.CELERY_BROKER_URL = BROKER
    if media:
        settings.MEDIA_ROOT = Path(media)
    django.setup()
    from django.db import connection  # noqa: PLC0415  (needs the line above)

    from psa.celery import app  # noqa: PLC0415  (as above)

    app.connection_for_write().get_transport_cls()
    connection.settings_dict["NAME"] = database
    connection.force_debug_cursor = True  # it counts, COPY too
    _work(0)
    ready.wait()


def _work(batch_id: int) -> Worked:
    from django.db import connection  # noqa: PLC0415  (set up by now)

    from billing.running import work_on  # noqa: PLC0415  (as above)

    with processor_time() as spent:
        connection.queries_log.clear()
        work_on(batch_id)
        statements = len(connection.queries_log)
    connection.queries_log.clear()
    return Worked(statements, peak_megabytes(), spent)


def _verify() -> Verified:
    from django.db import connection, transaction  # noqa: PLC0415  (set up by now)

    from billing.queries.books import check_books  # noqa: PLC0415  (as above)

    connection.force_debug_cursor = False
    began = time.perf_counter()
    with transaction.atomic():
        broken = tuple(check.id for check in check_books() if not check.ok)
    return Verified(time.perf_counter() - began, peak_megabytes(), broken)
