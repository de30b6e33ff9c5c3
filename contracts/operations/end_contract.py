"""End a contract, or let it run on after all."""

from datetime import date

from django.db import transaction

from contracts.models import Contract, EndKind
from contracts.operations._ending import (
    ContractNotEndable,
    lock_contract,
    write_end,
    write_run_on,
)

__all__ = ["ContractNotEndable", "end_contract"]


@transaction.atomic(durable=True)
def end_contract(
    *,
    contract_id: int,
    last_day_on: date | None,
    end_kind: str = EndKind.CHURNED,
    reason: str = "",
) -> Contract:
    """Set the last day of a contract and why it ends; without a day it runs on.

    Its lines end with it, whatever they say themselves. Days already billed beyond the last one
    come back to the client with the next run. Letting it run on withdraws a notice as well.

    :raises ContractNotEndable: the day comes before the first, no reason is given, or the contract
        was transferred
    """
    contract = lock_contract(contract_id)
    if last_day_on is None:
        write_run_on(contract)
    else:
        write_end(contract, last_day_on, end_kind, reason)
    return contract
