"""Real processes: workers, a terminal that bills, a queue and a database of this test's own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from psa.embedded import kernel
from psa.embedded.binaries import find_postgres, find_valkey
from psa.embedded.footing import Footing, find_footing
from psa.embedded.paths import Place
from psa.embedded.postgres import DATABASE, NAME, PORT, ROLE, PostgresService

Environment = dict[str, str]
Process = subprocess.Popen[bytes]
PATIENCE_SECONDS = 120.0
LOOK_SECONDS = 0.02


def wait_until(is_so: Callable[[], Any], what: str) -> None:
    """Look again and again, and give up when it takes too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"it does not come to pass: {what}"
        time.sleep(LOOK_SECONDS)


@contextmanager
def worker(environment: Environment, log: Path, *, processes: int) -> Iterator[Process]:
    """Run a worker as production does, and end it with all its processes afterwards."""
    words = ["celery", "--skip-checks", "-A", "psa.celery", "worker", "--loglevel", "WARNING"]
    options = ["--concurrency", str(processes), "--without-gossip", "--without-mingle"]
    with log.open("ab") as said, _started([*words, *options], environment, said) as process:
        yield process


@contextmanager
def terminal(environment: Environment, log: Path, *words: str) -> Iterator[Process]:
    """Run a command of ``manage.py`` beside the workers."""
    with log.open("ab") as said, _started(["manage", *words], environment, said) as process:
        yield process


@contextmanager
def queue_at(socket: Path) -> Iterator[Process]:
    """Run a queue of this test's own, which may be taken away."""
    socket.unlink(missing_ok=True)
    where = ["--port", "0", "--unixsocket", str(socket), "--dir", str(socket.parent)]
    process = subprocess.Popen(
        [find_valkey(), *where, "--save", ""], stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_until(socket.exists, "the queue listens")
        yield process
    finally:
        end(process)


def url_of(socket: Path) -> str:
    """The address of a queue of one's own as Celery writes it."""
    return f"redis+socket://{socket}?virtual_host=0"


@contextmanager
def _started(module: list[str], environment: Environment, said: Any) -> Iterator[Process]:
    process = subprocess.Popen(
        [sys.executable, "-m", *module],
        env=environment,
        cwd=settings.BASE_DIR,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        end(process)


def end(process: Process) -> None:
    """Kill a process with all that it started, as when the power fails; twice does no harm."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# Quick as the suite's own server, which only a power cut could tell from a safe one; but what was
# committed must be there after an immediate stop.
KEEPS_COMMITS = ("-c", "synchronous_commit=on")


def kill_leader(process: Process) -> None:
    """Kill the process alone; what it started may go on for a while."""
    process.kill()
    process.wait()


class Cluster:
    """A PostgreSQL of this test's own that keeps what it has said it kept, and may be stopped."""

    def __init__(self, folder: Path) -> None:
        self._place = Place(folder, is_durable=False)
        self._place.prepare()
        self._service = PostgresService(self._place)
        self._server: Process | None = None

    @property
    def described(self) -> dict[str, str]:
        """Where its database is, in Django's words."""
        folder = str(self._place.sockets(NAME))
        return {"NAME": DATABASE, "HOST": folder, "PORT": PORT, "USER": ROLE, "PASSWORD": ""}

    def start(self) -> None:
        """Start it and wait until it answers, after putting right what an immediate stop left."""
        launch = self._service.prepare()
        with self._service.log.open("ab") as said:
            server = self._server = subprocess.Popen(
                [*launch.command, *KEEPS_COMMITS],
                stdout=said,
                stderr=said,
                preexec_fn=kernel.before_start(  # noqa: PLW1509  (no other thread runs here)
                    launch.stop_signal, in_namespace=launch.in_namespace
                ),
                **launch.options,
            )
        wait_until(lambda: self._service.is_ready(server.pid), "the database answers")

    def stop_at_once(self) -> None:
        """Stop it as ``pg_ctl -m immediate`` does: no farewell, nothing tidied up."""
        self._run("pg_ctl", "-D", str(self._footing.cluster), "-m", "immediate", "stop")
        if self._server is not None:
            self._server.wait()

    def load(self, url: str) -> None:
        """Copy everything from the database at that address."""
        with self._piped("pg_dump", "--no-owner", "--dbname", url) as written:
            own = ["--host", self.described["HOST"], "--username", ROLE, "--dbname", DATABASE]
            self._run("psql", "--quiet", "--set", "ON_ERROR_STOP=1", *own, source=written)

    def remove(self) -> None:
        """Stop it if it runs, and leave nothing behind."""
        if self._server is not None and self._server.poll() is None:
            self.stop_at_once()
        for folder in (self._footing.cluster, self._place.root, self._place.sockets(NAME)):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def _footing(self) -> Footing:
        return find_footing(self._place, find_postgres(self._place.cluster))

    def _run(self, program: str, *words: str, source: Any = None) -> None:
        footing = self._footing
        done = subprocess.run(
            [footing.postgres.program(program), *words],
            stdin=source,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=kernel.before_start(signal.SIGKILL, in_namespace=footing.in_namespace),
            **footing.process_options(),
        )
        assert done.returncode == 0, done.stderr

    @contextmanager
    def _piped(self, program: str, *words: str) -> Iterator[Any]:
        command = [self._footing.postgres.program(program), *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            yield process.stdout
        assert process.returncode == 0, f"{program} failed"
