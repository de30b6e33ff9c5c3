"""What workers do for the desk; each task may be given twice and may be stopped at any moment."""

from celery import shared_task
from django.utils import timezone

from core.doorbell import ring
from tickets.fetching import fetch_from
from tickets.models import Mailbox
from tickets.operations.claim_mail import claim_mail
from tickets.operations.deliver_mail import deliver_mail
from tickets.operations.place_mail import place_mail
from tickets.queries.mails import due_inbound, due_outbound

MAILS_A_TASK = 50


@shared_task
def work_on_mails() -> None:
    """Work on the mails that came in, and ask for another turn while there are more."""
    due = due_inbound(timezone.now(), MAILS_A_TASK)
    for mail_id in due:
        if claim_mail(mail_id=mail_id, now=timezone.now()):
            place_mail(mail_id=mail_id, now=timezone.now())
    if len(due) == MAILS_A_TASK:
        ring(work_on_mails)


@shared_task
def deliver_due_mails() -> None:
    """Send what is due, and ask for another turn while there is more."""
    due = due_outbound(timezone.now(), MAILS_A_TASK)
    for mail_id in due:
        deliver_mail(mail_id=mail_id, now=timezone.now())
    if len(due) == MAILS_A_TASK:
        ring(deliver_due_mails)


@shared_task
def sweep_mails() -> None:
    """Ring for mails that wait, whoever dropped them, and for mailboxes to be fetched from."""
    now = timezone.now()
    if due_inbound(now, 1):
        ring(work_on_mails)
    if due_outbound(now, 1):
        ring(deliver_due_mails)
    for mailbox in Mailbox.objects.exclude(host=""):
        if mailbox.is_fetched:
            ring(fetch_mailbox, mailbox_id=mailbox.pk)


@shared_task
def fetch_mailbox(*, mailbox_id: int) -> None:
    """Bring in what is new at one mail server."""
    mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
    if mailbox is not None and mailbox.is_fetched:
        fetch_from(mailbox)
