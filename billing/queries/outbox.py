"""What waits in the outbox."""

from datetime import datetime

from billing.models import OutboxMessage, OutboxState


def due_message_ids(now: datetime, limit: int) -> list[int]:
    """Return the messages whose time has come, the longest waiting first."""
    due = OutboxMessage.objects.filter(state=OutboxState.WAITING, due_at__lte=now)
    return list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
