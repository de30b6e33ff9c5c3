"""Trying again what could not be sent."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from collecting.models import CollectingMail
from collecting.operations._disputes import DELIVERY
from core.doorbell import ring
from core.outbox import try_again


@transaction.atomic(durable=True)
def retry_mails(*, mail_ids: Collection[int], now: datetime) -> int:
    """Put these mails at the head of the queue again; return how many were not sent yet."""
    count = try_again(CollectingMail.objects.filter(pk__in=mail_ids), now)
    if count:
        ring(DELIVERY)
    return count
