"""Ways to run the launcher as other people, on other machines, and to watch what it leaves."""

import contextlib
import ctypes
import json
import os
import platform
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from psa.embedded import kernel
from psa.embedded.locks import wait_for
from psa.embedded.paths import Place
from psa.env import CHECKOUT

UNSHARE = {"x86_64": 272, "aarch64": 97}
ALLOW, REFUSE = 0x7FFF0000, 0x00050001
LOAD, IS_EQUAL, ANSWER = 0x20, 0x15, 0x06
NO_NEW_RIGHTS, SET_FILTER, FILTER_MODE = 38, 22, 2


USERS: "list[User]" = []


class User:
    """A process that uses the embedded database of a folder."""

    def __init__(
        self,
        folder: Path,
        become: Callable[[], None] | None = None,
        **environment: str,
    ) -> None:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "psa.tests.embedded_user"],
            cwd=CHECKOUT,
            env={**kept, "PSA_DATA_DIR": str(folder), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=become,  # noqa: PLW1509  (the suite's process has no other thread here)
            text=True,
        )
        USERS.append(self)

    def hears(self) -> dict[str, Any]:
        """What the process found once the database was up."""
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def leave(self) -> None:
        """End the use in good order."""
        if self.process.stdin is not None and not self.process.stdin.closed:
            self.process.communicate(timeout=30)

    def kill(self) -> None:
        """End the process without a chance to clean up."""
        self.process.kill()
        self.process.communicate()


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every account of the machine can reach; all that lives there ends with it."""
    folder = Path(tempfile.mkdtemp(prefix="fx-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for user in USERS:
            user.leave()
        USERS.clear()
        assert wait_for(lambda: not servers_of(folder), 20), f"servers of {folder} still run"
        elsewhere = Place(folder / "test").cluster_elsewhere.parent
        shutil.rmtree(elsewhere, ignore_errors=True)
        shutil.rmtree(folder)


def servers_of(folder: Path) -> list[int]:
    """The processes that were started for a folder, keepers and servers."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes()
            if str(folder).encode() in words or _elsewhere(folder) in words:
                found.append(int(entry.name))
    return found


def _elsewhere(folder: Path) -> bytes:
    return str(Place(folder / "test").cluster_elsewhere).encode()


def is_gone(process_id: int) -> bool:
    """Whether the process has ended."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return "Z" in Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").split(")")[1][:3]


def as_ordinary_user() -> Callable[[], None] | None:
    """What a child of root does to be an ordinary user; nothing when we are one."""
    if os.geteuid() != 0:
        return None
    return kernel.before_start(signal.SIGKILL, in_namespace=True)


def refuse_namespaces() -> None:
    """Have the kernel refuse ``unshare`` to this process and its children, as containers do."""
    code = [
        struct.pack("HBBI", LOAD, 0, 0, 0),
        struct.pack("HBBI", IS_EQUAL, 0, 1, UNSHARE[platform.machine()]),
        struct.pack("HBBI", ANSWER, 0, 0, REFUSE),
        struct.pack("HBBI", ANSWER, 0, 0, ALLOW),
    ]
    steps = ctypes.create_string_buffer(b"".join(code))
    program = struct.pack("HxxxxxxP", len(code), ctypes.addressof(steps))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0) or libc.prctl(SET_FILTER, FILTER_MODE, program):
        raise OSError(ctypes.get_errno(), "the filter was not accepted")
