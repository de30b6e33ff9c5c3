"""The last steps of a batch and of its run, inside the transaction of the caller."""

from django.db.models.functions import Now

from billing.models import BatchState, BillingRun, RunBatch, RunState


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
