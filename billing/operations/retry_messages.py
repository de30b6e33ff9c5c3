"""Trying again what could not be delivered."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from billing.models import OutboxMessage, OutboxState
from core.doorbell import ring

DELIVERY = "billing.tasks.deliver_due_messages"


@transaction.atomic(durable=True)
def retry_messages(*, message_ids: Collection[int], now: datetime) -> int:
    """Put these messages at the head of the queue again; return how many were not done yet."""
    messages = OutboxMessage.objects.filter(pk__in=message_ids).exclude(state=OutboxState.DONE)
    count = messages.update(state=OutboxState.WAITING, attempts=0, due_at=now)
    if count:
        ring(DELIVERY)
    return count
