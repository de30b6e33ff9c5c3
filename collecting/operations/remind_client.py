"""Deciding on a reminder: one to a client, for all that is due, at the highest level due."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from billing.operations._drafting import lock_clients
from clients.models import LegalEntity
from collecting.models import ReminderNotice
from collecting.operations._reminders import decide, drop
from collecting.queries.reminders import Account, accounts


@transaction.atomic(durable=True)
def remind_client(
    *, client_id: int, now: datetime, actor: User | None = None
) -> ReminderNotice | None:
    """Put a reminder into the outbox where one is due; nothing where none is.

    Whoever comes second, at once or later, finds the same reminder waiting or its levels reached.
    One that waits unsent while a higher level or another invoice has become due makes room.
    """
    lock_clients([client_id])
    # A worker that is sending it now holds this row: what it did is known before anything is read.
    waiting = ReminderNotice.objects.waiting().filter(client=client_id).select_for_update().first()
    zone = LegalEntity.objects.current().zone
    found = accounts(now.astimezone(zone).date(), zone, [client_id])
    if not found or not found[0].letter:
        return None
    if waiting is not None:
        if _holds_all(waiting, found[0]):
            return None
        drop(waiting, {}, now)
    return decide(found[0], now, actor)


def _holds_all(waiting: ReminderNotice, account: Account) -> bool:
    """Whether nothing new is due; what is paid meanwhile it leaves out when it is sent."""
    lines = set(waiting.lines.filter(left_out="").values_list("invoice_id", "level"))
    return lines >= {(one.invoice.pk, one.verdict.level) for one in account.letter}
