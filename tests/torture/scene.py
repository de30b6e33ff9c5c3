"""A scene of torture: a firm's books as they were before, about to be billed once more."""

import json
import time
from collections.abc import Collection
from dataclasses import dataclass
from io import StringIO
from random import Random
from typing import Any

import redis
from django.core.management import call_command
from django.db import Error, connection

from billing.models import BatchState, BillingRun, Invoice, NumberSeries, RunBatch, RunState
from billing.operations.start_run import start_run
from billing.tasks import bill_run
from core.doorbell import ring
from psa.tasks import sweep
from tests.plugins.processes import as_client_writes
from tests.torture.dump import (
    Books,
    Outcomes,
    dump_books,
    dump_held,
    dump_outcomes,
    first_difference,
)
from tests.torture.firm import AS_OF
from tests.torture.processes import Environment, wait_until

WAITING_LIST, IN_HAND = "celery", "unacked"
SWEEP_SECONDS = 1.0


@dataclass(frozen=True)
class Reference:
    """What the books and the outcomes are when nothing disturbs the run."""

    books: Books
    held: set[str]
    outcomes: Outcomes

    @classmethod
    def as_is(cls) -> "Reference":
        """Take down what the books and the outcomes are now."""
        return cls(dump_books(), dump_held(), dump_outcomes())


@dataclass
class Scene:
    """The books under torture, what processes need to work on them, and the dice."""

    reference: Reference
    environment: Environment
    dice: Random

    def start_run(self, client_ids: Collection[int] | None = None, **how: Any) -> BillingRun:
        """Start a run that drafts and issues what is due for these clients, or for all."""
        return start_run(as_of_on=AS_OF, client_ids=client_ids, issues_drafts=True, **how)

    def hand_out(self, run: BillingRun) -> None:
        """Ring for a run's batches once more."""
        ring(bill_run, run_id=run.pk)

    def moment_of_a_run(self) -> tuple[int, float]:
        """Draw how many steps of a run must be done, half at most, and how many seconds go by."""
        batches = RunBatch.objects.filter(run__state=RunState.RUNNING).count()
        return self.dice.randint(0, batches), self.dice.uniform(0, 0.08)

    def wait_for(self, moment: tuple[int, float]) -> bool:
        """Wait until so many steps are done and a little longer; whether the run is still on."""
        steps, seconds = moment
        self._sweep_until(lambda: steps_done() >= steps or is_finished(), f"{steps} steps")
        time.sleep(seconds)
        return not is_finished()

    def wait_until_finished(self) -> None:
        """Wait until every run is worked through, with the clock ringing meanwhile."""
        self._sweep_until(is_finished, "the end of all runs")

    def wait_for_quiet(self) -> None:
        """Wait until no task waits in the queue or is in hand."""
        with self.queue() as queue:
            keys = (WAITING_LIST, IN_HAND)
            wait_until(lambda: not queue.exists(*keys), "an empty queue")

    def queue(self) -> redis.Redis:
        """Look into the queue."""
        return redis.Redis.from_url(as_client_writes(self.environment["CELERY_BROKER_URL"]))

    def assert_as_undisturbed(self) -> None:
        """Nothing is missing, doubled or different, and the books verify."""
        difference = first_difference(self.reference.books, dump_books())
        assert difference == [], "\n".join(difference)
        assert dump_held() == self.reference.held
        assert_outcomes(self.reference.outcomes)
        assert_every_client_has_an_outcome()
        assert_numbers_are_contiguous()
        assert failures_of_check_books() == []

    def _sweep_until(self, is_so: Any, what: str) -> None:
        rung = time.monotonic()

        def look() -> bool:
            nonlocal rung
            if time.monotonic() - rung > SWEEP_SECONDS:
                ring(sweep)
                rung = time.monotonic()
            return bool(is_so())

        wait_until(look, what)


def steps_done() -> int:
    """Return how many steps are behind us, two for each batch; none while there is no database."""
    try:
        states = list(RunBatch.objects.values_list("state", flat=True))
    except Error:
        connection.close()
        return 0
    return 2 * states.count(BatchState.DONE) + states.count(BatchState.ISSUING)


def is_finished() -> bool:
    """Whether every run has been worked through, as far as the database can tell."""
    try:
        return not BillingRun.objects.filter(state=RunState.RUNNING).exists()
    except Error:
        connection.close()
        return False


def assert_outcomes(expected: Outcomes) -> None:
    """Runs did what the undisturbed one did; of two, one finds what the other has left."""
    found = dump_outcomes()
    assert {code: found.get(code, set()) & own for code, own in expected.items()} == expected
    if BillingRun.objects.filter(as_of_on=AS_OF).count() == 1:
        assert found == expected


def assert_every_client_has_an_outcome() -> None:
    """Each run says of each of its clients what came of it."""
    for run in BillingRun.objects.all():
        assert run.outcomes.count() == run.client_count
        assert not run.batches.exclude(state=BatchState.DONE).exists()


def assert_numbers_are_contiguous() -> None:
    """Each year's numbers run from one to the last without a gap."""
    for series in NumberSeries.objects.all():
        own = Invoice.objects.issued().filter(issued_on__year=series.year)
        numbers = sorted(own.values_list("number", flat=True))
        every = [f"{series.prefix}-{series.year}-{n:05d}" for n in range(1, series.last + 1)]
        assert numbers == every


def failures_of_check_books() -> list[str]:
    """Return what the verification of the books finds wrong."""
    said = StringIO()
    try:
        call_command("check_books", "--json", stdout=said)
    except SystemExit:
        return [f"{check['id']}: {check['first']}" for check in _checks(said) if check["failed"]]
    return []


def _checks(said: StringIO) -> list[dict[str, Any]]:
    checks: list[dict[str, Any]] = json.loads(said.getvalue())["checks"]
    return checks
