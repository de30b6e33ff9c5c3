"""A billing run and the issuing of its drafts, beside plain SQL that writes the same rows.

Both are done by worker processes, batch by batch, as the queue has them done. The floor of the
run: the rows that it made are copied aside, deleted, and inserted again by one INSERT … SELECT for
each table, with all keys, constraints and triggers in place. The floor of issuing: what it wrote
is copied aside and undone, and written again by one UPDATE of the invoices and one INSERT … SELECT
each into journal and outbox.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from bench.figures import Cost, Figure, per_second, stopwatch
from bench.firm import AS_OF, LIST_WHAT_IS_OPEN, add_clients, without_history
from bench.processes import Spent, processor_time, total
from bench.workers import Worked, Workers, workers
from billing.models import BatchState, BillingRun, Invoice, RunBatch, RunState
from billing.operations.start_run import start_run
from billing.queries.runs import unfinished_batches

RUN_TARGET = 5.0
ISSUE_TARGET = 3.0
TIMES = 3
TABLES = (
    "billing_invoice",
    "billing_charge",
    "billing_claim",
    "billing_taxline",
    "billing_runoutcome",
)
FROZEN = ("status", "number", "issued_on", "due_on", "seller", "buyer", "mentions", "hash")
WRITTEN_BY_ISSUING = ("billing_journalentry", "billing_outboxmessage")
# Names of our own.
_INSERT = "INSERT INTO {name} SELECT * FROM aside_{name} ORDER BY id"
_FREEZE = "UPDATE billing_invoice i SET {frozen} FROM aside_billing_invoice a WHERE a.id = i.id"
_THAW = """
UPDATE billing_invoice SET status = 'draft', number = '', issued_on = NULL, due_on = NULL,
    seller = '{}', buyer = '{}', mentions = '[]', hash = ''
"""


@dataclass(frozen=True)
class Floor:
    """What plain SQL takes for the same rows: the middle one of some measurements."""

    seconds: float
    spent: Spent


def measure(clients: int, worker_counts: Sequence[int]) -> Iterator[Figure]:
    """Measure run and issuing for so many clients, with each number of workers.

    The floors are measured beside the first.
    """
    add_clients(clients)
    floors: dict[str, Floor] = {}
    for count in worker_counts:
        _forget_bills()
        with workers(count, connection.settings_dict["NAME"]) as those:
            run = start_run(as_of_on=AS_OF, is_handed_out=False)
            with stopwatch() as taken:
                worked = those.work_through(unfinished_batches(run.pk))
            _check_that(clients, Invoice.objects.drafts().count(), "drafts")
            floor = floors.setdefault("run", _floor_of(_insert_again))
            yield per_second(
                "rating and drafting", count=clients, taken=taken.seconds, floor=floor.seconds,
                target=RUN_TARGET, cost=_cost_of(worked, count, floor),
            )  # fmt: skip
            taken_to_issue, worked = _issue(run, those)
            _check_that(clients, Invoice.objects.issued().count(), "issued invoices")
            floor = floors.setdefault("issue", _floor_of(_issue_again))
            yield per_second(
                "issuing", count=clients, taken=taken_to_issue, floor=floor.seconds,
                target=ISSUE_TARGET, cost=_cost_of(worked, count, floor),
            )  # fmt: skip


def _floor_of(write_again: Callable[[], Floor]) -> Floor:
    """Return the middle one of three measurements, so that one disturbance changes nothing."""
    return sorted((write_again() for _ in range(TIMES)), key=lambda floor: floor.seconds)[
        TIMES // 2
    ]


def empty_books() -> None:
    """Forget the firm and all it billed, so that the next measurement starts like the first."""
    with without_history(), connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE clients_client, clients_legalentity, catalog_worktype, catalog_taxrate,"
            " catalog_ratecard, billing_billingrun CASCADE"
        )


def _forget_bills() -> None:
    """Let all that was billed be open again, as it was before the first measurement."""
    with without_history(), connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE billing_billingrun, billing_numberseries, billing_settledline CASCADE"
        )
        cursor.execute(LIST_WHAT_IS_OPEN)
    _analyze()


def _issue(run: BillingRun, those: Workers) -> tuple[float, list[Worked]]:
    """Issue the drafts of a run as its workers do where nobody reviews them."""
    BillingRun.objects.filter(pk=run.pk).update(issues_drafts=True, state=RunState.RUNNING)
    RunBatch.objects.filter(run=run).update(state=BatchState.ISSUING)
    _analyze()
    with stopwatch() as taken:
        worked = those.work_through(unfinished_batches(run.pk))
    return taken.seconds, worked


def _cost_of(worked: Sequence[Worked], count: int, floor: Floor) -> Cost:
    statements = [one.statements for one in worked]
    peak = max(one.peak_megabytes for one in worked)
    spent = total(one.spent for one in worked)
    return Cost(count, min(statements), max(statements), peak, spent, floor.spent)


def _check_that(expected: int, found: int, what: str) -> None:
    if found != expected:
        raise RuntimeError(f"{found} {what} for {expected} clients")


def _analyze() -> None:
    """Let the planner know the tables, as autovacuum does within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _insert_again() -> Floor:
    with _aside(*TABLES), connection.cursor() as cursor:
        with without_history():
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        _analyze()
        with processor_time() as spent, stopwatch() as taken, transaction.atomic():
            for name in TABLES:
                cursor.execute(_INSERT.format(name=name))
    return Floor(taken.seconds, spent)


def _issue_again() -> Floor:
    frozen = ", ".join(f"{name} = a.{name}" for name in FROZEN)
    with _aside("billing_invoice", *WRITTEN_BY_ISSUING), connection.cursor() as cursor:
        with without_history():
            # The ledger's entries refer to these tables, and there are none here.
            cursor.execute(f"TRUNCATE {', '.join(WRITTEN_BY_ISSUING)} CASCADE")
            cursor.execute(_THAW)
        _analyze()
        with processor_time() as spent, stopwatch() as taken, transaction.atomic():
            cursor.execute(_FREEZE.format(frozen=frozen))
            for name in WRITTEN_BY_ISSUING:
                cursor.execute(_INSERT.format(name=name))
    return Floor(taken.seconds, spent)


@contextmanager
def _aside(*names: str) -> Iterator[None]:
    """Keep a copy of these tables as they are, for as long as the block lasts."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"CREATE TEMP TABLE aside_{name} AS TABLE {name}")
        yield
        for name in names:
            cursor.execute(f"DROP TABLE aside_{name}")
