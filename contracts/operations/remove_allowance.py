"""Take back hours that should not have been agreed."""

from django.db import transaction

from contracts.models import Contract
from contracts.operations._hours import lock_allowance, refusing_drawn


@transaction.atomic(durable=True)
def remove_allowance(*, allowance_id: int) -> Contract:
    """Delete an allowance from which nothing was ever drawn.

    :raises HoursDrawn: its hours have paid for work
    """
    allowance = lock_allowance(allowance_id)
    contract: Contract = allowance.contract
    with refusing_drawn():
        allowance.delete()
    return contract
