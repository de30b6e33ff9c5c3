"""Several connections that work for one measurement at a time, each in a session of its own.

What they run is quick to load and careless: no trigger fires, no relation is checked, nothing waits
for the disk. It is meant for databases that a measurement makes and throws away.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from time import perf_counter

from django.db import connection

SETTINGS = (
    "SET session_replication_role = replica",
    "SET synchronous_commit = off",
    "SET work_mem = '128MB'",
    "SET maintenance_work_mem = '1GB'",
    "SET jit = off",
)
Say = Callable[[str], object]
Named = tuple[str, str]


class Hands:
    """Some connections that share a list of statements."""

    def __init__(self, pool: ThreadPoolExecutor, say: Say) -> None:
        self._pool = pool
        self._say = say

    def run(self, *heaps: Iterable[Named]) -> None:
        """Work through heaps side by side, and return when all is done.

        The statements of one heap follow each other, as one may need what the one before made.
        """
        for done in [self._pool.submit(self._work_through, list(heap)) for heap in heaps]:
            done.result()

    def _work_through(self, heap: list[Named]) -> None:
        for name, statement in heap:
            began = perf_counter()
            with connection.cursor() as cursor:
                cursor.execute(statement)
            self._say(f"  {perf_counter() - began:6.1f} s  {name}")


@contextmanager
def hands(count: int, say: Say) -> Iterator[Hands]:
    """Open so many connections, and close them afterwards."""
    with ThreadPoolExecutor(count, initializer=_begin) as pool:
        try:
            yield Hands(pool, say)
        finally:
            _close_all(pool, count)


def _begin() -> None:
    with connection.cursor() as cursor:
        for setting in SETTINGS:
            cursor.execute(setting)


def _close_all(pool: ThreadPoolExecutor, count: int) -> None:
    """Have each thread close its connection: they meet, so that none closes twice."""
    meeting = Barrier(count)

    def close() -> None:
        meeting.wait()
        connection.close()

    for done in [pool.submit(close) for _ in range(count)]:
        done.result()
