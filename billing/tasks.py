"""What workers do for billing; each task may be given twice and may be stopped at any moment."""

from celery import shared_task
from django.utils import timezone

from billing.operations.deliver_message import deliver_message
from billing.operations.top_up_blocks import top_up_blocks
from billing.queries.hours import clients_to_top_up
from billing.queries.outbox import due_message_ids
from billing.queries.runs import unfinished_batches
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
    """Bill one batch of a run, and issue its drafts where that is wanted."""
    work_on(batch_id)


@shared_task
def sweep_runs() -> None:
    """Hand out again what is left of every run, whoever dropped it."""
    for batch_id in unfinished_batches():
        ring(bill_run_batch, batch_id=batch_id)


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


@shared_task
def sweep_blocks() -> None:
    """Have every client looked at whose prepaid hours may want topping up."""
    for client_id in clients_to_top_up():
        ring(top_up_client, client_id=client_id)


@shared_task
def top_up_client(*, client_id: int) -> None:
    """Sell the client the next block where one has run low, by the firm's day."""
    today = timezone.localdate(timezone=LegalEntity.objects.current().zone)
    top_up_blocks(client_ids=[client_id], today=today)
