"""The first and the last steps of a run, inside the transaction of the caller."""

from collections.abc import Collection
from hashlib import sha256

from django.db.models.functions import Now

from billing.models import BatchState, BillingRun, RunBatch, RunState

BATCH_SIZE = 1_000


def scope_of(client_ids: Collection[int] | None) -> str:
    """Return the name of a run's clients: all of them, or a digest of the chosen ones."""
    if client_ids is None:
        return "all"
    written = ",".join(str(pk) for pk in sorted(set(client_ids)))
    return sha256(written.encode()).hexdigest()


def make_run(run: BillingRun, client_ids: list[int]) -> BillingRun:
    """Write a new run down with its clients in batches; one without clients is finished at once."""
    run.client_count = len(client_ids)
    run.state = RunState.RUNNING if client_ids else RunState.FINISHED
    run.save(force_insert=True)
    if not client_ids:
        BillingRun.objects.filter(pk=run.pk).update(finished_at=Now())
    RunBatch.objects.bulk_create(
        RunBatch(run=run, client_ids=client_ids[first : first + BATCH_SIZE])
        for first in range(0, len(client_ids), BATCH_SIZE)
    )
    return run


def finish_batch(batch: RunBatch) -> None:
    """Mark the batch as done, and its run as finished if that was the last one.

    Batches of a run end one after the other, behind the lock of its row, so that one of them is
    the last.
    """
    RunBatch.objects.filter(pk=batch.pk).update(state=BatchState.DONE, done_at=Now())
    runs = BillingRun.objects.select_for_update(no_key=True).filter(pk=batch.run_id)
    run = runs.get()
    unfinished = RunBatch.objects.filter(run=run).exclude(state=BatchState.DONE)
    if not run.is_finished and not unfinished.exists():
        BillingRun.objects.filter(pk=run.pk).update(state=RunState.FINISHED, finished_at=Now())
