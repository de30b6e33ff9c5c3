"""Look at a ticket's clock because a moment has come, not because somebody did something."""

from datetime import datetime

from django.db import transaction

from tickets.models import Ticket
from tickets.operations._clock import keep_clock


@transaction.atomic(durable=True)
def look_at_clock(*, ticket_id: int, now: datetime) -> bool:
    """Bring the clock up to now unless somebody is at the ticket; return whether that was done."""
    tickets = Ticket.objects.select_for_update(of=("self",), skip_locked=True)
    ticket = tickets.select_related("client", "status", "board", "sla_policy").filter(pk=ticket_id)
    found = ticket.first()
    if found is None:
        return False
    keep_clock(found, now)
    return True
