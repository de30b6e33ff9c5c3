"""Starts the app's own processes in order, starts again what dies, and stops them all."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from psa.embedded import kernel
from psa.embedded.locks import wait_for
from psa.embedded.problem import EmbeddedProblem

SUPERVISED = "PSA_SUPERVISED_BY"
READY_SECONDS = 120.0
STOP_SECONDS = 10.0
LOOK_SECONDS = 0.2
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY_SECONDS = 60.0
LARGEST_LOG = 5_000_000

Say = Callable[[str], None]


def _always() -> bool:
    return True


@dataclass
class Program:
    """One process of the app and how it is doing."""

    name: str
    command: list[str]
    log: Path
    is_ready: Callable[[], bool] = _always
    process: "subprocess.Popen[bytes] | None" = None
    pause: float = FIRST_PAUSE
    started_at: float = 0.0
    due_at: float | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def is_alive(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it in a group of its own, so that the terminal's Ctrl-C does not reach it."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
                # The supervisor has no other thread.
                preexec_fn=kernel.before_start(signal.SIGTERM),  # noqa: PLW1509  (one thread, before exec)
            )
        self.started_at = time.monotonic()
        self.due_at = None

    def signal_group(self, request: signal.Signals) -> None:
        """Reach it and all that it has started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, request)

    def last_words(self) -> str:
        """The last line of its log."""
        lines = self.log.read_text(errors="replace").split("\n") if self.log.exists() else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "no reason given")


class Supervisor:
    """Keeps programs running until it is asked to stop."""

    def __init__(self, programs: list[Program], say: Say) -> None:
        self._programs = programs
        self._say = say
        self._over = threading.Event()

    def on_request(self, *_: object) -> None:
        """Stop, as asked by a signal."""
        self._over.set()

    @property
    def is_over(self) -> bool:
        """Whether somebody asked to stop."""
        return self._over.is_set()

    def start(self) -> None:
        """Start the programs one after the other, each when the one before is ready.

        :raises EmbeddedProblem: one does not come up
        """
        for program in self._programs:
            program.start()
            self._wait_until_ready(program)
            if self.is_over:
                return
            if not program.is_alive or not program.is_ready():
                raise EmbeddedProblem(
                    f"The {program.name} does not start: {program.last_words()} "
                    f"(more in {program.log})"
                )

    def watch(self, also: Callable[[], None]) -> None:
        """Start again whatever dies, and call ``also`` in between, until asked to stop."""
        while not self._over.wait(LOOK_SECONDS):
            for program in self._programs:
                self._look_after(program)
            also()

    def stop(self) -> None:
        """Stop all programs, those that began last first, with everything that they started."""
        self._over.set()
        for program in reversed(self._programs):
            if program.is_alive and program.process is not None:
                program.process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for program in reversed(self._programs):
            if program.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    program.process.wait(max(0.1, until - time.monotonic()))
                program.signal_group(signal.SIGKILL)
                program.process.wait()

    def _wait_until_ready(self, program: Program) -> None:
        def is_settled() -> bool:
            return self.is_over or not program.is_alive or program.is_ready()

        wait_for(is_settled, READY_SECONDS)

    def _look_after(self, program: Program) -> None:
        if program.is_alive or program.process is None:
            return
        now = time.monotonic()
        if program.due_at is None:
            program.signal_group(signal.SIGKILL)
            if now - program.started_at > STEADY_SECONDS:
                program.pause = FIRST_PAUSE
            program.due_at = now + program.pause
            self._say(
                f"The {program.name} ended ({program.process.returncode}); "
                f"starting it again in {program.pause:.0f} s."
            )
            program.pause = min(program.pause * 2, LONGEST_PAUSE)
        elif now >= program.due_at:
            program.start()


def end_leftovers(owner: str) -> int:
    """End processes that an earlier supervisor of the same folder left; return how many.

    Only where the system lists processes as files: elsewhere they end with their parent.
    """
    found = list(_left_by(owner))
    for request in (signal.SIGTERM, signal.SIGKILL):
        for process_id in _left_by(owner):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process_id, request)
        if wait_for(lambda: not any(_left_by(owner)), STOP_SECONDS):
            break
    return len(found)


def _left_by(owner: str) -> Iterator[int]:
    mark = f"{SUPERVISED}={owner}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        if folder.name == str(os.getpid()):
            continue
        with contextlib.suppress(OSError):
            is_ours = mark in (folder / "environ").read_bytes().split(b"\0")
            if is_ours and not _is_dead(folder):
                yield int(folder.name)


def _is_dead(folder: Path) -> bool:
    """Whether the process has ended and only waits for its parent to notice."""
    return (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[0] == "Z"
