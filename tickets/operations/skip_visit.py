"""Leave out a day of maintenance."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.recurrence import days_between
from tickets.models import MaintenancePlan, MaintenanceVisit
from tickets.operations._tickets import require_firm_staff
from tickets.refusals import ReasonMissing, VisitDecided


@transaction.atomic(durable=True)
def skip_visit(*, plan_id: int, due_on: date, reason: str, actor: User) -> MaintenanceVisit:
    """Leave out one day of a plan before its ticket is opened; it is counted as skipped.

    :raises Refusal: there is no reason, the plan has no such day, or it was raised or skipped
    """
    require_firm_staff(actor)
    if not reason.strip():
        raise ReasonMissing(_("Say why it is skipped."), "reason")
    plan = MaintenancePlan.objects.select_for_update().get(pk=plan_id)
    if plan.visits.filter(due_on=due_on).exists():
        raise VisitDecided(_("This day has its ticket already, or was skipped."))
    if not days_between(plan.rule, plan.first_on, due_on, due_on, most=1):
        raise VisitDecided(_("The plan does not come round on this day."))
    return MaintenanceVisit.objects.create(
        plan=plan, due_on=due_on, skipped_because=reason.strip(), skipped_by=actor
    )
