"""Which clocks want to be looked at, and which warnings want to be sent."""

from datetime import datetime

from tickets.models import SLAWarning, Ticket, WarningState


def due_clock_ids(now: datetime, limit: int) -> list[int]:
    """Return the open tickets whose clock has reached a moment, the longest waiting first."""
    due = Ticket.objects.open().filter(clock_next_at__lte=now)
    return list(due.order_by("clock_next_at", "pk").values_list("pk", flat=True)[:limit])


def due_warning_ids(now: datetime, limit: int) -> list[int]:
    """Return the warnings whose time has come, the longest waiting first."""
    due = SLAWarning.objects.filter(state=WarningState.WAITING, send_at__lte=now)
    return list(due.order_by("send_at", "pk").values_list("pk", flat=True)[:limit])
