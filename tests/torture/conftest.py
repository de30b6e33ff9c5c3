"""Seed and size of the torture, and the books that it begins with."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests.plugins.databases import (
    connected_to,
    copied,
    copy_template,
    run_on,
    server_connection,
)
from tests.plugins.processes import database_url
from tests.torture import fuse
from tests.torture.firm import AS_OF, make_firm
from tests.torture.processes import Environment, queue_at, url_of, worker
from tests.torture.scene import Reference, Scene, failures_of_check_books

FIXED_SEED = 1
PROCESSES = 3
FreshBooks = Callable[[], AbstractContextManager[None]]
Told = Callable[[str], None]
FIGURES = pytest.StashKey[list[str]]()


@dataclass(frozen=True)
class Size:
    """How many clients, how many of them to a batch, and whether it is the whole torture."""

    clients: int
    batch: int
    is_whole: bool


def _size() -> Size:
    if os.environ.get("PSA_TORTURE") == "whole":
        return Size(clients=200, batch=5, is_whole=True)
    return Size(clients=12, batch=2, is_whole=False)


def _seed() -> int:
    return int(os.environ.get("PSA_TORTURE_SEED") or FIXED_SEED)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat a test ``rounds(small, whole)`` times, unless a number of rounds is asked for."""
    marker = metafunc.definition.get_closest_marker("rounds")
    if marker:
        small, whole = marker.args
        asked = int(os.environ.get("PSA_TORTURE_ROUNDS") or whole)
        count = asked if _size().is_whole else small
        metafunc.fixturenames.append("round_number")
        metafunc.parametrize("round_number", range(1, count + 1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Say beside each failure how to see it again."""
    report: Any = yield
    if report.failed:
        asked = f"make torture SEED={_seed()} TESTS='{item.nodeid}'"
        report.sections.append(("to repeat it", asked if _size().is_whole else item.nodeid))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what was done, where it is the whole."""
    if _size().is_whole:
        terminalreporter.section(f"torture with SEED={_seed()}")
        for told in terminalreporter.config.stash.get(FIGURES, []):
            terminalreporter.line(told)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Told:
    """Keep a sentence for the end of the session."""
    told = request.config.stash.setdefault(FIGURES, [])
    return told.append


@pytest.fixture(scope="session")
def size() -> Size:
    """How much of it there is."""
    return _size()


@pytest.fixture(scope="session")
def firm(test_database_number: int, django_db_blocker: DjangoDbBlocker, size: Size) -> Any:
    """The name of the database that holds the firm as it is before the run."""
    name = f"torture_firm_{test_database_number}"
    with server_connection() as server, django_db_blocker.unblock():
        copy_template(server, name)
        with connected_to(NAME=name):
            make_firm(_seed(), size.clients)
        yield name
        run_on(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def books_name(test_database_number: int) -> str:
    """The name of the database under torture, made afresh for each round."""
    return f"torture_books_{test_database_number}"


@pytest.fixture(scope="session")
def fresh_books(firm: str, books_name: str) -> FreshBooks:
    """Make the books under torture afresh, for as long as the context lasts."""
    return partial(copied, firm, books_name)


@pytest.fixture(scope="session")
def reference(fresh_books: FreshBooks, django_db_blocker: DjangoDbBlocker) -> Reference:
    """Bill the firm in one batch, undisturbed."""
    with django_db_blocker.unblock(), fresh_books():
        call_command("bill", "--as-of", AS_OF.isoformat(), "--issue", stdout=StringIO())
        assert failures_of_check_books() == []
        return Reference.as_is()


@pytest.fixture(scope="session")
def fuses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the workers find the moments of their deaths."""
    folder = tmp_path_factory.mktemp("fuses")
    fuse.lay(folder, [])
    return folder


@pytest.fixture(scope="session")
def standing_queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a queue of the torture's own.

    Its workers stay up between tests, and would take the tasks of others from a shared one.
    """
    socket = tmp_path_factory.mktemp("queue") / "queue.sock"
    with queue_at(socket):
        yield url_of(socket)


@pytest.fixture(scope="session")
def environment(
    firm: str, books_name: str, standing_queue: str, fuses: Path, django_db_blocker: DjangoDbBlocker
) -> Environment:
    """The environment of processes that work on the books under torture."""
    with django_db_blocker.unblock(), connected_to(NAME=books_name):
        address = database_url()
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.torture.settings",
        "DATABASE_URL": address,
        "REDIS_URL": standing_queue,
        "CELERY_BROKER_URL": standing_queue,
        fuse.FOLDER: str(fuses),
    }


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> Random:
    """Dice that fall the same for a seed and a round, in whichever order tests run."""
    return Random(f"{_seed()} {request.node.name}")  # noqa: S311  (dice, not a secret)


@pytest.fixture
def small_batches(environment: Environment, size: Size, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs that the test starts have many batches, and ring where its workers listen."""
    monkeypatch.setattr("billing.operations._runs.BATCH_SIZE", size.batch)
    monkeypatch.setenv("CELERY_BROKER_URL", environment["CELERY_BROKER_URL"])


@pytest.fixture
def scenes(
    fresh_books: FreshBooks,
    reference: Reference,
    environment: Environment,
    dice: Random,
    small_batches: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Callable[[], Scene]]:
    """Make one scene after the other, each from the firm as it was."""
    with django_db_blocker.unblock(), ExitStack() as copies:

        def make() -> Scene:
            copies.close()
            copies.enter_context(fresh_books())
            return Scene(reference, environment, dice)

        yield make


@pytest.fixture
def scene(scenes: Callable[[], Scene]) -> Scene:
    """The one scene of a round."""
    return scenes()


@pytest.fixture
def own_queue(
    small_batches: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Environment]:
    """What an environment says of a queue that only workers of this round listen to."""
    socket = tmp_path / "queue.sock"
    monkeypatch.setenv("CELERY_BROKER_URL", url_of(socket))
    with queue_at(socket):
        yield {"CELERY_BROKER_URL": url_of(socket)}


@pytest.fixture(scope="session")
def workers(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A worker with several processes that serves one round after the other."""
    log = tmp_path_factory.mktemp("workers") / "worker.log"
    with worker(environment, log, processes=PROCESSES) as process:
        yield process
