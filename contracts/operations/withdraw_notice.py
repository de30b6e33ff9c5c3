"""Let a contract run on whose notice was taken back."""

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract
from contracts.operations._ending import ContractNotEndable, lock_contract, write_run_on


@transaction.atomic(durable=True)
def withdraw_notice(*, contract_id: int) -> Contract:
    """Take a notice back: the contract has its term and its renewal again.

    :raises ContractNotEndable: no notice was received
    """
    contract = lock_contract(contract_id)
    if contract.notice_received_on is None:
        raise ContractNotEndable(_("No notice was received for this contract."))
    write_run_on(contract)
    return contract
