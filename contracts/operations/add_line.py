"""Add a recurring service to a contract."""

from django.db import transaction

from contracts.models import Contract, ContractLine
from contracts.operations._line_rules import NewLine, write_line


@transaction.atomic(durable=True)
def add_line(*, contract_id: int, line: NewLine) -> ContractLine:
    """Add a line with its first version.

    :raises LineNotAcceptable: it lies outside the contract, or its days are out of order
    """
    contract = Contract.objects.select_for_update().get(pk=contract_id)
    return write_line(contract, line)
