"""Let a contract rest."""

from datetime import date

from django.db import transaction

from contracts.models import ContractPause
from contracts.operations._ending import lock_contract
from contracts.operations._pauses import require_free_days


@transaction.atomic(durable=True)
def pause_contract(
    *, contract_id: int, starts_on: date, reason: str, last_day_on: date | None = None
) -> ContractPause:
    """Write down days on which the contract is neither served nor owed; they may lie ahead.

    Days already billed come back with the next run.

    :raises PauseNotPossible: the days are out of order, outside the contract, or taken
    """
    contract = lock_contract(contract_id)
    require_free_days(contract, starts_on, last_day_on)
    return ContractPause.objects.create(
        contract=contract, starts_on=starts_on, last_day_on=last_day_on, reason=reason
    )
