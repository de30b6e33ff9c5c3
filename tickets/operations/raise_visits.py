"""Open the tickets of maintenance that comes round."""

from datetime import date, datetime

from django.db import transaction

from tickets.models import ChecklistItem, MaintenancePlan, MaintenanceVisit
from tickets.operations._clock import keep_clock
from tickets.operations._opening import NewTicket, add_ticket
from tickets.queries.maintenance import days_to_raise


@transaction.atomic(durable=True)
def raise_visits(*, plan_id: int, today: date, now: datetime) -> list[MaintenanceVisit]:
    """Open a ticket for each day of the plan that is near enough and has none yet.

    Days that passed while nothing ran are caught up. Doing it again, or twice at once, opens no
    second ticket: the plan is locked, and the database keeps one visit a day.
    """
    rows = MaintenancePlan.objects.select_for_update(of=("self",))
    plan = rows.select_related("client", "contract", "assignee").get(pk=plan_id)
    known = set(plan.visits.values_list("due_on", flat=True))
    days = [day for day in days_to_raise(plan, today) if day not in known]
    return [_raise(plan, day, now) for day in days]


def _raise(plan: MaintenancePlan, day: date, now: datetime) -> MaintenanceVisit:
    is_there = plan.assignee is not None and plan.assignee.is_active
    new = NewTicket(
        client_id=plan.client_id,
        subject=f"{plan.name} ({day:%Y-%m-%d})",
        description=plan.description,
        priority=plan.priority,
        board_id=plan.board_id,
        category_id=plan.category_id,
        site_id=plan.site_id,
        asset_id=plan.asset_id,
        assignee_id=plan.assignee_id if is_there else None,
    )
    ticket = add_ticket(plan.client, new, actor=None, now=now)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(ticket=ticket, text=point, position=place)
        for place, point in enumerate(plan.points, start=1)
    )
    keep_clock(ticket, now)
    return MaintenanceVisit.objects.create(plan=plan, due_on=day, ticket=ticket)
