"""Trying again what could not be delivered."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from billing.models import OutboxMessage
from core.doorbell import ring
from core.outbox import try_again

DELIVERY = "billing.tasks.deliver_due_messages"


@transaction.atomic(durable=True)
def retry_messages(*, message_ids: Collection[int], now: datetime) -> int:
    """Put these messages at the head of the queue again; return how many were not done yet."""
    count = try_again(OutboxMessage.objects.filter(pk__in=message_ids), now)
    if count:
        ring(DELIVERY)
    return count
