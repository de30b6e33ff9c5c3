"""Working on a run, the same in a worker and in a terminal: bill a batch, then issue its drafts.

Each step is a transaction of its own and may be repeated: whoever stops, wherever they stop, the
next one who looks goes on from there.
"""

from django.utils import timezone

from billing.models import BatchState, RunBatch
from billing.operations.bill_batch import bill_batch
from billing.operations.close_batch import close_batch
from billing.operations.issue_invoices import issue_invoices
from billing.queries.runs import drafts_to_issue
from clients.models import LegalEntity
from core.memory import no_search_for_cycles


def work_on(batch_id: int) -> None:
    """Do what is left to do for a batch; nothing if it is done or in other hands."""
    with no_search_for_cycles():
        bill_batch(batch_id=batch_id)
        batch = RunBatch.objects.select_related("run__started_by").filter(pk=batch_id).first()
        if batch is not None and batch.state == BatchState.ISSUING:
            _issue(batch)


def _issue(batch: RunBatch) -> None:
    refused: dict[int, str] = {}
    drafts = list(drafts_to_issue(batch).order_by("pk").values_list("pk", flat=True))
    if drafts:
        today = timezone.localdate(timezone=LegalEntity.objects.current().zone)
        issuing = issue_invoices(invoice_ids=drafts, issued_on=today, actor=batch.run.started_by)
        refused = {refusal.invoice_id: refusal.reason for refusal in issuing.refused}
    close_batch(batch_id=batch.pk, refused=refused)
