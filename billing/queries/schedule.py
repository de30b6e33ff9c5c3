"""Whom the schedule bills when."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import Count, F
from django.db.models.functions import Coalesce

from billing.domain.schedule import days_between, days_billed_on, due_through
from billing.models import BillingSchedule
from billing.models.schedule import THE_ONLY_ONE
from clients.models import Client
from core.periods import add_months

SHOWN = 6
MONTHS_AHEAD = 2


@dataclass(frozen=True)
class Planned:
    """A day on which the schedule bills, and how many clients."""

    day: date
    client_count: int


def the_schedule() -> BillingSchedule:
    """Return the firm's schedule, one that is off where none has been set."""
    found = BillingSchedule.objects.filter(pk=THE_ONLY_ONE).first()
    return found or BillingSchedule(pk=THE_ONLY_ONE)


def clients_billed_on(day: date, firms_day: int) -> list[int]:
    """Return the clients whose billing day, or the firm's where they have none, is this day."""
    own = Client.objects.annotate(day=Coalesce(F("billing_day"), firms_day))
    due = own.filter(day__in=list(days_billed_on(day))).order_by("pk")
    return list(due.values_list("pk", flat=True))


def planned(schedule: BillingSchedule, now: datetime) -> list[Planned]:
    """Return the next days on which the schedule bills somebody; ``now`` is the firm's time."""
    own = Client.objects.annotate(day=Coalesce(F("billing_day"), schedule.day)).order_by()
    counts = dict(own.values_list("day").annotate(Count("pk")))
    done = due_through(now, schedule.hour)
    days = days_between(done, add_months(done, MONTHS_AHEAD))
    found = ((day, sum(counts.get(one, 0) for one in days_billed_on(day))) for day in days)
    return list(islice((Planned(day, count) for day, count in found if count), SHOWN))
