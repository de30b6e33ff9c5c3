"""Sending the mails of this room: each once, each failure kept and tried again."""

from datetime import datetime

from django.db import transaction

from collecting.dispute_mail import dispute_mail
from collecting.models import CollectingMail
from core.outbox import attempt


@transaction.atomic(durable=True)
def deliver_mail(*, mail_id: int, now: datetime) -> None:
    """Send the mail, unless it is sent or another worker is at it."""
    attempt(CollectingMail.objects.all(), mail_id, _deliver, now)


def _deliver(row: CollectingMail) -> None:
    dispute_mail(row).send()
