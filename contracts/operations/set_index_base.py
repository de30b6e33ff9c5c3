"""Let the index steps of a line start anew from a price agreed by hand."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ContractLine, IndexBase, IndexValue
from contracts.operations._indexation import IndexationNotPossible, lock_clause

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic(durable=True)
def set_index_base(
    *,
    clause_id: int,
    line_id: int,
    starts_on: date,
    month_on: date | None = None,
    value: Decimal | None = None,
    actor: "User | None" = None,
) -> IndexBase:
    """Take the line's price of a day as its new base, at the index value of a month.

    Without a value the one of the index's month is taken. A clause that rises by a percentage of
    the first price needs none.

    :raises IndexationNotPossible: the line is not the contract's, or the index has no such value
    """
    clause = lock_clause(clause_id)
    if not ContractLine.objects.filter(pk=line_id, contract=clause.contract_id).exists():
        raise IndexationNotPossible(_("This line belongs to another contract."))
    if clause.table_id is not None and value is None:
        value = _published(clause.table_id, month_on)
        if value is None:
            raise IndexationNotPossible(_("The index has no value of this month: enter it first."))
    return IndexBase.objects.update_or_create(
        clause=clause,
        line_id=line_id,
        starts_on=starts_on,
        defaults={
            "month_on": month_on,
            "value": value,
            "amounts": None,
            "reached": None,
            "decided_by": actor,
        },
    )[0]


def _published(table_id: int, month_on: date | None) -> Decimal | None:
    """Return the index's value of the month, None where it is not known."""
    if month_on is None:
        return None
    values = IndexValue.objects.filter(table=table_id, month_on=month_on)
    return values.values_list("value", flat=True).first()
