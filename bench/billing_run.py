"""A billing run and the issuing of its drafts, beside plain SQL that writes the same rows.

The floor of the run: the rows that it made are copied aside, deleted, and inserted again by one
INSERT … SELECT for each table, with all keys, constraints and triggers in place. The floor of
issuing: the same UPDATE of every invoice and the same inserts into journal and outbox, set-based,
rolled back afterwards.
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
ISSUED_TOGETHER = 500
TABLES = (
    "billing_invoice",
    "billing_charge",
    "billing_claim",
    "billing_taxline",
    "billing_runoutcome",
)
FREEZE = """
UPDATE billing_invoice SET status = 'issued', number = 'X-' || id, issued_on = %(day)s,
    due_on = %(day)s, seller = %(party)s::jsonb, buyer = %(party)s::jsonb,
    mentions = %(party)s::jsonb, hash = md5(id::text) || md5(id::text)
"""
LINK = """
INSERT INTO billing_journalentry
    (legal_entity_id, position, event, invoice_id, digest, previous_hash, hash, recorded_at)
SELECT legal_entity_id, row_number() OVER (ORDER BY id), 'issue', id, hash, hash, hash, now()
FROM billing_invoice
"""
OUTBOX = """
INSERT INTO billing_outboxmessage
    (key, kind, invoice_id, state, attempts, due_at, last_error, created_at)
SELECT kind || ':' || id, kind, id, 'waiting', 0, now(), '', now()
FROM billing_invoice, unnest(ARRAY['invoice_pdf', 'invoice_mail']) kind
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
    floor = _issue_plainly()
    with stopwatch() as taken:
        _issue_all()
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


def _issue_plainly() -> float:
    party = '{"name": "Bench SARL", "street": "1 rue du Banc", "postcode": "69002"}'
    with connection.cursor() as cursor, transaction.atomic():
        with stopwatch() as floor:
            cursor.execute(FREEZE, {"day": ISSUED_ON, "party": party})
            cursor.execute(LINK)
            cursor.execute(OUTBOX)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE billing_invoice, billing_journalentry")
    return floor.seconds


def _issue_all() -> None:
    ids = list(Invoice.objects.drafts().order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), ISSUED_TOGETHER):
        issue_invoices(
            invoice_ids=ids[first : first + ISSUED_TOGETHER], issued_on=ISSUED_ON, actor=None
        )
