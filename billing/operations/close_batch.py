"""Closing a batch whose drafts have been issued."""

from collections.abc import Mapping

from django.db import transaction

from billing.models import BatchState, RunBatch, RunOutcome
from billing.operations._runs import finish_batch


@transaction.atomic(durable=True)
def close_batch(*, batch_id: int, refused: Mapping[int, str]) -> None:
    """Mark an issuing batch as done; a draft that could not be issued keeps the reason why.

    ``refused`` are reasons by invoice; one that somebody else has issued meanwhile has none.
    """
    batch = RunBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None or batch.state != BatchState.ISSUING:
        return
    drafts = RunOutcome.objects.filter(run=batch.run_id, invoice__status="draft")
    for outcome in drafts.filter(invoice__in=refused):
        outcome.reason = refused[outcome.invoice_id or 0][:400]
        outcome.save(update_fields=["reason"])
    finish_batch(batch)
