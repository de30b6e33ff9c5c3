"""What workers do for billing; each task may be given twice and may be stopped at any moment."""

from celery import shared_task

from billing.queries.runs import unfinished_batches
from billing.running import work_on
from core.doorbell import ring


@shared_task
def bill_run(*, run_id: int) -> None:
    """Hand out the batches of a run, a task for each."""
    for batch_id in unfinished_batches(run_id):
        ring(bill_run_batch, batch_id=batch_id)


@shared_task
def bill_run_batch(*, batch_id: int) -> None:
    """Bill one batch of a run, and issue its drafts where that is wanted."""
    work_on(batch_id)


@shared_task
def sweep_runs() -> None:
    """Hand out again what is left of every run, whoever dropped it."""
    for batch_id in unfinished_batches():
        ring(bill_run_batch, batch_id=batch_id)
