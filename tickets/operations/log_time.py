"""Log working time on a ticket."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.domain.work import TimeWorked
from tickets.models import TimeEntry
from tickets.operations._tickets import lock_ticket
from tickets.operations._time import add_time


@transaction.atomic(durable=True)
def log_time(*, ticket_id: int, work: TimeWorked, actor: User, now: datetime) -> TimeEntry:
    """Log work on an open ticket; its day is the firm's local day on which it began.

    :raises Refusal: the ticket is closed, or the work is not possible as described
    """
    return add_time(lock_ticket(ticket_id, actor), work, actor=actor, now=now)
