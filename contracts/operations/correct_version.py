"""Put right a quantity, a price or a day that was entered wrongly."""

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
def correct_version(
    *, version_id: int, starts_on: date, quantity: Decimal, unit_price: Decimal
) -> LineVersion:
    """Change a version of a line as if it had been entered like this from the start.

    :raises LineNotAcceptable: the line would have no price on its first day, two on the same day,
        or one on a day on which it is not in force
    """
    version = LineVersion.objects.get(pk=version_id)
    line = ContractLine.objects.select_for_update(of=["self"]).get(pk=version.line_id)
    require_in_line(line, starts_on)
    require_not_negative(quantity, unit_price)
    if version.starts_on <= line.starts_on < starts_on:
        raise LineNotAcceptable(
            _("The line starts on %(day)s and needs a price from that day on.")
            % {"day": day_text(line.starts_on)}
        )
    if line.versions.exclude(pk=version_id).filter(starts_on=starts_on).exists():
        raise LineNotAcceptable(
            _("The line already has a price from %(day)s on: correct that one.")
            % {"day": day_text(starts_on)}
        )
    version.starts_on = starts_on
    version.quantity = quantity
    version.unit_price = unit_price
    version.save(update_fields=["starts_on", "quantity", "unit_price"])
    return version
