"""Throwing a draft away: what was on it is due again."""

import logging

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from billing.models import RunOutcome
from billing.operations._drafting import NotADraft, lock_draft
from billing.operations._outcomes import recount

__all__ = ["NotADraft", "discard_draft"]

log = logging.getLogger(__name__)


@transaction.atomic(durable=True)
def discard_draft(*, invoice_id: int, actor: User | None) -> None:
    """Delete a draft with its charges, which sets their evidence free for the next run.

    :raises NotADraft: it has been issued
    """
    draft = lock_draft(invoice_id)
    client, run = draft.client, draft.run
    log.info("%s discarded draft %s of %s", actor, draft.pk, draft.client_id)
    draft.delete()
    RunOutcome.objects.filter(run=run, client=client).update(discarded_at=Now())
    recount(run, client)
