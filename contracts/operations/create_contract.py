"""Write down what was promised to a client."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from contracts.models import Contract, CoverageRule
from contracts.operations._line_rules import NewLine, require_days_in_order, write_line
from contracts.operations._numbers import ContractNotAcceptable, require_free_number

__all__ = ["ContractNotAcceptable", "create_contract"]


@transaction.atomic(durable=True)
def create_contract(  # noqa: PLR0913  (what a contract says, by name)
    *,
    client_id: int,
    number: str,
    name: str,
    starts_on: date,
    last_day_on: date | None = None,
    notes: str = "",
    lines: Sequence[NewLine] = (),
    covered_work_type_ids: Iterable[int] = (),
) -> Contract:
    """Make a contract with its first lines and what it covers.

    :raises ContractNotAcceptable: the number is taken
    :raises LineNotAcceptable: a line lies outside the contract, or its days are out of order
    """
    require_days_in_order(starts_on, last_day_on)
    require_free_number(number)
    contract = Contract.objects.create(
        client_id=client_id,
        number=number,
        name=name,
        starts_on=starts_on,
        last_day_on=last_day_on,
        notes=notes,
    )
    for line in lines:
        write_line(contract, line)
    CoverageRule.objects.bulk_create(
        CoverageRule(contract=contract, work_type_id=pk)
        for pk in sorted(set(covered_work_type_ids))
    )
    return contract
