"""Runs whose database or queue goes away in the middle, and comes back."""

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from pytest_django import DjangoDbBlocker

from psa import env
from psa.embedded.postgres import DATABASE
from tests.plugins.databases import connected_to, copied
from tests.plugins.processes import database_url
from tests.torture.conftest import Size, Told
from tests.torture.processes import Cluster, Environment, queue_at, url_of, worker
from tests.torture.scene import Reference, Scene

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(
    firm: str, test_database_number: int, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cluster]:
    """A database server of this test's own, with the firm in it."""
    with django_db_blocker.unblock(), connected_to(NAME=firm):
        source = database_url()
    own = Cluster(env.data_folder() / "test" / f"torture-{test_database_number}")
    try:
        own.start()
        own.load(source)
        yield own
    finally:
        own.remove()


@pytest.fixture
def scene_apart(
    cluster: Cluster,
    reference: Reference,
    environment: Environment,
    dice: Random,
    own_queue: Environment,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Scene]:
    """The firm's books on the server that may be stopped."""
    with (
        django_db_blocker.unblock(),
        connected_to(**cluster.described),
        copied(DATABASE, "books"),
    ):
        own = {**environment, **own_queue, "DATABASE_URL": database_url()}
        yield Scene(reference, own, dice)


@pytest.mark.rounds(1, 5)
def test_books_are_as_ever_after_the_database_was_stopped_in_mid_run(
    scene_apart: Scene, cluster: Cluster, tmp_path: Path, size: Size, tell: Told
) -> None:
    scene, stops = scene_apart, 0
    scene.start_run()
    moments = sorted(scene.moment_of_a_run() for _ in range(3 if size.is_whole else 1))

    with worker(scene.environment, tmp_path / "worker.log", processes=2):
        for moment in moments:
            if scene.wait_for(moment):
                stops += 1
                cluster.stop_at_once()
                time.sleep(scene.dice.uniform(0, 1))
                cluster.start()
        scene.wait_until_finished()

    tell(f"the database stopped at once {stops} times in mid run")
    assert stops
    scene.assert_as_undisturbed()


@pytest.mark.rounds(1, 5)
def test_books_are_as_ever_after_the_queue_was_killed_in_mid_run(
    scene: Scene, tmp_path: Path, size: Size, tell: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    socket, kills = tmp_path / "queue.sock", 0
    monkeypatch.setenv("CELERY_BROKER_URL", url_of(socket))
    run = scene.start_run()
    moments = sorted(scene.moment_of_a_run() for _ in range(3 if size.is_whole else 1))
    environment = {**scene.environment, "CELERY_BROKER_URL": url_of(socket)}

    with worker(environment, tmp_path / "worker.log", processes=2):
        for moment in moments:
            with queue_at(socket):
                scene.hand_out(run)
                kills += scene.wait_for(moment)
            time.sleep(scene.dice.uniform(0, 1))
        with queue_at(socket):
            scene.wait_until_finished()

    tell(f"the queue killed {kills} times in mid run")
    assert kills
    scene.assert_as_undisturbed()
