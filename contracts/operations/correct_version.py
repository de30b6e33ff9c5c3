"""Put right a quantity, a price or a day that was entered wrongly."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.domain.price import Tier
from contracts.models import ContractLine, LineVersion
from contracts.operations._line_rules import LineNotAcceptable, require_in_line
from contracts.operations._versions import NewPrice, require_free_day, version_values
from core.display import day_text


@transaction.atomic(durable=True)
def correct_version(  # noqa: PLR0913  (what a version says, by name)
    *,
    version_id: int,
    starts_on: date,
    quantity: Decimal | None = None,
    unit_price: Decimal | None = None,
    included_quantity: Decimal | None = None,
    overage_price: Decimal | None = None,
    tiers: Sequence[Tier] | None = None,
    effect: str | None = None,
    reason: str | None = None,
) -> LineVersion:
    """Change a version of a line as if it had been entered like this from the start.

    :raises LineNotAcceptable: the line would have no price on its first day, two on the same day,
        or one on a day on which it is not in force
    """
    version = LineVersion.objects.get(pk=version_id)
    line = ContractLine.objects.select_for_update(of=["self"]).get(pk=version.line_id)
    require_in_line(line, starts_on)
    _require_first_price(line, version, starts_on)
    require_free_day(line, starts_on, besides=version_id)
    new = NewPrice(
        quantity=quantity,
        unit_price=unit_price,
        included_quantity=included_quantity,
        overage_price=overage_price,
        tiers=tiers,
        effect=version.effect if effect is None else effect,
        reason=version.reason if reason is None else reason,
    )
    values = version_values(line, version, new)
    for name, value in values.items():
        setattr(version, name, value)
    version.starts_on = starts_on
    version.save(update_fields=["starts_on", *values])
    return version


def _require_first_price(line: ContractLine, version: LineVersion, starts_on: date) -> None:
    if version.starts_on <= line.starts_on < starts_on:
        raise LineNotAcceptable(
            _("The line starts on %(day)s and needs a price from that day on.")
            % {"day": day_text(line.starts_on)}
        )
