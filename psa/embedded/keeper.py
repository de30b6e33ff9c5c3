"""The process that keeps one embedded server for as long as somebody uses it.

It stands apart from the terminal, starts the server as its child, starts it again when it dies,
and stops it when the kernel hands it the users' lock, which nobody then holds any more. When the
keeper itself is killed, the kernel tells the server to stop.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import IO

from psa.embedded import kernel
from psa.embedded.locks import Lock, LockFiles
from psa.embedded.paths import Place
from psa.embedded.postgres import PostgresService
from psa.embedded.problem import EmbeddedProblem
from psa.embedded.service import Launch, Service
from psa.embedded.sharing import READY
from psa.embedded.valkey import ValkeyService

SERVICES: dict[str, type[PostgresService] | type[ValkeyService]] = {
    "postgres": PostgresService,
    "valkey": ValkeyService,
}
START_SECONDS = 60.0
TRY_AGAIN_SECONDS = 20.0
STOP_SECONDS = 20.0
GLANCE_SECONDS = 1.0
LOOK_SECONDS = 0.5
LARGEST_LOG = 5_000_000


def main(arguments: list[str]) -> int:
    """Keep the server named first for the place named second; tell the starter how it went."""
    name, root, durability = arguments
    place = Place(Path(root), is_durable=durability == "durable")
    files = place.locks(name)
    own = Lock(files.keeper)
    if not own.try_for(GLANCE_SECONDS, alone=True):
        return _tell(READY, 0)
    keeper = Keeper(SERVICES[name](place), files)
    for request in (signal.SIGTERM, signal.SIGINT):
        signal.signal(request, keeper.on_request)
    signal.signal(signal.SIGCHLD, keeper.on_death)
    try:
        keeper.start()
    except EmbeddedProblem as problem:
        return _tell(str(problem), 1)
    _tell(READY, 0)
    try:
        keeper.keep()
    finally:
        keeper.stop()
        with contextlib.suppress(OSError):
            place.sockets(name).rmdir()
        own.let_go()
    return 0


class Keeper:
    """One server, its log and the wait for its last user."""

    def __init__(self, service: Service, files: LockFiles) -> None:
        self._service = service
        self._files = files
        self._ready = Lock(files.ready)
        self._is_over = False
        self._news = threading.Event()
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers.

        Right after a crash the memory of the old server may still be in use, so a start that
        fails is tried again for some seconds.

        :raises EmbeddedProblem: it does not come up
        """
        launch = self._service.prepare()
        until = time.monotonic() + TRY_AGAIN_SECONDS
        while not self._is_over:
            self._server = self._launch(launch)
            if self._comes_up(self._server):
                self._ready.take(alone=True)
                return
            if time.monotonic() > until:
                raise EmbeddedProblem(
                    f"The embedded {self._service.name} does not start: "
                    f"{_last_line(self._service.log)} (more in {self._service.log})"
                )
            time.sleep(LOOK_SECONDS)

    def keep(self) -> None:
        """Start the server again whenever it dies, until its last user is gone."""
        threading.Thread(target=self._wait_for_last_user, daemon=True).start()
        while not self._is_over:
            self._news.wait()
            self._news.clear()
            if self._server is not None and self._server.poll() is not None:
                self._ready.let_go()
                self._ready = Lock(self._files.ready)
                self.start()

    def stop(self) -> None:
        """Stop the server, gently at first."""
        if self._server is None or self._server.poll() is not None:
            return
        for request in (self._stop_signal, signal.SIGQUIT, signal.SIGKILL):
            self._server.send_signal(request)
            try:
                self._server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            return

    def on_request(self, _signal: int, _frame: FrameType | None) -> None:
        """End as asked by a signal."""
        self._is_over = True
        self._news.set()

    def on_death(self, _signal: int, _frame: FrameType | None) -> None:
        """Look after the server as soon as a child has ended."""
        self._news.set()

    def _wait_for_last_user(self) -> None:
        Lock(self._files.users).take(alone=True)
        self._is_over = True
        self._news.set()

    def _launch(self, launch: Launch) -> subprocess.Popen[bytes]:
        self._stop_signal = launch.stop_signal
        with _open_log(self._service.log) as log:
            return subprocess.Popen(
                launch.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                # The only other thread of the keeper sleeps in the kernel, waiting for a lock.
                preexec_fn=kernel.before_start(  # noqa: PLW1509  (one thread, before exec)
                    launch.stop_signal, in_namespace=launch.in_namespace
                ),
                **launch.options,
            )

    def _comes_up(self, server: subprocess.Popen[bytes]) -> bool:
        until = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < until:
            if self._service.is_ready(server.pid):
                return True
            time.sleep(0.02)
        return False


def _open_log(path: Path) -> IO[bytes]:
    """Open the log to write at its end; one that has grown large starts afresh."""
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it gives no reason"


def _tell(message: str, status: int) -> int:
    """Give the waiting starter its one line and let go of its terminal."""
    with contextlib.suppress(BrokenPipeError):
        os.write(1, f"{message}\n".encode())
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
