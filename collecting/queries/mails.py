"""Which mails are due."""

from datetime import datetime

from collecting.models import CollectingMail
from core.outbox import due_ids


def due_mail_ids(now: datetime, limit: int) -> list[int]:
    """Return the mails whose time has come, the longest waiting first."""
    return due_ids(CollectingMail.objects.all(), now, limit)
