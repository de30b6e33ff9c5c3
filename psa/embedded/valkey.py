"""A real Valkey in a folder: the queue between the web server and the workers."""

import os
import signal
import socket
from pathlib import Path

from psa.embedded.binaries import find_valkey
from psa.embedded.paths import Place, make_private
from psa.embedded.service import Launch

NAME = "valkey"
ANSWER_SECONDS = 1.0


class ValkeyService:
    """The queue's server of one place."""

    name = NAME

    def __init__(self, place: Place) -> None:
        self.place = place
        self.log = place.log(NAME)

    def prepare(self) -> Launch:
        """Make its folder and say how to start it."""
        folder = self.place.root / "valkey"
        make_private(folder, os.geteuid())
        path = socket_path(self.place)
        make_private(path.parent, os.geteuid())
        path.unlink(missing_ok=True)
        return Launch(
            command=[
                find_valkey(),
                *_arguments(folder, path, is_durable=self.place.is_durable),
            ],
            stop_signal=signal.SIGTERM,
        )

    def is_ready(self, process_id: int) -> bool:
        """Ask the server; while it still reads its log it answers something else."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(ANSWER_SECONDS)
            try:
                line.connect(str(socket_path(self.place)))
                line.sendall(b"PING\r\n")
                return process_id > 0 and line.recv(64).startswith(b"+PONG")
            except OSError:
                return False


def socket_path(place: Place) -> Path:
    """Where the queue listens."""
    return place.sockets(NAME) / "v.sock"


def _arguments(folder: Path, path: Path, *, is_durable: bool) -> list[str]:
    return [
        *("--port", "0"),
        *("--unixsocket", str(path)),
        *("--unixsocketperm", "700"),
        *("--dir", str(folder)),
        *("--appendonly", "yes" if is_durable else "no"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--daemonize", "no"),
    ]
