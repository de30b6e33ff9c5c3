"""Trying again to send what could not be sent."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from core.doorbell import ring
from core.outbox import try_again
from tickets.models import OutboundMail
from tickets.operations._mails_out import DELIVERY


@transaction.atomic(durable=True)
def retry_mails(*, mail_ids: Collection[int], now: datetime) -> int:
    """Put these mails at the head of the queue again; return how many were not sent yet."""
    count = try_again(OutboundMail.objects.filter(pk__in=mail_ids), now)
    if count:
        ring(DELIVERY)
    return count
