"""Take hours out of a plan."""

from django.db import transaction

from contracts.models import PlanAllowance
from contracts.operations._plans import lock_draft


@transaction.atomic(durable=True)
def remove_plan_allowance(*, allowance_id: int) -> None:
    """Delete hours of a revision in preparation.

    :raises PlanNotAcceptable: the revision is published
    """
    allowance = PlanAllowance.objects.get(pk=allowance_id)
    lock_draft(allowance.revision_id)
    allowance.delete()
