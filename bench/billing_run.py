"""A billing run and the issuing of its drafts, beside plain SQL that writes the same rows.

The floor of the run: the rows that it made are copied aside, deleted, and inserted again by one
INSERT … SELECT for each table, with all keys, constraints and triggers in place. The floor of
issuing: what it wrote is copied aside and undone, and written again by one UPDATE of the invoices
and one INSERT … SELECT each into journal and outbox.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction

from bench.figures import Figure, per_second, stopwatch
from bench.firm import AS_OF, add_clients, without_history
from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.operations.start_run import start_run
from billing.queries.runs import unfinished_batches
from billing.running import work_on

RUN_TARGET = 5.0
ISSUE_TARGET = 3.0
ISSUED_ON = date(2026, 4, 1)
ISSUED_TOGETHER = 2_000
TABLES = (
    "billing_invoice",
    "billing_charge",
    "billing_claim",
    "billing_taxline",
    "billing_runoutcome",
)
FROZEN = ("status", "number", "issued_on", "due_on", "seller", "buyer", "mentions", "hash")
WRITTEN_BY_ISSUING = ("billing_journalentry", "billing_outboxmessage")
THAW = """
UPDATE billing_invoice SET status = 'draft', number = '', issued_on = NULL, due_on = NULL,
    seller = '{}', buyer = '{}', mentions = '[]', hash = ''
"""


def measure(clients: int) -> Iterator[Figure]:
    """Measure run and issuing for so many clients; the tables of billing must be empty."""
    add_clients(clients)
    with stopwatch() as taken:
        run = start_run(as_of_on=AS_OF)
        for batch_id in unfinished_batches(run.pk):
            work_on(batch_id)
    made = Invoice.objects.count()
    if made != clients:
        raise RuntimeError(f"the run made {made} invoices for {clients} clients")
    floor = _insert_again()
    name = f"billing run, {clients:,} clients"
    yield per_second(name, count=made, taken=taken.seconds, floor=floor, target=RUN_TARGET)
    _analyze()
    with stopwatch() as taken:
        _issue_all()
    floor = _issue_again()
    name = f"issuing, {clients:,} invoices"
    yield per_second(name, count=made, taken=taken.seconds, floor=floor, target=ISSUE_TARGET)


def empty_books() -> None:
    """Forget the firm and all it billed, so that the next measurement starts like the first."""
    with without_history(), connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE clients_client, clients_legalentity, catalog_worktype, catalog_taxrate,"
            " catalog_ratecard, billing_billingrun CASCADE"
        )


def _insert_again() -> float:
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"CREATE TEMP TABLE aside_{name} AS TABLE {name}")
        with without_history():
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        cursor.execute("ANALYZE")
        with stopwatch() as floor, transaction.atomic():
            for name in TABLES:
                cursor.execute(f"INSERT INTO {name} SELECT * FROM aside_{name} ORDER BY id")  # noqa: S608  (names of our own)
        for name in TABLES:
            cursor.execute(f"DROP TABLE aside_{name}")
    return floor.seconds


def _analyze() -> None:
    """Let the planner know the tables, as autovacuum does within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _issue_again() -> float:
    frozen = ", ".join(f"{name} = a.{name}" for name in FROZEN)
    with connection.cursor() as cursor:
        for name in ("billing_invoice", *WRITTEN_BY_ISSUING):
            cursor.execute(f"CREATE TEMP TABLE aside_{name} AS TABLE {name}")
        with without_history():
            cursor.execute(f"TRUNCATE {', '.join(WRITTEN_BY_ISSUING)}")
            cursor.execute(THAW)
        _analyze()
        with stopwatch() as floor, transaction.atomic():
            cursor.execute(
                f"UPDATE billing_invoice i SET {frozen} FROM aside_billing_invoice a"  # noqa: S608  (names of our own)
                " WHERE a.id = i.id"
            )
            for name in WRITTEN_BY_ISSUING:
                cursor.execute(f"INSERT INTO {name} SELECT * FROM aside_{name} ORDER BY id")  # noqa: S608  (names of our own)
        for name in ("billing_invoice", *WRITTEN_BY_ISSUING):
            cursor.execute(f"DROP TABLE aside_{name}")
    return floor.seconds


def _issue_all() -> None:
    ids = list(Invoice.objects.drafts().order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), ISSUED_TOGETHER):
        issue_invoices(
            invoice_ids=ids[first : first + ISSUED_TOGETHER], issued_on=ISSUED_ON, actor=None
        )
