"""A real PostgreSQL in a folder: made once, started, put right after a crash."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from psa.embedded import kernel
from psa.embedded.binaries import find_postgres
from psa.embedded.footing import Footing, find_footing
from psa.embedded.paths import Place, make_private
from psa.embedded.problem import EmbeddedProblem
from psa.embedded.service import Launch

NAME = "postgres"
PORT = "5432"
ROLE = DATABASE = "fixpoint"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
OWN_RULES_FROM = 18
STATE_LINE = 7
ORPHAN_SECONDS = 10.0
QUICK_TESTS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_wal_size=2GB",
)


class PostgresService:
    """The database server of one place."""

    name = NAME

    def __init__(self, place: Place) -> None:
        self.place = place
        self.log = place.log(NAME)
        self._cluster = place.cluster
        self._sockets = place.sockets(NAME)

    def prepare(self) -> Launch:
        """Find programs and a way to run them, make the cluster on the first start."""
        footing = find_footing(self.place, find_postgres(self.place.cluster))
        self._cluster = footing.cluster
        make_private(self._sockets, footing.owner)
        _end_orphan(footing.cluster)
        if (footing.cluster / "PG_VERSION").exists():
            footing.take_over(footing.cluster)
        else:
            _make_cluster(footing, is_durable=self.place.is_durable)
        for leftover in ("", ".lock"):
            (self._sockets / f".s.PGSQL.{PORT}{leftover}").unlink(missing_ok=True)
        return Launch(
            command=[footing.postgres.program("postgres"), *self._arguments()],
            stop_signal=signal.SIGINT,
            in_namespace=footing.in_namespace,
            options=footing.process_options(),
        )

    def is_ready(self, process_id: int) -> bool:
        """Read the state that the server itself writes into its process file."""
        lines = _process_file(self._cluster)
        state = lines[STATE_LINE].strip() if len(lines) > STATE_LINE else ""
        return lines[:1] == [str(process_id)] and state == "ready"

    def _arguments(self) -> list[str]:
        settings = [
            "listen_addresses=",
            f"port={PORT}",
            f"unix_socket_directories={self._sockets}",
            "unix_socket_permissions=0700",
            "max_connections=100",
            "shared_buffers=128MB",
            "wal_level=minimal",
            "max_wal_senders=0",
            "log_min_messages=warning",
            *(() if self.place.is_durable else QUICK_TESTS),
        ]
        flags = [word for setting in settings for word in ("-c", setting)]
        return ["-D", str(self._cluster), *flags]


def _make_cluster(footing: Footing, *, is_durable: bool) -> None:
    """Make the cluster beside its place and move it there whole, so that no half remains."""
    unfinished = footing.cluster.with_name("postgres.unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    footing.cluster.parent.mkdir(parents=True, exist_ok=True)
    make_private(unfinished, footing.owner)
    program = footing.postgres.program("initdb")
    locale = _locale(footing.postgres.major)
    options = ["-U", ROLE, "--auth=trust", "--encoding=UTF8", *locale]
    if not is_durable:
        options.append("--no-sync")
    _run(footing, [program, "-D", str(unfinished), *options])
    single = [footing.postgres.program("postgres"), "--single", "-D", str(unfinished)]
    said = _run(
        footing,
        [*single, "postgres"],
        f"CREATE DATABASE {DATABASE};\nSELECT name FROM pg_available_extensions;\n",
    )
    missing = [name for name in EXTENSIONS if f'"{name}"' not in said]
    if missing:
        raise EmbeddedProblem(
            f"PostgreSQL in {footing.postgres.folder} lacks {', '.join(missing)}; install your "
            "system's postgresql-contrib package."
        )
    unfinished.rename(footing.cluster)


def _locale(major: int) -> list[str]:
    """Sort by PostgreSQL's own rules where it has them, else by the C library's plain ones."""
    if major >= OWN_RULES_FROM:
        return [
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST",
        ]
    return ["--locale=C.UTF-8"]


def _run(footing: Footing, command: list[str], text: str = "") -> str:
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
        preexec_fn=kernel.before_start(signal.SIGKILL, in_namespace=footing.in_namespace),
        **footing.process_options(),
    )
    if done.returncode != 0:
        reason = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
        raise EmbeddedProblem(f"PostgreSQL could not make its folder: {reason}")
    return done.stdout


def _process_file(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _end_orphan(cluster: Path) -> None:
    """Stop a server whose keeper is gone, and forget one that no longer runs.

    A process number is given out again, after a restart of a container often at once, and
    PostgreSQL would take the newcomer for its own server.
    """
    lines = _process_file(cluster)
    if not lines or not lines[0].isdigit():
        return
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if not _serves(int(lines[0]), cluster):
            break
        _signal_and_wait(int(lines[0]), request, cluster)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _signal_and_wait(process_id: int, request: signal.Signals, cluster: Path) -> None:
    try:
        os.kill(process_id, request)
    except ProcessLookupError:
        return
    until = time.monotonic() + ORPHAN_SECONDS
    while _serves(process_id, cluster) and time.monotonic() < until:
        time.sleep(0.05)


def _serves(process_id: int, cluster: Path) -> bool:
    """Say whether that process is a PostgreSQL server of this very folder."""
    try:
        words = Path(f"/proc/{process_id}/cmdline").read_bytes().split(b"\0")
    except OSError:
        if Path("/proc/self").exists():
            return False
        listing = ["ps", "-p", str(process_id), "-o", "command="]
        said = subprocess.run(listing, capture_output=True, check=False).stdout
        words = said.split()
    return str(cluster).encode() in words
