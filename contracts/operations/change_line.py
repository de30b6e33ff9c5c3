"""Let a line have another quantity or price from a day on."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ContractLine, LineVersion
from contracts.operations._line_rules import (
    LineNotAcceptable,
    require_in_line,
    require_not_negative,
)
from core.display import day_text


@transaction.atomic(durable=True)
def change_line(
    *, line_id: int, starts_on: date, quantity: Decimal, unit_price: Decimal
) -> LineVersion:
    """Add a version that holds from a day on, until the next one.

    Months already billed are not touched: the next run sets them right by a line that names them.

    :raises LineNotAcceptable: the line is not in force that day, or has changed that very day
    """
    line = ContractLine.objects.select_for_update(of=["self"]).get(pk=line_id)
    require_in_line(line, starts_on)
    require_not_negative(quantity, unit_price)
    if line.versions.filter(starts_on=starts_on).exists():
        raise LineNotAcceptable(
            _("The line already has a price from %(day)s on: correct that one.")
            % {"day": day_text(starts_on)}
        )
    return LineVersion.objects.create(
        line=line, starts_on=starts_on, quantity=quantity, unit_price=unit_price
    )
