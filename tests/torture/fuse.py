"""The moment at which a process dies, laid out beforehand: at the n-th statement of an operation.

A process takes the first fuse that lies in the folder as soon as it opens a connection to the
database, counts the statements of that operation, and kills itself with SIGKILL, which nothing can
catch, in the middle of whatever it does then. A place in the work, unlike an hour, is the same for
a seed.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from django.db.backends.signals import connection_created

FOLDER = "PSA_TORTURE_FUSES"
DEATHS = "deaths"
OPERATIONS = f"{os.sep}billing{os.sep}operations{os.sep}"
# How many statements there are about; where a batch has fewer, they are counted into the next.
STATEMENTS = {"bill_batch": 24, "issue_invoices": 12, "close_batch": 5}
TURNS = ("bill_batch", "issue_invoices", "bill_batch", "issue_invoices", "close_batch")
PAUSES = (0, 0, 1, 2, 5, 10, 25)
BETWEEN = "between operations"


@dataclass(frozen=True)
class Moment:
    """So many milliseconds after the beginning of a statement; none: before it begins."""

    operation: str
    statement: int
    milliseconds: int


def draw_moments(dice: Random, count: int) -> list[Moment]:
    """Draw moments, in drafting and in issuing by turns; the first two cannot slip past either."""
    return [
        Moment(each, dice.randint(1, STATEMENTS[each]), dice.choice(PAUSES) if n > 1 else 0)
        for n, each in enumerate(islice(cycle(TURNS), count))
    ]


def lay(folder: Path, moments: Iterable[Moment]) -> None:
    """Lay out fuses, to be taken in this order."""
    (folder / DEATHS).touch()
    for n, moment in enumerate(moments):
        written = folder / f"{n:04d}.writing"
        written.write_text(json.dumps(asdict(moment)))
        written.rename(written.with_suffix(".fuse"))


def deaths_in(folder: Path) -> list[str]:
    """Return, for each process that died, the operation that it was in."""
    return (folder / DEATHS).read_text().splitlines()


def arm_new_connections() -> None:
    """Let this process take a fuse, if there is one, whenever it connects without having one."""
    if FOLDER in os.environ:
        connection_created.connect(_Fuses(Path(os.environ[FOLDER])).arm, weak=False)


class _Fuses:
    """What lies in the folder, and the one that this process has taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._holder = 0

    def arm(self, *, connection: Any, **_: object) -> None:
        """Take a fuse, once in the life of a process; forked children have lives of their own."""
        moment = None if self._holder == os.getpid() else self._take()
        if moment:
            self._holder = os.getpid()
            connection.execute_wrappers[:] = [_Countdown(moment, self._folder / DEATHS)]

    def _take(self) -> Moment | None:
        for path in sorted(self._folder.glob("*.fuse")):
            taken = path.with_suffix(f".{os.getpid()}")
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue
            return Moment(**json.loads(taken.read_text()))
        return None


class _Countdown:
    """Counts statements, and ends the process when the last one is asked for."""

    def __init__(self, moment: Moment, deaths: Path) -> None:
        self._moment = moment
        self._left = moment.statement
        self._deaths = deaths

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Run a statement, or die before or while it runs."""
        if _operation_at_work() == self._moment.operation:
            self._left -= 1
            self._burn()
        return execute(*statement)

    def _burn(self) -> None:
        if self._left == 0 and self._moment.milliseconds == 0:
            self._die()
        elif self._left == 0:
            threading.Thread(target=self._die, daemon=True).start()

    def _die(self) -> None:
        time.sleep(self._moment.milliseconds / 1000)
        with self._deaths.open("a") as deaths:
            deaths.write(_operation_at_work() + "\n")
        os.kill(os.getpid(), signal.SIGKILL)


def _operation_at_work() -> str:
    """Name the operation that the main thread is in, by the file it lives in."""
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    while frame:
        folder, _, name = frame.f_code.co_filename.rpartition(OPERATIONS)
        if folder and not name.startswith("_"):
            return name.removesuffix(".py")
        frame = frame.f_back
    return BETWEEN
