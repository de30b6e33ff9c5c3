"""Sell hours, money or incidents in advance."""

from django.db import transaction

from contracts.models import PrepaidBlock
from contracts.operations._hours import NewBlock, lock_client, write_block


@transaction.atomic(durable=True)
def sell_block(*, client_id: int, block: NewBlock) -> PrepaidBlock:
    """Write the sale down; the next billing run puts it on an invoice, once.

    :raises HoursNotAcceptable: it holds nothing, its days are out of order, or the contract is not
        this client's
    """
    return write_block(lock_client(client_id), block)
