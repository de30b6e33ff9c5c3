"""Trying again what could not be sent."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from core.doorbell import ring
from tickets.models import SLAWarning, WarningState

DELIVERY = "tickets.tasks.deliver_warnings"


@transaction.atomic(durable=True)
def retry_warnings(*, warning_ids: Collection[int], now: datetime) -> int:
    """Let these failed warnings be sent now, each to its person; return how many there are."""
    failed = SLAWarning.objects.filter(
        pk__in=warning_ids, state=WarningState.FAILED, person__isnull=False
    )
    count = failed.update(state=WarningState.WAITING, attempts=0, send_at=now)
    if count:
        ring(DELIVERY)
    return count
