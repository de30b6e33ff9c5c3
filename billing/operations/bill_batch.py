"""Billing one batch of a run: drafts for its clients, all in one transaction."""

from django.db import transaction
from django.utils import translation

from billing.models import BatchState, RunBatch, RunOutcome
from billing.operations._drafting import ClientResult, bill_clients, lock_clients
from billing.operations._runs import finish_batch
from billing.operations._top_up import sell_next_blocks
from billing.queries.runs import drafts_to_issue
from billing.wording import firm_language
from clients.models import LegalEntity
from core.bulk import copy_rows

OUTCOME_COLUMNS = (
    "run_id",
    "client_id",
    "outcome",
    "reason",
    "hold",
    "facts",
    "invoice_count",
    "net",
    "total",
    "held_count",
)


@transaction.atomic(durable=True)
def bill_batch(*, batch_id: int) -> bool:
    """Draft what is due from the clients of a waiting batch, and say whether this call did it.

    A batch that somebody else holds, or that is no longer waiting, is left alone: the same task
    may arrive twice, and the second arrival changes nothing.
    """
    batch = (
        RunBatch.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("run")
        .filter(pk=batch_id, state=BatchState.WAITING)
        .first()
    )
    if batch is None:
        return False
    clients = lock_clients(batch.client_ids)
    entity = LegalEntity.objects.current()
    as_of = batch.run.as_of_on
    sell_next_blocks(clients, entity, as_of, sold_on=as_of)
    results = bill_clients(clients, entity, as_of, batch.run)
    with translation.override(firm_language(entity)):
        copy_rows(RunOutcome, OUTCOME_COLUMNS, (_outcome_row(batch, result) for result in results))
    if drafts_to_issue(batch).exists():
        batch.state = BatchState.ISSUING
        batch.save(update_fields=["state"])
    else:
        finish_batch(batch)
    return True


def _outcome_row(batch: RunBatch, result: ClientResult) -> tuple[object, ...]:
    drafts = (len(result.invoice_ids), result.net, result.total)
    refusal = result.refusal
    told = (refusal.hold, dict(refusal.facts)) if refusal else ("", {})
    outcome = (result.outcome, result.reason, *told, *drafts, result.held_count)
    return (batch.run_id, result.client_id, *outcome)
