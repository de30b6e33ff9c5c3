"""Reads the events of all watched models as one trail, newest first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from accounts.audit.tracked import Tracked
from accounts.audit.words import Entry, Raw, in_words
from accounts.models import User

PAGE_SIZE = 50
# Events are read by their serial number, which follows the clock but for long transactions.
SLACK = 500
DEEPEST_PAGE = 200


@dataclass(frozen=True)
class TrailFilter:
    """What of the trail is wanted."""

    tracked: Sequence[Tracked]
    object_id: int | None = None
    person_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Page:
    """Some entries of the trail."""

    entries: list[Entry]
    number: int
    has_next: bool


def page_of_trail(wanted: TrailFilter, reader: User, number: int = 1) -> Page:
    """Return a page of what happened, in words; the number of queries is always the same."""
    number = max(1, min(number, DEEPEST_PAGE))
    if not wanted.tracked:
        return Page([], 1, has_next=False)
    offset = (number - 1) * PAGE_SIZE
    rows = _fetch(wanted, limit=PAGE_SIZE + 1, offset=offset)
    entries = in_words(rows[:PAGE_SIZE], reader)
    return Page(entries, number, has_next=len(rows) > PAGE_SIZE)


def _fetch(wanted: TrailFilter, *, limit: int, offset: int) -> list[Raw]:
    deepest = offset + limit + SLACK
    heads, parameters = _heads(wanted, deepest)
    statement = f"""
        SELECT found.kind, found.object_id, found.at, found.label,
               context.metadata::text, version.now_row::text, version.before_row::text
        FROM (
            SELECT * FROM ({" UNION ALL ".join(heads)}) AS heads
            ORDER BY at DESC, kind DESC, event_id DESC LIMIT %s OFFSET %s
        ) AS found
        LEFT JOIN pghistory_context AS context ON context.id = found.context_id
        LEFT JOIN LATERAL ({" UNION ALL ".join(map(_versions, wanted.tracked))}) AS version ON TRUE
        ORDER BY found.at DESC, found.kind DESC, found.event_id DESC
    """  # noqa: S608  (tables and columns come from the models, values are parameters)
    kinds = [one.kind for one in wanted.tracked]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, limit, offset, *kinds])
        rows = cursor.fetchall()
    tracked = {one.kind: one for one in wanted.tracked}
    return [_raw(tracked, *row) for row in rows]


def _heads(wanted: TrailFilter, deepest: int) -> tuple[list[str], list[Any]]:
    conditions, values = _conditions(wanted)
    heads, parameters = [], []
    for one in wanted.tracked:
        where = [*conditions]
        own = [*values]
        if wanted.object_id is not None:
            where.append(f"e.{one.object_column} = %s")
            own.append(wanted.object_id)
        heads.append(
            f"(SELECT %s::text AS kind, e.pgh_id AS event_id, e.{one.object_column} AS object_id,"  # noqa: S608  (as above)
            " e.pgh_created_at AS at, e.pgh_label AS label, e.pgh_context_id AS context_id"
            f" FROM {one.table} AS e LEFT JOIN pghistory_context AS c ON c.id = e.pgh_context_id"
            f" WHERE {' AND '.join(where)} ORDER BY e.pgh_id DESC LIMIT %s)"
        )
        parameters.extend([one.kind, *own, deepest])
    return heads, parameters


def _conditions(wanted: TrailFilter) -> tuple[list[str], list[Any]]:
    conditions = ["TRUE"]
    values: list[Any] = []
    if wanted.person_id is not None:
        conditions.append("c.metadata->>'user' = %s")
        values.append(str(wanted.person_id))
    if wanted.since is not None:
        conditions.append("e.pgh_created_at >= %s")
        values.append(wanted.since)
    if wanted.until is not None:
        conditions.append("e.pgh_created_at < %s")
        values.append(wanted.until)
    return conditions, values


def _versions(one: Tracked) -> str:
    if one.object_column != "pgh_obj_id":
        before = "NULL::jsonb"
    else:
        before = (
            f"(SELECT to_jsonb(p) FROM {one.table} AS p WHERE p.pgh_obj_id = e.pgh_obj_id"  # noqa: S608  (as above)
            " AND p.pgh_id < e.pgh_id ORDER BY p.pgh_id DESC LIMIT 1)"
        )
    return (
        f"SELECT to_jsonb(e) AS now_row, {before} AS before_row FROM {one.table} AS e"  # noqa: S608  (as above)
        " WHERE found.kind = %s AND e.pgh_id = found.event_id"
    )


def _raw(  # noqa: PLR0913, PLR0917  (the columns of the statement)
    tracked: dict[str, Tracked],
    kind: str,
    object_id: int,
    at: datetime,
    label: str,
    metadata: str | None,
    now_row: str,
    before_row: str | None,
) -> Raw:
    return Raw(
        tracked[kind], object_id, at, label, _read(metadata), _read(now_row), _read(before_row)
    )


def _read(text: str | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text, parse_float=Decimal) if text else {}
    return found
