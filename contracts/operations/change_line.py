"""Let a line have another quantity or price from a day on."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.domain.price import Tier
from contracts.models import ChangeEffect, ContractLine, LineVersion
from contracts.operations._line_rules import require_in_line
from contracts.operations._versions import (
    NewPrice,
    require_free_day,
    version_before,
    version_values,
)


@transaction.atomic(durable=True)
def change_line(  # noqa: PLR0913  (what a version says, by name)
    *,
    line_id: int,
    starts_on: date,
    quantity: Decimal | None = None,
    unit_price: Decimal | None = None,
    included_quantity: Decimal | None = None,
    overage_price: Decimal | None = None,
    tiers: Sequence[Tier] | None = None,
    effect: str = ChangeEffect.IMMEDIATE,
    reason: str = "",
) -> LineVersion:
    """Add a version that holds from a day on, until the next one; what is not given stays.

    Periods already billed are not touched: the next run sets them right by a line that names them.

    :raises LineNotAcceptable: the line is not in force that day, or has changed that very day
    """
    line = ContractLine.objects.select_for_update(of=["self"]).get(pk=line_id)
    require_in_line(line, starts_on)
    new = NewPrice(
        quantity=quantity,
        unit_price=unit_price,
        included_quantity=included_quantity,
        overage_price=overage_price,
        tiers=tiers,
        effect=effect,
        reason=reason,
    )
    require_free_day(line, starts_on)
    values = version_values(line, version_before(line, starts_on), new)
    return LineVersion.objects.create(line=line, starts_on=starts_on, **values)
