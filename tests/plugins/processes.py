"""What a test needs to start a real worker or web server beside itself."""

import os
from urllib.parse import quote, urlencode, urlsplit

import pytest
import redis
from django.conf import settings

from psa import embedded, env

NUMBERS_OF_A_SERVER = 16
FIRST_TEST_NUMBER = 2


@pytest.fixture(scope="session")
def queue_url(test_database_number: int) -> str:
    """The address of a real queue, a number of its own for each test process."""
    embedded.ensure_queue()
    own = FIRST_TEST_NUMBER + test_database_number % (NUMBERS_OF_A_SERVER - FIRST_TEST_NUMBER)
    named = env.text("REDIS_URL")
    if named:
        return urlsplit(named)._replace(path=f"/{own}").geturl()
    return embedded.redis_url(own)


@pytest.fixture
def empty_queue(queue_url: str) -> str:
    """The address of the queue, with nothing left in it from another test."""
    with redis.Redis.from_url(as_client_writes(queue_url)) as client:
        client.flushdb()
    return queue_url


@pytest.fixture
def process_environment(empty_queue: str) -> dict[str, str]:
    """The environment of a process that works on this test's database and queue.

    The test itself must be marked ``django_db(transaction=True)``, so that others see its rows.
    """
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "psa.settings.test",
        "DATABASE_URL": database_url(),
        "REDIS_URL": empty_queue,
    }


def database_url() -> str:
    """The address of the database that Django works on at this moment."""
    described = settings.DATABASES["default"]
    account = quote(str(described["USER"]))
    if described["PASSWORD"]:
        account += ":" + quote(str(described["PASSWORD"]), safe="")
    where = {"host": described["HOST"], "port": described["PORT"]}
    query = urlencode({name: value for name, value in where.items() if value})
    return f"postgresql://{account}@/{described['NAME']}?{query}"


def as_client_writes(url: str) -> str:
    """Turn Celery's way of naming a socket into that of the client library."""
    parts = urlsplit(url)
    if parts.scheme != "redis+socket":
        return url
    return f"unix://{parts.path}?db={parts.query.rpartition('=')[2]}"
