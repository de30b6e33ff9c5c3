"""Prepare a new revision of a plan."""

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ManagedPlan, PlanRevision
from contracts.operations._line_terms import picked
from contracts.operations._plans import (
    PROMISES,
    RENEWAL,
    PlanNotAcceptable,
    copy_allowances,
    copy_coverage,
    copy_lines,
)


@transaction.atomic(durable=True)
def revise_plan(*, plan_id: int) -> PlanRevision:
    """Copy the last revision into one in preparation; signed contracts stay with theirs.

    :raises PlanNotAcceptable: one is in preparation already
    """
    plan = ManagedPlan.objects.select_for_update().get(pk=plan_id)
    last = plan.revisions.order_by("-number").first()
    if last is not None and not last.is_published:
        raise PlanNotAcceptable(_("The plan already has a revision in preparation."))
    number = last.number + 1 if last else 1
    values = picked(last, (*PROMISES, *RENEWAL)) if last else {}
    revision = PlanRevision.objects.create(plan=plan, number=number, **values)
    if last is not None:
        copy_lines(last, revision)
        copy_coverage(last, revision)
        copy_allowances(last, revision)
    return revision
