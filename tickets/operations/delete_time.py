"""Take a time entry back."""

from django.db import transaction

from accounts.models import User
from tickets.operations._days import require_open_days
from tickets.operations._evidence import refusing_billed
from tickets.operations._tickets import require_firm_staff
from tickets.operations._time import locked_entry


@transaction.atomic(durable=True)
def delete_time(*, entry_id: int, actor: User) -> None:
    """Delete an entry that is on no invoice and no draft; the audit trail keeps it.

    :raises Refusal: it has been billed, or its day is handed in
    """
    require_firm_staff(actor)
    entry = locked_entry(entry_id, actor)
    require_open_days({(entry.technician_id, entry.worked_on)})
    with refusing_billed():
        entry.delete()
