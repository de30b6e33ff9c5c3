"""Worker processes like those of the queue: each takes one batch of a run after the other.

Nothing of Django is imported before a process has named the database that it works on.
"""

import multiprocessing
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from pathlib import Path

STATUS = Path("/proc/self/status")
PEAK = "VmHWM:"


@dataclass(frozen=True, slots=True)
class Worked:
    """What a batch cost: statements sent, and the most memory its worker has needed so far."""

    statements: int
    peak_megabytes: float


class Workers:
    """Some processes that are ready to work."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def work_through(self, batch_ids: Iterable[int]) -> list[Worked]:
        """Hand out the batches one by one and return when the last is done."""
        return list(self._pool.imap_unordered(_work, batch_ids))


@contextmanager
def workers(count: int, database: str) -> Iterator[Workers]:
    """Start so many processes, and go on when all of them are ready."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(count + 1)
    with context.Pool(count, _begin, (database, ready)) as pool:
        ready.wait()
        yield Workers(pool)


def _begin(database: str, ready: Barrier) -> None:
    """Get ready as a worker of the queue is: everything imported, connected to the database."""
    import django  # noqa: PLC0415  (this process has only begun)

    django.setup()
    from django.db import connection  # noqa: PLC0415  (needs the line above)

    from psa.celery import app  # noqa: PLC0415  (as above)

    app.conf.update(broker_url="memory://")  # nobody is called to deliver what is measured here
    app.connection_for_write().get_transport_cls()
    connection.settings_dict["NAME"] = database
    connection.force_debug_cursor = True  # it counts, COPY too
    _work(0)
    ready.wait()


def _work(batch_id: int) -> Worked:
    from django.db import connection  # noqa: PLC0415  (set up by now)

    from billing.running import work_on  # noqa: PLC0415  (as above)

    connection.queries_log.clear()
    work_on(batch_id)
    statements = len(connection.queries_log)
    connection.queries_log.clear()
    return Worked(statements, _peak_megabytes())


def _peak_megabytes() -> float:
    """Return the most memory this process has held, nothing where the system does not tell."""
    if not STATUS.exists():
        return 0.0
    [line] = [line for line in STATUS.read_text().splitlines() if line.startswith(PEAK)]
    return int(line.split()[1]) / 1024
