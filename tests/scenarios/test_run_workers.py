"""A run in real worker processes: killed half-way, told twice, without a queue for a while.

Each story must end as an undisturbed run does. The clock's sweep is rung by hand where otherwise a
minute would have to pass.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from billing.models import BillingRun, Charge, Claim, Invoice, RunBatch, RunOutcome, RunState
from billing.operations.start_run import start_run
from billing.tasks import bill_run_batch
from billing.tests.firm import APRIL, busy_client, open_firm
from clients.models import Client
from core.doorbell import ring
from psa.embedded.binaries import find_valkey
from psa.tasks import sweep

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE_SECONDS = 60.0
CLIENTS = 6
Environment = dict[str, str]


@pytest.fixture
def environment(process_environment: Environment, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """Open the firm with its clients, two to a batch; return the environment of its workers."""
    monkeypatch.setattr("billing.operations.start_run.BATCH_SIZE", 2)
    monkeypatch.setenv("CELERY_BROKER_URL", process_environment["REDIS_URL"])
    open_firm()
    for _ in range(CLIENTS):
        busy_client()
    return process_environment


def test_a_worker_bills_a_run(environment: Environment) -> None:
    with worker(environment):
        start_run(as_of_on=APRIL)
        wait_until(is_finished)

    assert_as_undisturbed()


def test_a_run_goes_on_after_its_worker_was_killed_in_the_middle(environment: Environment) -> None:
    """The worker dies when a batch's invoices are written and its claims are not."""
    with worker(environment) as first, claims_locked() as somebody_waits:
        start_run(as_of_on=APRIL)
        wait_until(somebody_waits)
        first.kill()
        first.wait()

    assert not Invoice.objects.exists()
    with worker(environment):
        ring(sweep)
        wait_until(is_finished)

    assert_as_undisturbed()


def test_tasks_that_are_delivered_twice_to_two_workers_bill_once(environment: Environment) -> None:
    run = start_run(as_of_on=APRIL, is_handed_out=False)
    for batch_id in [*RunBatch.objects.values_list("pk", flat=True)] * 2:
        ring(bill_run_batch, batch_id=batch_id)

    with worker(environment), worker(environment):
        wait_until(is_finished)
        again = start_run(as_of_on=APRIL)
        wait_until(is_finished)

    assert again != run
    assert RunOutcome.objects.filter(run=again, outcome="nothing_due").count() == CLIENTS
    assert_as_undisturbed()


def test_two_runs_at_once_bill_each_client_once(environment: Environment) -> None:
    every_id = [pk for batch in _batches() for pk in batch]

    with worker(environment), worker(environment):
        start_run(as_of_on=APRIL)
        start_run(as_of_on=APRIL, client_ids=every_id)
        wait_until(is_finished)

    assert BillingRun.objects.count() == 2
    assert RunOutcome.objects.filter(outcome="nothing_due").count() == CLIENTS
    assert_as_undisturbed()


def test_a_worker_goes_on_after_its_queue_was_away(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    socket = tmp_path / "queue.sock"
    url = f"redis+socket://{socket}?virtual_host=0"
    monkeypatch.setenv("CELERY_BROKER_URL", url)
    with queue_at(socket) as queue, worker({**environment, "CELERY_BROKER_URL": url}):
        start_run(as_of_on=APRIL, client_ids=_batches()[0])
        wait_until(is_finished)
        queue.kill()
        queue.wait()
        start_run(as_of_on=APRIL)
        time.sleep(3)
        with queue_at(socket):
            ring(sweep)
            wait_until(is_finished)

    assert_as_undisturbed()


@contextmanager
def worker(environment: Environment) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a real worker, one process that does the work itself, and end it afterwards."""
    command = [sys.executable, "-m", "celery", "-A", "psa.celery", "worker", "-P", "solo"]
    process = subprocess.Popen(
        [*command, "--without-gossip", "--without-mingle", "--without-heartbeat"],
        env=environment,
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def queue_at(socket: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a queue of this test's own, which may be taken away."""
    options = [
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--save",
        "",
        "--dir",
        str(socket.parent),
    ]
    socket.unlink(missing_ok=True)
    process = subprocess.Popen([find_valkey(), *options], stdout=subprocess.DEVNULL)
    try:
        wait_until(socket.exists)
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def claims_locked() -> Iterator[Callable[[], bool]]:
    """Let nobody write a claim meanwhile; the function tells whether somebody wants to."""
    described = connection.get_connection_params()
    described.pop("cursor_factory", None)
    other = psycopg2.connect(**described)
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE billing_claim IN SHARE MODE")
    try:
        yield _somebody_waits
    finally:
        other.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
            [Claim._meta.db_table],
        )
        return cursor.fetchone() is not None


def wait_until(is_so: Callable[[], Any]) -> None:
    """Look again and again, and give up when it takes too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it does not come to pass"
        time.sleep(0.05)


def is_finished() -> bool:
    """Whether every run has been worked through."""
    return not BillingRun.objects.filter(state=RunState.RUNNING).exists()


def assert_as_undisturbed() -> None:
    """Every client has one draft of 364.99, each piece of evidence one claim."""
    nets = [str(net) for net in Invoice.objects.values_list("net", flat=True)]
    assert nets == ["364.99"] * CLIENTS
    assert Invoice.objects.values("client").distinct().count() == CLIENTS
    assert Charge.objects.count() == Claim.objects.count() == 3 * CLIENTS
    assert RunOutcome.objects.filter(outcome="drafted").count() == CLIENTS


def _batches() -> list[list[int]]:
    ids = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    return [ids[n : n + 2] for n in range(0, len(ids), 2)]
