"""The tables of a new embedded database, for whichever command comes first."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from psa.embedded.locks import Lock
from psa.embedded.paths import Place
from psa.env import data_folder


def make_missing_tables() -> None:
    """Give a new embedded database its tables; a server's are its administrator's to make.

    Of two commands that come at once, one makes them and the other waits.
    """
    if os.environ.get("DATABASE_URL"):
        return
    with one_maker_at_a_time():
        _make_them_if_missing()


@contextmanager
def one_maker_at_a_time() -> Iterator[None]:
    """Wait for whoever is making or changing the tables from this folder."""
    place = Place(data_folder())
    place.prepare()
    lock = Lock(place.locks("tables").start)
    lock.take(alone=True)
    try:
        yield
    finally:
        lock.let_go()


def _make_them_if_missing() -> None:
    import django  # noqa: PLC0415  (slow, and the launcher does without)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (needs Django set up)
    from django.db import connection  # noqa: PLC0415  (needs Django set up)

    if "django_migrations" not in connection.introspection.table_names():
        sys.stderr.write("Making the tables of a new database\n")
        call_command("migrate", verbosity=0, interactive=False)
