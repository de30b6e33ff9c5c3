"""Writing many rows of one model at once, by COPY: several times quicker than INSERT."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Field, Model

NULL = r"\N"
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_NEEDS_ESCAPES = re.compile(r"[\\\t\n\r]").search
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def reserve_ids(model: type[Model], count: int) -> list[int]:
    """Take ``count`` primary keys that nobody else will get, in rising order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows of values in the order of ``columns``; other columns take the model's defaults.

    Constraints and triggers of the database hold as always.
    """
    rest = [field for field in model._meta.local_concrete_fields if _needs_default(field, columns)]
    ending = "".join("\t" + _default(field) for field in rest)
    names = [*columns, *(str(field.column) for field in rest)]
    copy_to(model._meta.db_table, names, rows, ending)


def copy_to(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], ending: str = ""
) -> None:
    """Write rows of values into any table; ``ending`` is what all lines end with."""
    text = StringIO()
    text.writelines("\t".join(map(_written, row)) + ending + "\n" for row in rows)
    if not text.tell():
        return
    text.seek(0)
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', text)


def _needs_default(field: "Field[object, object]", columns: Sequence[str]) -> bool:
    if field.primary_key or field.column in columns:
        return False
    return field.db_default is NOT_PROVIDED


def _default(field: "Field[object, object]") -> str:
    """Return what an absent column holds; PostgreSQL reads ``now`` as the transaction's time."""
    if getattr(field, "auto_now_add", False):
        return "now"
    return _written(field.get_default())


def _written(value: object) -> str:
    return _WRITERS.get(type(value), _other)(value)


def _text(text: str) -> str:
    """Return the text as COPY reads it; looking first is ten times quicker than translating."""
    return text.translate(_ESCAPES) if _NEEDS_ESCAPES(text) else text


def _json(value: object) -> str:
    return _text(_as_json(value))


def _other(value: object) -> str:
    return _text(str(value))


_WRITERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: NULL,
    str: _text,
    int: str,
    Decimal: str,
    date: str,
    dict: _json,
    list: _json,
}
