"""Telling whoever is to know that a client's hours run low."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction

from billing.models import LowHours, OutboxKind, OutboxMessage, Reader
from billing.operations._drafting import lock_clients
from billing.queries.low_hours import low_by_now
from clients.models import Client, LegalEntity, LowHoursReaders
from core.doorbell import ring

DELIVERY = "billing.tasks.deliver_due_messages"
READERS = {
    LowHoursReaders.CLIENT.value: (Reader.CLIENT,),
    LowHoursReaders.MANAGER.value: (Reader.MANAGER,),
    LowHoursReaders.BOTH.value: (Reader.CLIENT, Reader.MANAGER),
}


@transaction.atomic(durable=True)
def warn_of_low_hours(*, client_ids: Collection[int], today: date) -> list[LowHours]:
    """Put a mail into the outbox for hours that have come to their warning level; return them.

    However often it is called, a block, or a month of an allowance, is told once for each level.
    """
    clients = lock_clients(client_ids)
    entity = LegalEntity.objects.current()
    told = [low for low in low_by_now(clients, entity, today) if not _is_known(low)]
    LowHours.objects.bulk_create(told)
    messages = [message for low in told for message in _messages(low)]
    OutboxMessage.objects.bulk_create(messages)
    if messages:
        ring(DELIVERY)
    return told


def _is_known(low: LowHours) -> bool:
    same = LowHours.objects.filter(prepaid_block=low.prepaid_block, allowance=low.allowance)
    return same.filter(month_on=low.month_on, level=low.level).exists()


def _messages(low: LowHours) -> Iterator[OutboxMessage]:
    for reader in _readers(low.client):
        yield OutboxMessage(
            key=f"{OutboxKind.LOW_HOURS}:{low.pk}:{reader}",
            kind=OutboxKind.LOW_HOURS,
            low_hours=low,
            reader=reader,
        )


def _readers(client: Client) -> list[Reader]:
    """Return who is to be told; the account manager only where there is one."""
    wanted = READERS.get(client.low_hours_readers, ())
    has_manager = client.account_manager_id is not None
    return [one for one in wanted if one != Reader.MANAGER or has_manager]
