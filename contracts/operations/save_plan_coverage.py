"""Say what a plan does about some work."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import CoverageEffect, PlanCoverage
from contracts.operations._plans import KEY, CoverageTerm, PlanNotAcceptable, lock_draft


@transaction.atomic(durable=True)
def save_plan_coverage(*, revision_id: int, term: CoverageTerm) -> PlanCoverage:
    """Write what a revision in preparation says about the work; it replaces what it said before.

    :raises PlanNotAcceptable: the revision is published, or a rate is missing
    """
    revision = lock_draft(revision_id)
    values = asdict(term)
    if term.effect != CoverageEffect.AT_RATE:
        values["hourly_rate"] = None
    elif term.hourly_rate is None or term.hourly_rate < 0:
        raise PlanNotAcceptable(_("Say what an hour costs."), "hourly_rate")
    key = {name: values.pop(name) for name in KEY}
    rule, _is_new = revision.coverage.update_or_create(**key, defaults=values)
    return rule
