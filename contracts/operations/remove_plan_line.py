"""Take a line out of a plan."""

from django.db import transaction

from contracts.models import PlanLine
from contracts.operations._plans import lock_draft


@transaction.atomic(durable=True)
def remove_plan_line(*, line_id: int) -> None:
    """Delete a line of a revision in preparation.

    :raises PlanNotAcceptable: the revision is published
    """
    line = PlanLine.objects.get(pk=line_id)
    lock_draft(line.revision_id)
    line.delete()
