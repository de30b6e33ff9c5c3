"""Let a plan say nothing about some work."""

from django.db import transaction

from contracts.models import PlanCoverage
from contracts.operations._plans import lock_draft


@transaction.atomic(durable=True)
def remove_plan_coverage(*, coverage_id: int) -> None:
    """Delete a rule of a revision in preparation.

    :raises PlanNotAcceptable: the revision is published
    """
    rule = PlanCoverage.objects.get(pk=coverage_id)
    lock_draft(rule.revision_id)
    rule.delete()
