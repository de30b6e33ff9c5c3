"""Begin a managed plan."""

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ManagedPlan, PlanRevision
from contracts.operations._plans import PlanNotAcceptable


@transaction.atomic(durable=True)
def create_plan(*, code: str, name: str, description: str = "") -> ManagedPlan:
    """Make a plan with its first revision in preparation.

    :raises PlanNotAcceptable: the code is taken
    """
    if ManagedPlan.objects.filter(code__iexact=code).exists():
        raise PlanNotAcceptable(_("Another plan has this code."), "code")
    plan = ManagedPlan.objects.create(code=code, name=name, description=description)
    PlanRevision.objects.create(plan=plan, number=1)
    return plan
