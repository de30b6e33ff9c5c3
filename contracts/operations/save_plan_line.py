"""Write a line of a plan."""

from django.db import transaction
from django.db.models import Max

from contracts.models import PlanLine
from contracts.operations._line_terms import SoldLine, price_values, require_sellable, sold_values
from contracts.operations._plans import lock_draft


@transaction.atomic(durable=True)
def save_plan_line(*, revision_id: int, line: SoldLine, line_id: int | None = None) -> PlanLine:
    """Add a line to a revision in preparation, or write one of its lines anew.

    :raises PlanNotAcceptable: the revision is published
    :raises LineNotAcceptable: the terms make no sense
    """
    revision = lock_draft(revision_id)
    require_sellable(line)
    if line_id is None:
        last = revision.lines.aggregate(last=Max("position"))["last"]
        kept = PlanLine(revision=revision, position=(last or 0) + 1)
    else:
        kept = revision.lines.get(pk=line_id)
    for name, value in {**sold_values(line), **price_values(line)}.items():
        setattr(kept, name, value)
    kept.save()
    return kept
