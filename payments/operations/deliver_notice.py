"""Sending the announcement of a direct debit that waits in the outbox."""

from datetime import datetime

from django.db import transaction

from core.outbox import attempt
from payments.mailing import notice_mail
from payments.models import DebitNotice


@transaction.atomic(durable=True)
def deliver_notice(*, notice_id: int, now: datetime) -> None:
    """Send it once; a failure is kept with it, shown on the batch and tried again."""
    attempt(DebitNotice.objects.all(), notice_id, _send, now)


def _send(notice: DebitNotice) -> None:
    notice_mail(notice.debit).send()
