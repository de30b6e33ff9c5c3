"""Every setting the environment may give, read in this one place.

A wrong value stops the start and names its variable. A secret may come from a file: where
``NAME`` is read, ``NAME_FILE`` may name the file that holds it.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parent.parent
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


class SettingWrong(Exception):
    """A variable of the environment has a value that cannot be used."""


def text(name: str, default: str = "") -> str:
    """Return the variable as text, from the file that ``NAME_FILE`` names if there is one."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingWrong(f"{name}_FILE: cannot read {file_name}: {error.strerror}") from error
    return os.environ.get(name, default)


def required(name: str) -> str:
    """Return the variable as text.

    :raises SettingWrong: it is missing or empty
    """
    value = text(name)
    if not value:
        raise SettingWrong(f"{name} must be set; .env.example explains it.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no."""
    value = text(name, "1" if default else "0").strip().lower()
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise SettingWrong(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int, *, at_least: int = 0) -> int:
    """Return the variable as a whole number."""
    value = text(name, str(default)).strip()
    if not value.isdigit() or int(value) < at_least:
        raise SettingWrong(f"{name} must be a whole number from {at_least} up, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return the variable as a list of words separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """Return the folder of all embedded state: ``PSA_DATA_DIR``, else ``var`` in the checkout."""
    return Path(text("PSA_DATA_DIR") or CHECKOUT / "var").expanduser().resolve()


def folder(name: str, default: Path) -> Path:
    """Return a folder; empty or absent means the default."""
    given = text(name)
    return Path(given).expanduser().resolve() if given else default


def database(url: str) -> dict[str, object]:
    """Return Django's description of the database at ``url``, whose ``options`` may say otherwise.

    Statements are not compiled before they run: our longest read little and took PostgreSQL
    seconds to compile.

    :raises SettingWrong: it is not a PostgreSQL address
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingWrong("DATABASE_URL must start with postgresql://; no other database is used.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "fixpoint",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {"options": "-c jit=off", **query},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
