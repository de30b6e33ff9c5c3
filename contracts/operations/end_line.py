"""Let one service of a contract end, or run on."""

from datetime import date

from django.db import transaction

from contracts.models import ContractLine
from contracts.operations._line_rules import require_days_in_order, require_within_contract


@transaction.atomic(durable=True)
def end_line(*, line_id: int, last_day_on: date | None) -> ContractLine:
    """Set the last day of a line; without one it runs as long as the contract.

    :raises LineNotAcceptable: the day comes before the line's first or after the contract's last
    """
    line = ContractLine.objects.select_for_update(of=["self"]).get(pk=line_id)
    require_days_in_order(line.starts_on, last_day_on)
    require_within_contract(line.contract, line.starts_on, last_day_on)
    line.last_day_on = last_day_on
    line.save(update_fields=["last_day_on"])
    return line
