"""Selling the next block to clients whose prepaid hours have run low."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from billing.operations._drafting import lock_clients
from billing.operations._top_up import sell_next_blocks
from clients.models import LegalEntity
from contracts.models import PrepaidBlock


@transaction.atomic(durable=True)
def top_up_blocks(*, client_ids: Iterable[int], today: date) -> list[PrepaidBlock]:
    """Sell what is wanted by agreement, from the work up to and including today.

    However often it is called, a block is followed by one other at most.
    """
    clients = lock_clients(client_ids)
    as_of = today + timedelta(days=1)
    return sell_next_blocks(clients, LegalEntity.objects.current(), as_of, sold_on=today)
