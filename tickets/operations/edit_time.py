"""Correct a time entry."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.domain.work import TimeWorked
from tickets.models import TimeEntry
from tickets.operations._evidence import refusing_billed
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.operations._time import describe_time


@transaction.atomic(durable=True)
def edit_time(*, entry_id: int, work: TimeWorked, actor: User, now: datetime) -> TimeEntry:
    """Correct an entry that is not on an invoice; the technician stays unless another is named.

    :raises Refusal: it has been billed, or the work is not possible as described
    """
    require_firm_staff(actor)
    entry = TimeEntry.objects.visible_to(actor).get(pk=entry_id)
    entry.ticket = lock_ticket(entry.ticket_id, actor)
    describe_time(entry, work, now)
    with refusing_billed():
        entry.save()
    return entry
