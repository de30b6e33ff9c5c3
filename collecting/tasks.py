"""What workers do for collecting; each task may be given twice and may be stopped at any moment."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from clients.models import LegalEntity
from collecting.operations.deliver_mail import deliver_mail
from collecting.operations.remind_client import remind_client
from collecting.operations.settle_dispute import DisputeRefused, settle_dispute
from collecting.queries.disputes import overtaken
from collecting.queries.mails import due_mail_ids
from collecting.queries.reminders import accounts
from collecting.queries.working_hours import is_open
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


@shared_task
def remind_clients() -> None:
    """Decide on the reminders that are due today, while the firm is at work.

    Given twice, or at once by two, it finds nothing more to do the second time; after days of rest
    it decides on the highest level that is due by then.
    """
    now, entity = timezone.now(), LegalEntity.objects.filter(is_default=True).first()
    if entity is None or not is_open(now):
        return
    for account in accounts(now.astimezone(entity.zone).date(), entity.zone):
        if account.letter:
            remind_client(client_id=account.client.pk, now=now)
