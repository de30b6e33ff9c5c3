"""A database for each test process, copied from one template that is migrated once.

The template is kept until a migration, a model or a role changes, so that a single test starts
within a second. Locks of the database server itself keep processes apart, whoever started them.
"""

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from pytest_django import DjangoDbBlocker

from psa import embedded
from tests.plugins.beginnings import remember_beginning

TEMPLATE_LOCK = 7_310_000
NAME_LOCK = 7_311_000
TEMPLATE_PREFIX = "fixpoint_template_"
SHAPED_BY = (
    "core/all_at_once.py",
    "tests/plugins/databases.py",
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/apps.py",
    "psa/roles.py",
    "psa/settings/*.py",
    "requirements.txt",
)


@pytest.fixture(scope="session")
def test_database_number(django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """Give this process a database of its own and tell its number."""
    embedded.ensure_database()
    with server_connection() as server:
        number = _take_number(server)
        name = f"test_fixpoint_{number}"
        with django_db_blocker.unblock():
            copy_template(server, name)
            _connect_to(NAME=name)
            emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
            remember_beginning()
        yield number
        with django_db_blocker.unblock():
            connection.close()
        run_on(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def server_connection() -> Iterator[Any]:
    """Open a connection beside Django's, to the database that every server has."""
    described = settings.DATABASES["default"]
    parameters = {
        "user": described["USER"],
        "password": described["PASSWORD"],
        "host": described["HOST"],
        "port": described["PORT"],
    }
    server = psycopg2.connect(
        dbname="postgres", **{name: value for name, value in parameters.items() if value}
    )
    server.autocommit = True
    try:
        yield server
    finally:
        server.close()


def run_on(server: Any, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Run a statement there and return its rows."""
    with server.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def copy_template(server: Any, name: str) -> None:
    """Copy the template; the lock keeps others from replacing it meanwhile."""
    run_on(server, "SELECT pg_advisory_lock(%s)", TEMPLATE_LOCK)
    try:
        template = _ensure_template(server)
        run_on(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        run_on(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    finally:
        run_on(server, "SELECT pg_advisory_unlock(%s)", TEMPLATE_LOCK)


def _ensure_template(server: Any) -> str:
    """Migrate a fresh template unless there is one of the present models."""
    name = TEMPLATE_PREFIX + _fingerprint()
    found = run_on(
        server,
        "SELECT datname FROM pg_database WHERE datname LIKE %s",
        TEMPLATE_PREFIX.replace("_", r"\_") + "%",
    )
    if (name,) not in found:
        for (stale,) in found:
            run_on(server, f"DROP DATABASE IF EXISTS {stale} WITH (FORCE)")
        _make_template(server, name)
    return name


def _make_template(server: Any, name: str) -> None:
    unfinished = f"{name}_unfinished"
    run_on(server, f"CREATE DATABASE {unfinished}")
    _connect_to(NAME=unfinished)
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    with connection.cursor() as cursor:
        # Our own tokens stand in for Knox's, whose empty table Django no longer knows; it would
        # keep the tables it points at from being emptied between tests.
        cursor.execute("DROP TABLE IF EXISTS knox_authtoken")
    connection.close()
    run_on(server, f"ALTER DATABASE {unfinished} RENAME TO {name}")


def _fingerprint() -> str:
    """Name what shapes the tables and the rows that every database begins with."""
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for path in sorted(found for pattern in SHAPED_BY for found in root.glob(pattern)):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _take_number(server: Any) -> int:
    """Take the first free number; its lock lives as long as the connection."""
    for number in itertools.count(1):
        [(is_taken,)] = run_on(server, "SELECT pg_try_advisory_lock(%s, %s)", NAME_LOCK, number)
        if is_taken:
            return number
    raise AssertionError


@contextmanager
def copied(template: str, name: str) -> Iterator[None]:
    """Let Django work on a copy of a database on its server, and drop the copy afterwards."""
    drop = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    connection.close()
    with server_connection() as server:
        run_on(server, drop)
        run_on(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        with connected_to(NAME=name):
            yield
    finally:
        with server_connection() as server:
            run_on(server, drop)


@contextmanager
def connected_to(**place: str) -> Iterator[None]:
    """Let Django work on another database meanwhile: its ``NAME``, or another server's as well."""
    described = settings.DATABASES["default"]
    before = {key: described[key] for key in place}
    _connect_to(**place)
    try:
        yield
    finally:
        _connect_to(**before)


def _connect_to(**place: object) -> None:
    connection.close()
    settings.DATABASES["default"].update(place)
    connection.settings_dict.update(place)
