"""What workers do for billing; each task may be given twice and may be stopped at any moment."""

from contextlib import suppress
from datetime import date

from celery import shared_task
from django.utils import timezone

from billing.einvoice.rules import open_judge
from billing.models import Invoice
from billing.operations.ask_checks import ask_checks
from billing.operations.check_rules import check_rules
from billing.operations.deliver_message import deliver_message
from billing.operations.hand_over import hand_over
from billing.operations.prove_run import prove_run
from billing.operations.redraft import ClientHeld, NotADraft, redraft
from billing.operations.start_due_runs import start_due_runs
from billing.operations.top_up_blocks import top_up_blocks
from billing.operations.warn_of_low_hours import warn_of_low_hours
from billing.platform_reports import keep_reports
from billing.queries.handing_over import ids_to_hand_over
from billing.queries.hours import clients_to_top_up
from billing.queries.low_hours import clients_to_warn
from billing.queries.outbox import due_message_ids
from billing.queries.rule_checks import unchecked_ids, waiting_check_ids
from billing.queries.runs import unfinished_batches, unproved_runs
from billing.running import work_on
from clients.models import LegalEntity
from core.doorbell import ring


@shared_task
def bill_run(*, run_id: int) -> None:
    """Hand out the batches of a run, a task for each."""
    for batch_id in unfinished_batches(run_id):
        ring(bill_run_batch, batch_id=batch_id)


@shared_task
def bill_run_batch(*, batch_id: int) -> None:
    """Bill one batch of a run, issue its drafts where that is wanted, and prove it when over."""
    work_on(batch_id)
    for run_id in unproved_runs():
        ring(prove_billing_run, run_id=run_id)


@shared_task
def prove_billing_run(*, run_id: int) -> None:
    """Count that a finished run lost nothing."""
    prove_run(run_id=run_id)


@shared_task
def redraft_invoice(*, invoice_id: int) -> None:
    """Make a draft afresh; one that is issued, gone or held by now stays as it is."""
    with suppress(NotADraft, ClientHeld, Invoice.DoesNotExist):
        redraft(invoice_id=invoice_id)


@shared_task
def start_scheduled_runs() -> None:
    """Start the runs of the schedule that are due by the firm's clock."""
    entity = LegalEntity.objects.filter(is_default=True).first()
    if entity is not None:
        start_due_runs(now=timezone.localtime(timezone=entity.zone))


@shared_task
def sweep_runs() -> None:
    """Hand out again what is left of every run, whoever dropped it."""
    for batch_id in unfinished_batches():
        ring(bill_run_batch, batch_id=batch_id)
    for run_id in unproved_runs():
        ring(prove_billing_run, run_id=run_id)


MESSAGES_A_TASK = 100


@shared_task
def deliver_due_messages() -> None:
    """Deliver what is due from the outbox, and ask for another turn while there is more."""
    due = due_message_ids(timezone.now(), MESSAGES_A_TASK)
    for message_id in due:
        deliver_message(message_id=message_id, now=timezone.now())
    if len(due) == MESSAGES_A_TASK:
        ring(deliver_due_messages)


@shared_task
def sweep_outbox() -> None:
    """Ring for the outbox where something is due, whoever dropped it."""
    if due_message_ids(timezone.now(), 1):
        ring(deliver_due_messages)


CHECKS_A_TASK = 100


@shared_task
def check_rules_of_documents() -> None:
    """Check what waits against the official rules, with one start of the rule engine."""
    new = unchecked_ids(_today(), CHECKS_A_TASK) if LegalEntity.objects.exists() else []
    if new:
        ask_checks(invoice_ids=new, actor=None)
    waiting = waiting_check_ids(CHECKS_A_TASK)
    if not waiting:
        return
    with open_judge() as judge:
        for check_id in waiting:
            check_rules(check_id=check_id, judge=judge, now=timezone.now())
            if judge.has_ended:
                break


@shared_task
def hand_over_documents() -> None:
    """Put what firms hand over to their platform into the outbox, and keep what it reports."""
    for entity in LegalEntity.objects.exclude(platform="").order_by("pk"):
        due = ids_to_hand_over(entity, MESSAGES_A_TASK)
        if due:
            hand_over(invoice_ids=due)
        keep_reports(entity)


@shared_task
def sweep_blocks() -> None:
    """Have every client looked at whose prepaid hours may want topping up."""
    for client_id in clients_to_top_up():
        ring(top_up_client, client_id=client_id)


@shared_task
def top_up_client(*, client_id: int) -> None:
    """Sell the client the next block where one has run low, by the firm's day."""
    top_up_blocks(client_ids=[client_id], today=_today())


@shared_task
def sweep_low_hours() -> None:
    """Have every client looked at whose hours have a warning level."""
    if LegalEntity.objects.exists():
        for client_id in clients_to_warn(_today()):
            ring(warn_client, client_id=client_id)


@shared_task
def warn_client(*, client_id: int) -> None:
    """Tell whoever is to know that the client's hours run low, by the firm's day."""
    warn_of_low_hours(client_ids=[client_id], today=_today())


def _today() -> date:
    return timezone.localdate(timezone=LegalEntity.objects.current().zone)
