"""Correct a time entry."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.domain.work import TimeWorked
from tickets.models import TimeEntry
from tickets.operations._days import needs_approval, require_open_days
from tickets.operations._evidence import refusing_billed
from tickets.operations._tickets import require_firm_staff
from tickets.operations._time import describe_time, locked_entry


@transaction.atomic(durable=True)
def edit_time(*, entry_id: int, work: TimeWorked, actor: User, now: datetime) -> TimeEntry:
    """Correct an entry that is not on an invoice; the technician stays unless another is named.

    Where the firm approves time, what was changed must be approved again.

    :raises Refusal: it has been billed, its day is handed in, or the work is not possible as
        described
    """
    require_firm_staff(actor)
    entry = locked_entry(entry_id, actor)
    before = (entry.technician_id, entry.worked_on)
    describe_time(entry, work, now)
    require_open_days({before, (entry.technician_id, entry.worked_on)})
    entry.is_approved = entry.is_approved and not needs_approval()
    with refusing_billed():
        entry.save()
    return entry
