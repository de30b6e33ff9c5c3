"""Clauses and indexes made for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from contracts.indexing import DueStep, due_steps, with_parts
from contracts.models import (
    Contract,
    ContractLine,
    IndexationClause,
    IndexationKind,
    IndexTable,
    IndexValue,
)

NEW_YEAR = date(2026, 1, 1)


def five_percent(contract: Contract, **changes: Any) -> IndexationClause:
    """Plus 5 % every New Year from 2026 on."""
    values: dict[str, Any] = {"percent": Decimal(5), "first_on": NEW_YEAR, **changes}
    return IndexationClause.objects.create(contract=contract, **values)


def index_of(values: dict[date, str], name: str = "Consumer prices") -> IndexTable:
    """An index with its values."""
    table = IndexTable.objects.create(name=name)
    IndexValue.objects.bulk_create(
        IndexValue(table=table, month_on=month, value=Decimal(value))
        for month, value in values.items()
    )
    return table


def with_index(contract: Contract, table: IndexTable, **changes: Any) -> IndexationClause:
    """With the index of October, every New Year from 2026 on, from a base of 105.65."""
    values: dict[str, Any] = {
        "kind": IndexationKind.INDEX,
        "table": table,
        "base_month_on": date(2024, 10, 1),
        "base_value": Decimal("105.65"),
        "lag_months": 3,
        "first_on": NEW_YEAR,
        **changes,
    }
    return IndexationClause.objects.create(contract=contract, **values)


def steps_until(day: date) -> list[DueStep]:
    """The undecided steps of all clauses."""
    return due_steps(with_parts(IndexationClause.objects.all()), day)


def prices(line: ContractLine) -> list[tuple[str, str, str]]:
    """Day, quantity and unit price of each version, by day."""
    rows = line.versions.order_by("starts_on")
    return [
        (str(one.starts_on), f"{one.quantity.normalize():f}", f"{one.unit_price:.2f}")
        for one in rows
    ]
