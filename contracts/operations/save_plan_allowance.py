"""Let a plan include hours every month."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import WorkType
from contracts.models import PlanAllowance
from contracts.operations._plans import PlanNotAcceptable, lock_draft


@transaction.atomic(durable=True)
def save_plan_allowance(
    *,
    revision_id: int,
    terms: Mapping[str, Any],
    work_type_ids: Iterable[int] = (),
    allowance_id: int | None = None,
) -> PlanAllowance:
    """Add hours to a revision in preparation, or write them anew.

    :raises PlanNotAcceptable: the revision is published, or there are no hours
    """
    revision = lock_draft(revision_id)
    if terms["minutes"] < 1:
        raise PlanNotAcceptable(_("Hours of nothing include nothing."), "minutes")
    if allowance_id is None:
        allowance = PlanAllowance(revision=revision)
    else:
        allowance = revision.allowances.get(pk=allowance_id)
    for name, value in terms.items():
        setattr(allowance, name, value)
    allowance.save()
    allowance.work_types.set(WorkType.objects.filter(pk__in=work_type_ids))
    return allowance
