"""Send a rule's notice to the person whom it is for."""

from datetime import datetime

from django.db import transaction

from core.outbox import attempt
from tickets.models import RuleNotice
from tickets.rule_mail import notice_mail


@transaction.atomic(durable=True)
def deliver_notice(*, notice_id: int, now: datetime) -> None:
    """Send it, unless it is sent or another worker is at it; a failure is kept and tried again."""
    rows = RuleNotice.objects.select_related("run__ticket__client", "person")
    attempt(rows, notice_id, _send, now)


def _send(row: RuleNotice) -> None:
    notice_mail(row).send()
