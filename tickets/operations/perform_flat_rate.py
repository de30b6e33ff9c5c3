"""Note a flat-rate service that was performed on a ticket."""

from django.db import transaction

from accounts.models import User
from tickets.domain.work import FlatRatePerformed
from tickets.models import FlatRateItem
from tickets.operations._evidence import add_flat_rate
from tickets.operations._tickets import lock_ticket


@transaction.atomic(durable=True)
def perform_flat_rate(*, ticket_id: int, performed: FlatRatePerformed, actor: User) -> FlatRateItem:
    """Note the service; where it includes the ticket's time, the ticket becomes a flat-rate one.

    :raises Refusal: the ticket is closed, or the service is not sold
    """
    return add_flat_rate(lock_ticket(ticket_id, actor), performed, actor=actor)
