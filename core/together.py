"""Several short lists read in one round trip, such as what the selects of one page offer.

A query of a small table takes the server no time; making it, sending it and waiting for it does.
"""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Field, Model, QuerySet

# Values that JSON has no kind of its own for; all others are what they were.
_WRITTEN_AS_TEXT = (models.DateField, models.TimeField, models.DecimalField, models.DurationField)
_LIST = "(SELECT coalesce(json_agg(found), '[]')::text FROM ({}) AS found)"
Statement = tuple[str, tuple[Any, ...]]
NOTHING: Statement = ("", ())  # of a queryset that can hold no row


def read_together(*querysets: "QuerySet[Any]") -> None:
    """Read plain rows; afterwards each queryset holds its own, and asks the database no more.

    They are rows of one table each, without others joined to them and with nothing deferred.
    """
    statements: dict[Statement, list[QuerySet[Any]]] = {}
    for one in querysets:
        statements.setdefault(_statement(one), []).append(one)
    for one in statements.pop(NOTHING, []):
        _give(one, [])
    for alike, text in zip(statements.values(), _texts(list(statements)), strict=True):
        rows = _rows(alike[0], json.loads(text, parse_float=Decimal))
        for one in alike:
            _give(one, rows)


def can_be_read_together(rows: "QuerySet[Any]") -> bool:
    """Whether they are plain rows of one table."""
    asked = rows.query
    is_more = asked.select_related or asked.annotations or asked.deferred_loading[0]
    return not (is_more or rows._prefetch_related_lookups or rows._fields)  # type: ignore[attr-defined]  # noqa: SLF001  (Django has no other names)


def _give(to: "QuerySet[Any]", rows: list[Any]) -> None:
    """Let a queryset hold these rows as if it had read them."""
    to._result_cache = list(rows)  # noqa: SLF001  (Django has no other name for it)


def _statement(rows: "QuerySet[Any]") -> Statement:
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return NOTHING
    return sql, tuple(values)


def _texts(statements: list[Statement]) -> Iterable[str]:
    if not statements:
        return ()
    lists = ", ".join(_LIST.format(sql) for sql, _values in statements)
    values = [value for _sql, own in statements for value in own]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lists}", values)
        return tuple(cursor.fetchone())


def _rows(rows: "QuerySet[Any]", found: list[dict[str, Any]]) -> list[Model]:
    model = rows.model
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    names = [field.attname for field in fields]
    readers = [(str(field.column), _reader(field)) for field in fields]
    return [
        model.from_db(rows.db, names, [read(row[column]) for column, read in readers])
        for row in found
    ]


def _reader(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    return field.to_python if isinstance(field, _WRITTEN_AS_TEXT) else _as_it_is


def _as_it_is(value: object) -> object:
    return value
