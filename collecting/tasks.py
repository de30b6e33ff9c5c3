"""What workers do for collecting; each task may be given twice and may be stopped at any moment."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from collecting.operations.deliver_mail import deliver_mail
from collecting.operations.settle_dispute import DisputeRefused, settle_dispute
from collecting.queries.disputes import overtaken
from collecting.queries.mails import due_mail_ids
from core.doorbell import ring

MAILS_A_TASK = 100


@shared_task
def deliver_due_mails() -> None:
    """Send what is due, and ask for another turn while there is more."""
    due = due_mail_ids(timezone.now(), MAILS_A_TASK)
    for mail_id in due:
        deliver_mail(mail_id=mail_id, now=timezone.now())
    if len(due) == MAILS_A_TASK:
        ring(deliver_due_mails)


@shared_task
def sweep_collecting() -> None:
    """Ring for the mails that are due, and end the disputes that a credit note has overtaken."""
    for dispute_id in overtaken():
        with suppress(DisputeRefused):
            settle_dispute(dispute_id=dispute_id, answer="", actor=None, now=timezone.now())
    if due_mail_ids(timezone.now(), 1):
        ring(deliver_due_mails)
