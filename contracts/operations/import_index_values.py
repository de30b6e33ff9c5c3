"""Enter the values of an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.models import IndexTable, IndexValue


@dataclass(frozen=True)
class ImportedValues:
    """How many months are new, and how many have another value than before."""

    added: int
    changed: int


@transaction.atomic(durable=True)
def import_index_values(*, table_id: int, values: Mapping[date, Decimal]) -> ImportedValues:
    """Write the values down, month by month; a month that is there takes the new value.

    Steps already applied keep what they were worked out with.
    """
    table = IndexTable.objects.select_for_update().get(pk=table_id)
    known = {row.month_on: row for row in table.values.filter(month_on__in=list(values))}
    added = [
        IndexValue(table=table, month_on=month, value=value)
        for month, value in values.items()
        if month not in known
    ]
    changed = []
    for month, row in known.items():
        if row.value != values[month]:
            row.value = values[month]
            changed.append(row)
    IndexValue.objects.bulk_create(added)
    IndexValue.objects.bulk_update(changed, ["value"])
    return ImportedValues(len(added), len(changed))
