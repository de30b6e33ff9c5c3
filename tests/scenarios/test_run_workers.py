"""A run whose worker is killed at the worst moment, told in figures.

``tests/torture`` kills at any moment; here it is the one between writing invoices and claims.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from billing.models import BillingRun, Charge, Claim, Invoice, RunOutcome, RunState
from billing.operations.start_run import start_run
from billing.tests.firm import APRIL, busy_client, open_firm
from core.doorbell import ring
from psa.tasks import sweep
from tests.torture.processes import Environment, end, wait_until, worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CLIENTS = 6


@pytest.fixture
def environment(process_environment: Environment, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """Open the firm with its clients, two to a batch; return the environment of its workers."""
    monkeypatch.setattr("billing.operations._runs.BATCH_SIZE", 2)
    monkeypatch.setenv("CELERY_BROKER_URL", process_environment["REDIS_URL"])
    open_firm()
    for _ in range(CLIENTS):
        busy_client()
    return process_environment


def test_a_run_goes_on_after_its_worker_was_killed_in_the_middle(
    environment: Environment, tmp_path: Path
) -> None:
    """The worker dies when a batch's invoices are written and its claims are not.

    The clock's sweep is rung by hand, where otherwise a minute would have to pass.
    """
    log = tmp_path / "worker.log"

    with worker(environment, log, processes=1) as first, claims_locked() as somebody_waits:
        start_run(as_of_on=APRIL)
        wait_until(somebody_waits, "the worker writes claims")
        end(first)

    assert not Invoice.objects.exists()
    with worker(environment, log, processes=1):
        ring(sweep)
        wait_until(is_finished, "the end of the run")

    assert_as_undisturbed()


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
