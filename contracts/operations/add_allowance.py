"""Let a contract include hours every month."""

from django.db import transaction

from contracts.models import Allowance, Contract
from contracts.operations._hours import NewAllowance, lock_client, write_allowance


@transaction.atomic(durable=True)
def add_allowance(*, contract_id: int, allowance: NewAllowance) -> Allowance:
    """Add an allowance; open work of its days is priced anew.

    :raises HoursNotAcceptable: it lies outside the contract, or holds nothing
    """
    contract = Contract.objects.get(pk=contract_id)
    lock_client(contract.client_id)
    return write_allowance(contract, allowance)
