"""What runs have left to do."""

from billing.models import BatchState, BillingRun, Invoice, RunBatch, RunState
from billing.models.invoice import InvoiceQuerySet


def drafts_to_issue(batch: RunBatch) -> InvoiceQuerySet:
    """Return the drafts of a batch that its run, or the client's own setting, issues at once."""
    own = Invoice.objects.drafts().filter(run=batch.run_id, client__one_of=batch.client_ids)
    drafts = own.filter(held_at=None)
    return drafts if batch.run.issues_drafts else drafts.filter(client__issues_without_review=True)


def unfinished_batches(run_id: int | None = None) -> list[int]:
    """Return the batches that still have work to do, those of one run or of all."""
    batches = RunBatch.objects.filter(run__state=RunState.RUNNING).exclude(state=BatchState.DONE)
    if run_id is not None:
        batches = batches.filter(run=run_id)
    return list(batches.order_by("pk").values_list("pk", flat=True))


def unproved_runs() -> list[int]:
    """Return the finished runs of which nobody has counted yet that they lost nothing."""
    runs = BillingRun.objects.filter(state=RunState.FINISHED, proved_at=None)
    return list(runs.order_by("pk").values_list("pk", flat=True))
