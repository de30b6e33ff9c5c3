"""Putting documents into the outbox that go to the platform."""

from collections.abc import Collection

from django.db import transaction

from billing.models import OutboxKind, OutboxMessage
from core.doorbell import ring

DELIVERY = "billing.tasks.deliver_due_messages"


@transaction.atomic(durable=True)
def hand_over(*, invoice_ids: Collection[int]) -> None:
    """Have a worker hand these documents over; each is put into the outbox once."""
    kind = OutboxKind.PLATFORM
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(key=f"{kind}:{pk}", kind=kind, invoice_id=pk) for pk in invoice_ids],
        ignore_conflicts=True,
    )
    ring(DELIVERY)
