"""What maintenance comes round when, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from accounts.models import User
from clients.models import Client
from tickets.domain.recurrence import days_between
from tickets.models import MaintenancePlan, MaintenanceVisit

# A daily plan of ten years; no plan has more days than that.
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which a plan comes round, and the visit that came of it, if there is one yet."""

    day: date
    plan: MaintenancePlan
    visit: MaintenanceVisit | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be skipped."""
        return self.visit is None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often maintenance of a client was done, skipped, or is under way."""

    client: Client
    done: int
    skipped: int
    open: int


def days_to_raise(plan: MaintenancePlan, today: date) -> list[date]:
    """Return the days whose tickets should be there by today, those that are included."""
    return days_of(plan, plan.active_from_on, today + timedelta(days=plan.lead_days))


def days_of(plan: MaintenancePlan, start: date, end: date) -> list[date]:
    """Return the days of a plan, none after the client was lost or the contract ended."""
    if not plan.is_active:
        return []
    ends = [end, plan.client.lost_on, plan.contract.last_day_on if plan.contract else None]
    last = min(day for day in ends if day is not None)
    start = max(start, plan.first_on, plan.active_from_on)
    return days_between(plan.rule, plan.first_on, start, last, most=MOST_DAYS)


def plans_to_raise(today: date) -> list[int]:
    """Return the plans of which a day has no visit yet; two queries."""
    plans = list(MaintenancePlan.objects.running().select_related("client", "contract"))
    known = _visits(plans)
    return [
        plan.pk
        for plan in plans
        if any((plan.pk, day) not in known for day in days_to_raise(plan, today))
    ]


def coming(plans: Sequence[MaintenancePlan], start: date, end: date) -> list[Coming]:
    """Return the days of the plans in a stretch of time, with what came of each; one query."""
    known = _visits(plans, start, end)
    days = [(day, plan) for plan in plans for day in days_of(plan, start, end)]
    by_plan = {plan.pk: plan for plan in plans}
    found = {(plan.pk, day): Coming(day, plan, known.get((plan.pk, day))) for day, plan in days}
    for (plan_id, day), visit in known.items():
        found.setdefault((plan_id, day), Coming(day, by_plan[plan_id], visit))
    return sorted(found.values(), key=lambda one: (one.day, one.plan.client.name, one.plan.pk))


def tallies(user: User) -> list[Tally]:
    """Return, for each client with maintenance, what was done and what was skipped; one query."""
    visits = MaintenanceVisit.objects.visible_to(user).values("plan__client")
    counted = visits.annotate(
        done=Count("pk", filter=Q(ticket__closed_at__isnull=False)),
        skipped=Count("pk", filter=Q(ticket=None)),
        open=Count("pk", filter=Q(ticket__isnull=False, ticket__closed_at=None)),
    )
    figures = {row["plan__client"]: row for row in counted.order_by()}
    clients = Client.objects.visible_to(user).filter(pk__in=figures)
    return [
        Tally(one, figures[one.pk]["done"], figures[one.pk]["skipped"], figures[one.pk]["open"])
        for one in clients.order_by("name")
    ]


def _visits(
    plans: Collection[MaintenancePlan], start: date | None = None, end: date | None = None
) -> dict[tuple[int, date], MaintenanceVisit]:
    rows = MaintenanceVisit.objects.filter(plan__in=plans).select_related("ticket__status")
    if start is not None and end is not None:
        rows = rows.filter(due_on__range=(start, end))
    return {(row.plan_id, row.due_on): row for row in rows}
