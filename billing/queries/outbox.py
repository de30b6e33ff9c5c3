"""What waits in the outbox."""

from datetime import datetime

from billing.models import OutboxMessage
from core.outbox import due_ids


def due_message_ids(now: datetime, limit: int) -> list[int]:
    """Return the messages whose time has come, the longest waiting first."""
    return due_ids(OutboxMessage.objects.all(), now, limit)
