"""Have running clocks looked at again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tickets.models import Ticket


@transaction.atomic(durable=True)
def wake_open_clocks(*, now: datetime, client_ids: Sequence[int] = ()) -> int:
    """Let open tickets' clocks be due for a look, all or those of some clients; return how many."""
    later = Ticket.objects.open().exclude(clock_next_at__lte=now)
    if client_ids:
        later = later.filter(client__in=client_ids)
    return later.order_by().update(clock_next_at=now)
