"""Change how a line of a contract is sold, as far as nothing has been billed by it."""

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ContractLine
from contracts.operations._line_rules import require_of_client
from contracts.operations._line_terms import (
    PLACES,
    RECKONING,
    LineNotAcceptable,
    NewLine,
    picked,
    price_values,
    require_sellable,
    sold_values,
)


class LineBilled(LineNotAcceptable):
    """The line has been billed, so that what its periods rest on stays."""


@transaction.atomic(durable=True)
def change_line_terms(*, line_id: int, line: NewLine) -> ContractLine:
    """Write the terms anew, and the price too while nothing is billed and it never changed.

    Once the line is on an invoice or a draft, description, tax, site, cost centre, purchase order
    and indexation may still change; rhythm, periods, pricing and what is counted may not.

    :raises LineBilled: they would
    :raises LineNotAcceptable: the terms make no sense
    """
    found = ContractLine.objects.select_for_update(of=["self"]).get(pk=line_id)
    require_sellable(line)
    require_of_client(found.contract, line)
    values = {**sold_values(line), **picked(line, PLACES)}
    values["plan_line_id"] = found.plan_line_id
    _require_unbilled(found, [name for name in RECKONING if values[name] != getattr(found, name)])
    _require_one_price(found, line)
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=list(values))
    if not found.claims.filter(released_at=None).exists() and found.versions.count() == 1:
        found.versions.update(**price_values(line))
    return found


def _require_one_price(found: ContractLine, line: NewLine) -> None:
    if found.pricing != line.pricing and found.versions.count() > 1:
        raise LineNotAcceptable(
            _("The price of this line changes over time: take the changes back first."), "pricing"
        )


def _require_unbilled(line: ContractLine, changed: list[str]) -> None:
    if changed and line.claims.filter(released_at=None).exists():
        raise LineBilled(
            _(
                "This line has been billed: its rhythm, periods, pricing and what it counts stay "
                "as they were. End the line and add a new one instead."
            ),
            changed[0].removesuffix("_id"),
        )
