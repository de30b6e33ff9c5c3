"""Have all running clocks looked at again."""

from datetime import datetime

from django.db import transaction

from tickets.models import Ticket


@transaction.atomic(durable=True)
def wake_open_clocks(*, now: datetime) -> int:
    """Let every open ticket's clock be due for a look; return how many there are."""
    later = Ticket.objects.open().exclude(clock_next_at__lte=now)
    return later.order_by().update(clock_next_at=now)
