"""PostgreSQL and Valkey as parts of the project, for machines that have neither.

Only the standard library is imported here: the launcher runs before anything else does.
"""

import contextlib
import secrets
from pathlib import Path
from urllib.parse import quote

from psa import env
from psa.embedded import postgres, valkey
from psa.embedded.paths import Place
from psa.embedded.problem import EmbeddedProblem
from psa.embedded.sharing import Use, begin_use

__all__ = [
    "EmbeddedProblem",
    "cache_url",
    "database_url",
    "end_uses",
    "ensure_database",
    "ensure_queue",
    "redis_url",
    "secret_key",
    "use_for_tests",
    "uses",
]

QUEUE_NUMBER = 0
CACHE_NUMBER = 1
_place = Place(env.data_folder())
_uses: dict[str, Use] = {}


def use_for_tests() -> None:
    """Work in the test folder from now on: quicker, and nothing of the firm's is touched."""
    global _place  # noqa: PLW0603  (one process works in one place)
    _place = Place(env.data_folder() / "test", is_durable=False)


def database_url() -> str:
    """The address of the embedded database, running or not."""
    folder = quote(str(_place.sockets(postgres.NAME)), safe="")
    return f"postgresql://{postgres.ROLE}@/{postgres.DATABASE}?host={folder}&port={postgres.PORT}"


def redis_url(number: int = QUEUE_NUMBER) -> str:
    """The address of the embedded queue as Celery writes it."""
    return f"redis+socket://{valkey.socket_path(_place)}?virtual_host={number}"


def cache_url(number: int = CACHE_NUMBER) -> str:
    """The address of the same server as the cache writes it."""
    return f"unix://{valkey.socket_path(_place)}?db={number}"


def ensure_database() -> None:
    """Start the embedded database if no server is named, and hold it while this process lives.

    :raises EmbeddedProblem: it does not come up
    """
    if not env.text("DATABASE_URL"):
        _ensure(postgres.NAME)


def ensure_queue() -> None:
    """Start the embedded queue if no server is named, and hold it while this process lives.

    :raises EmbeddedProblem: it does not come up
    """
    if not env.text("REDIS_URL"):
        _ensure(valkey.NAME)


def uses() -> list[Use]:
    """What this process holds."""
    return list(_uses.values())


def end_uses() -> None:
    """Let go of everything, and wait for what thereby stops."""
    while _uses:
        _uses.popitem()[1].end()


def secret_key(folder: Path) -> str:
    """Return the key that signs cookies, made on the first start and kept in the data folder."""
    path = folder / "secret-key"
    if not path.exists():
        Place(folder).prepare()
        fresh = path.with_name(f"secret-key.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text(encoding="ascii")


def _ensure(name: str) -> None:
    if name not in _uses:
        _uses[name] = begin_use(_place, name)
