"""Starting the runs of the schedule: one for each billing day, whatever was missed meanwhile."""

from datetime import datetime

from django.db import transaction

from billing.domain.schedule import days_between, due_through
from billing.models import BillingRun, BillingSchedule
from billing.operations._runs import make_run
from billing.queries.schedule import clients_billed_on
from clients.models import LegalEntity
from core.doorbell import ring

FAN_OUT = "billing.tasks.bill_run"


@transaction.atomic(durable=True)
def start_due_runs(*, now: datetime) -> list[BillingRun]:
    """Start a run for every billing day that is due and had none; ``now`` is the firm's time.

    After a downtime each missed day is billed as of that day, so that the documents are those of a
    firm that never stood still. The schedule's row is locked and remembers how far it came; beside
    it the run's day is unique.
    """
    schedule = BillingSchedule.objects.select_for_update().filter(is_on=True).first()
    entity = LegalEntity.objects.filter(is_default=True).first()
    if schedule is None or schedule.done_through_on is None or entity is None:
        return []
    through = due_through(now, schedule.hour)
    runs: list[BillingRun] = []
    for day in days_between(schedule.done_through_on, through):
        client_ids = clients_billed_on(day, schedule.day)
        if client_ids:
            run = BillingRun(as_of_on=day, scope="schedule", scheduled_on=day)
            runs.append(make_run(run, client_ids))
    if through > schedule.done_through_on:
        schedule.done_through_on = through
        schedule.save(update_fields=["done_through_on"])
    for run in runs:
        ring(FAN_OUT, run_id=run.pk)
    return runs
