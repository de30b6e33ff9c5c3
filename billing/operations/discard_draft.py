"""Throwing a draft away: what was on it is due again."""

import logging

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from billing.models import HandLine, RunOutcome
from billing.operations._drafting import NotADraft, lock_draft
from billing.operations._outcomes import recount

__all__ = ["NotADraft", "discard_draft"]

log = logging.getLogger(__name__)


@transaction.atomic(durable=True)
def discard_draft(*, invoice_id: int, actor: User | None) -> None:
    """Delete a draft with its charges, which sets their evidence free for the next run.

    What was written on it by hand goes with it, unless a cancelled invoice rests on that.

    :raises NotADraft: it has been issued
    """
    draft = lock_draft(invoice_id)
    client, run = draft.client, draft.run
    log.info("%s discarded draft %s of %s", actor, draft.pk, draft.client_id)
    by_hand = list(HandLine.objects.on_draft(draft).values_list("pk", flat=True))
    draft.delete()
    HandLine.objects.never_issued().filter(pk__in=by_hand).delete()
    _note_discarded(client.pk, run.pk if run else None)
    recount(run, client)


def _note_discarded(client_id: int, run_id: int | None) -> None:
    """Note at the run, else at the client's latest one, that its evidence is open again."""
    outcomes = RunOutcome.objects.filter(client=client_id)
    if run_id is None:
        run_id = outcomes.order_by("-run").values_list("run_id", flat=True).first()
    outcomes.filter(run=run_id).update(discarded_at=Now())
