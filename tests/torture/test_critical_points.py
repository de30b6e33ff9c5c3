"""Two connections held at the very point where only a lock keeps them apart.

The dice meet these moments seldom, and what goes wrong there is put right by the next look. So both
are brought there for certain: a lock of the test's own holds the first one just after its critical
step, the second one follows, and only then may they go on.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction

from billing.models import BillingRun, Invoice, JournalEntry, NumberSeries
from billing.operations.bill_batch import bill_batch
from billing.operations.issue_invoices import issue_invoices
from billing.operations.start_run import start_run
from billing.tests.factories import DraftFactory
from billing.tests.firm import APRIL, open_firm
from clients.tests.factories import ClientFactory
from tests.torture.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def waiting() -> int:
    """Return how many connections wait for a lock, looked at afresh within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING)
        return int(cursor.fetchone()[0])


@contextmanager
def held_by(lock: str) -> Iterator[None]:
    """Hold a lock, and let go of it at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(lock)
        yield


def one_after_the_other(lock: str, steps: Sequence[Callable[[], object]]) -> None:
    """Start each step once those before it wait, then let all of them go on."""
    with ThreadPoolExecutor(len(steps)) as pool:
        with held_by(lock):
            started = []
            for n, step in enumerate(steps, 1):
                started.append(pool.submit(_on_its_own_connection, step))
                wait_until(lambda n=n: waiting() >= n, f"{n} wait")  # type: ignore[misc]  # a default binds it now
        for one in started:
            one.result(timeout=30)


def _on_its_own_connection(step: Callable[[], object]) -> None:
    try:
        step()
    finally:
        connection.close()


def test_the_first_numbers_of_a_year_are_given_one_after_the_other() -> None:
    """The first has its number and waits to commit; the second must not take the same one."""
    drafts = [DraftFactory.create().pk for _ in range(2)]

    def issue(pk: int) -> Callable[[], object]:
        return lambda: issue_invoices(invoice_ids=[pk], issued_on=APRIL, actor=None)

    one_after_the_other(
        "LOCK TABLE billing_outboxmessage IN SHARE MODE", [issue(pk) for pk in drafts]
    )

    numbers = Invoice.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["F-2026-00001", "F-2026-00002"]
    assert NumberSeries.objects.get().last == 2
    first, second = JournalEntry.objects.order_by("position")
    assert (first.previous_hash, second.previous_hash) == ("", first.hash)


def test_a_date_never_runs_back_however_the_first_documents_meet() -> None:
    """The second is dated a day before the first, which is about to commit: it is refused."""
    drafts = [DraftFactory.create().pk for _ in range(2)]
    refused: list[str] = []

    def issue_next() -> None:
        issued_on = date(2026, 3, 31)
        issuing = issue_invoices(invoice_ids=[drafts[1]], issued_on=issued_on, actor=None)
        refused.extend(refusal.reason for refusal in issuing.refused)

    one_after_the_other(
        "LOCK TABLE billing_outboxmessage IN SHARE MODE",
        [
            lambda: issue_invoices(invoice_ids=[drafts[0]], issued_on=APRIL, actor=None),
            issue_next,
        ],
    )

    assert len(refused) == 1
    assert Invoice.objects.issued().get().number == "F-2026-00001"


def test_two_batches_that_end_at_once_finish_their_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each must look for unfinished batches after the other has committed, not before."""
    monkeypatch.setattr("billing.operations._runs.BATCH_SIZE", 1)
    open_firm()
    for _ in range(2):
        ClientFactory.create()
    run = start_run(as_of_on=APRIL, is_handed_out=False)

    def work_through(pk: int) -> Callable[[], object]:
        return lambda: bill_batch(batch_id=pk)

    one_after_the_other(
        f"SELECT 1 FROM billing_billingrun WHERE id = {run.pk} FOR UPDATE",  # noqa: S608  (a key of our own)
        [work_through(batch.pk) for batch in run.batches.order_by("pk")],
    )

    assert BillingRun.objects.get().is_finished
