"""Closing a batch whose drafts have been issued."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction

from billing.explain_outcome import LONGEST_REASON
from billing.models import BatchState, Invoice, RunBatch, RunOutcome
from billing.operations._runs import finish_batch


@transaction.atomic(durable=True)
def close_batch(*, batch_id: int, refused: Mapping[int, str]) -> None:
    """Mark an issuing batch as done; a draft that could not be issued keeps the reason why.

    ``refused`` are reasons by invoice; one that somebody else has issued meanwhile has none.
    """
    batch = RunBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None or batch.state != BatchState.ISSUING:
        return
    if refused:
        _keep_reasons(batch, refused)
    finish_batch(batch)


def _keep_reasons(batch: RunBatch, refused: Mapping[int, str]) -> None:
    drafts = Invoice.objects.drafts().filter(run=batch.run_id, pk__in=refused).order_by("pk")
    reasons: dict[int, list[str]] = defaultdict(list)
    for invoice_id, client_id in drafts.values_list("pk", "client_id"):
        reasons[client_id].append(refused[invoice_id])
    for client_id, found in reasons.items():
        reason = " ".join(dict.fromkeys(found))[:LONGEST_REASON]
        RunOutcome.objects.filter(run=batch.run_id, client=client_id).update(reason=reason, hold="")
