"""What processes have cost: their processor time and their memory, as Linux tells of them.

Processor time hardly changes with what else a machine does, unlike time by the clock. Where the
system tells nothing, or the database runs elsewhere, it is nothing.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PEAK = "VmHWM:"
USER_TIME, SYSTEM_TIME = 11, 12


@dataclass(slots=True)
class Spent:
    """Processor seconds of a process of ours, and of the database on its behalf."""

    own: float = 0.0
    database: float = 0.0

    @property
    def together(self) -> float:
        """Both, as if nothing could be done side by side."""
        return self.own + self.database


def total(parts: Iterable[Spent]) -> Spent:
    """Return what all of them cost together."""
    known = list(parts)
    return Spent(sum(part.own for part in known), sum(part.database for part in known))


@contextmanager
def processor_time() -> Iterator[Spent]:
    """Tell what a block costs this process and the session of its connection."""
    spent = Spent()
    database, own = _seconds_of_session(), time.process_time()
    yield spent
    spent.own = time.process_time() - own
    spent.database = _seconds_of_session() - database


def peak_megabytes() -> float:
    """Return the most memory that this process has held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    [line] = [line for line in status.read_text().splitlines() if line.startswith(PEAK)]
    return int(line.split()[1]) / 1024


def _seconds_of_session() -> float:
    from django.db import connection  # noqa: PLC0415  (workers are set up late)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = Path("/proc") / str(cursor.fetchone()[0])
    try:
        if b"postgres" not in (process / "cmdline").read_bytes():
            return 0.0
        after_name = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    ticks = int(after_name[USER_TIME]) + int(after_name[SYSTEM_TIME])
    return ticks / os.sysconf("SC_CLK_TCK")
