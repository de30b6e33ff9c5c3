"""Throw away a revision in preparation."""

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ManagedPlan
from contracts.operations._plans import PlanNotAcceptable, lock_draft


@transaction.atomic(durable=True)
def discard_revision(*, revision_id: int) -> ManagedPlan:
    """Delete a revision that was not published, so that the one before it stays the last.

    :raises PlanNotAcceptable: it is published, or the only one
    """
    revision = lock_draft(revision_id)
    plan: ManagedPlan = revision.plan
    if not plan.revisions.exclude(pk=revision_id).exists():
        raise PlanNotAcceptable(_("This is the plan's only revision: change it instead."))
    revision.delete()
    return plan
