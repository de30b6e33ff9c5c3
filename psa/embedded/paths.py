"""Where the embedded parts keep their files and sockets."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from psa.embedded.locks import LockFiles
from psa.embedded.problem import EmbeddedProblem

LONGEST_SOCKET = 100
"""The kernel takes 107 characters; PostgreSQL adds a lock file's suffix of its own."""
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"
OPEN_TO_PASS = 0o711
"""Each part closes its own folder; an account without rights must be able to reach its own."""
FOLDERS = ("locks", "logs", "run")
LASTING_ROOT = Path("/var/lib")


@dataclass(frozen=True)
class Place:
    """One folder of embedded state; two firms on one machine have two of them."""

    root: Path
    is_durable: bool = True
    """Whether data must survive a power cut; test clusters need not and are quicker so."""

    def locks(self, service: str) -> LockFiles:
        """The files that processes lock while they use a part."""
        return LockFiles(self.root / "locks", service)

    def sockets(self, service: str) -> Path:
        """The folder of a part's socket: inside the place unless its path is too long or closed.

        A server that had to drop root's rights cannot enter a folder under a private home.
        """
        inside = self.root / "run" / service
        if len(str(inside / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET and (
            os.geteuid() != 0 or is_open_to_all(self.root)
        ):
            return inside
        name = f"fixpoint-{os.geteuid()}-{self.digest}-{service}"
        return Path("/tmp") / name  # noqa: S108  (make_private refuses a folder of another's)

    @property
    def digest(self) -> str:
        """A short name of this place, for what must lie outside it."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:12]

    @property
    def cluster(self) -> Path:
        """The folder of PostgreSQL's data; elsewhere when an earlier start had to put it there."""
        return self.cluster_elsewhere if self.cluster_elsewhere.exists() else self.root / "postgres"

    @property
    def cluster_elsewhere(self) -> Path:
        """Where data goes when root's rights are dropped and the place itself is out of reach."""
        return LASTING_ROOT / f"fixpoint-{self.digest}" / "postgres"

    def log(self, service: str) -> Path:
        """The log file of a part."""
        return self.root / "logs" / f"{service}.log"

    def prepare(self) -> None:
        """Make the folders that every part needs."""
        try:
            if not self.root.exists():
                self.root.mkdir(parents=True)
                self.root.chmod(OPEN_TO_PASS)
            for name in FOLDERS:
                (self.root / name).mkdir(exist_ok=True)
        except OSError as error:
            raise EmbeddedProblem(
                f"Cannot write to {self.root} ({error.strerror}); "
                "set PSA_DATA_DIR to a folder of your own."
            ) from error
        if not all(os.access(self.root / name, os.W_OK) for name in FOLDERS):
            raise EmbeddedProblem(
                f"{self.root} belongs to another account; run as that account, "
                "or set PSA_DATA_DIR to a folder of your own."
            )


def make_private(folder: Path, owner: int) -> None:
    """Make ``folder``, for ``owner`` alone; refuse one that somebody else has put there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if stat.S_ISLNK(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
        raise EmbeddedProblem(f"{folder} belongs to somebody else; remove it and start again.")
    if found.st_uid != owner:
        os.chown(folder, owner, -1)
    folder.chmod(0o700)


def is_open_to_all(folder: Path) -> bool:
    """Say whether any account of the machine may pass through ``folder``."""
    existing = [step for step in (folder, *folder.parents) if step.exists()]
    return all(step.stat().st_mode & stat.S_IXOTH for step in existing)
