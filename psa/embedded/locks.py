"""Locks that the kernel lets go of when their holder ends, however it ends."""

import fcntl
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.02


class Lock:
    """A lock on a file, shared or alone, until it is let go or the process ends."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, alone: bool) -> None:
        """Wait for the lock."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)

    def try_take(self, *, alone: bool) -> bool:
        """Take the lock if nobody stands in the way."""
        how = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        try:
            fcntl.flock(self._descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def try_for(self, seconds: float, *, alone: bool) -> bool:
        """Take the lock, waiting a little for somebody who only looks whether it is held."""
        until = time.monotonic() + seconds
        while not self.try_take(alone=alone):
            if time.monotonic() > until:
                return False
            time.sleep(PAUSE_SECONDS)
        return True

    def let_go(self) -> None:
        """Give the lock back; nothing happens the second time."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


@dataclass(frozen=True)
class LockFiles:
    """The files of one server whose locks say who uses it and how it is."""

    folder: Path
    name: str

    @property
    def users(self) -> Path:
        """Each user holds it with the others; the keeper takes it alone when all are gone."""
        return self.folder / f"{self.name}.users"

    @property
    def start(self) -> Path:
        """Held alone while a keeper is being started."""
        return self.folder / f"{self.name}.start"

    @property
    def keeper(self) -> Path:
        """Held alone by the keeper while it lives."""
        return self.folder / f"{self.name}.keeper"

    @property
    def ready(self) -> Path:
        """Held alone by the keeper while the server answers."""
        return self.folder / f"{self.name}.ready"


def is_held(path: Path) -> bool:
    """Say whether some process holds the lock on ``path`` alone."""
    probe = Lock(path)
    try:
        return not probe.try_take(alone=False)
    finally:
        probe.let_go()


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Wait until the condition holds; say whether that came in time."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE_SECONDS)
    return True
