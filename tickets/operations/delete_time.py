"""Take a time entry back."""

from django.db import transaction

from accounts.models import User
from tickets.models import TimeEntry
from tickets.operations._evidence import refusing_billed
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def delete_time(*, entry_id: int, actor: User) -> None:
    """Delete an entry that is on no invoice and no draft; the audit trail keeps it.

    :raises EvidenceBilled: it has been billed
    """
    require_firm_staff(actor)
    entry = TimeEntry.objects.visible_to(actor).get(pk=entry_id)
    lock_ticket(entry.ticket_id, actor)
    with refusing_billed():
        entry.delete()
