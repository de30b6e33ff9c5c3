"""Runs that are started at once, and tasks that arrive again and again."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from billing.models import BillingRun
from billing.queries.runs import unfinished_batches
from billing.tasks import bill_run_batch
from clients.models import Client
from core.doorbell import ring
from tests.torture.firm import AS_OF, BILL
from tests.torture.processes import Environment, Process, terminal
from tests.torture.scene import WAITING_LIST, Scene

pytestmark = pytest.mark.slow


@pytest.mark.rounds(1, 20)
def test_books_are_as_ever_after_the_same_run_was_started_twice_at_once(
    scene: Scene, workers: Process, environment: Environment, tmp_path: Path
) -> None:
    """Two people start it, and a third bills the same day in a terminal."""
    with terminal(environment, tmp_path / "terminal.log", *BILL) as third:
        start_at_once(scene, [None, None])
        ended = third.wait()
    scene.wait_until_finished()
    scene.wait_for_quiet()

    assert ended == 0
    scene.assert_as_undisturbed()


@pytest.mark.rounds(2, 20)
def test_books_are_as_ever_after_overlapping_runs_were_started_at_once(
    scene: Scene, workers: Process
) -> None:
    """Every client is in one of two runs, and most of them are in both."""
    ids = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    scene.dice.shuffle(ids)
    cut = len(ids) // 4

    start_at_once(scene, [ids[cut:], ids[: len(ids) - cut]])
    scene.wait_until_finished()
    scene.wait_for_quiet()

    assert BillingRun.objects.filter(as_of_on=AS_OF).count() == 2
    scene.assert_as_undisturbed()


@pytest.mark.rounds(1, 20)
def test_books_are_as_ever_after_tasks_were_delivered_several_times(
    scene: Scene, workers: Process
) -> None:
    """The very same messages come in a row, then shuffled, and once more when all is done."""
    with standing_still(workers):
        run = scene.start_run()
        for batch_id in unfinished_batches(run.pk):
            ring(bill_run_batch, batch_id=batch_id)
        messages = repeat_messages(scene)
    scene.wait_until_finished()
    with scene.queue() as queue:
        queue.rpush(WAITING_LIST, *messages)
    scene.wait_for_quiet()

    scene.assert_as_undisturbed()


def start_at_once(scene: Scene, scopes: Sequence[list[int] | None]) -> None:
    """Start a run for each scope, all at the same moment, each on a connection of its own."""
    start = Barrier(len(scopes))

    def one(client_ids: list[int] | None) -> None:
        start.wait()
        try:
            scene.start_run(client_ids)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(scopes)) as pool:
        list(pool.map(one, scopes))


@contextmanager
def standing_still(workers: Process) -> Iterator[None]:
    """Stop the worker's leader meanwhile, so that nothing is taken from the queue."""
    workers.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        workers.send_signal(signal.SIGCONT)


def repeat_messages(scene: Scene) -> list[bytes]:
    """Put copies of each waiting message beside it and others anywhere; return one of each."""
    with scene.queue() as queue:
        messages: list[bytes] = queue.lrange(WAITING_LIST, 0, -1)
        in_a_row = [message for message in messages for _ in range(scene.dice.randint(2, 4))]
        anywhere = scene.dice.sample(in_a_row, len(in_a_row))
        queue.delete(WAITING_LIST)
        queue.rpush(WAITING_LIST, *in_a_row, *anywhere)
    return messages
