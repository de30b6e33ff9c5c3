"""Counting, once a run is over, that it lost nothing."""

from django.db import transaction
from django.db.models.functions import Now

from billing.models import BillingRun, RunProof
from billing.queries.books.accounting import cells_of


@transaction.atomic(durable=True)
def prove_run(*, run_id: int) -> bool:
    """Write down where all evidence of a finished run's clients has gone; False while it works.

    Doing it again counts afresh.
    """
    run = BillingRun.objects.select_for_update(no_key=True).get(pk=run_id)
    if not run.is_finished:
        return False
    RunProof.objects.filter(run=run).delete()
    RunProof.objects.bulk_create(
        RunProof(
            run=run,
            subject=cell.subject,
            place=cell.place,
            reason=cell.reason,
            pieces=cell.pieces,
            amount=cell.amount,
        )
        for cell in cells_of(run.pk)
    )
    BillingRun.objects.filter(pk=run.pk).update(proved_at=Now())
    return True
