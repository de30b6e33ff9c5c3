"""The desk that is measured is what the triggers would have made of the same rows."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from bench.desk import make_desk
from bench.firm import without_history
from clients.models import Client, Contact
from tickets.models import Note, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TICKETS = 200
WRITTEN = (Client, Contact, Ticket, Note)
KEPT = {
    "psa_searchentry": "kind, target_id, shown_id, name, document::text",
    "clients_clientevent": "to_jsonb(kept) - '{pgh_id, pgh_created_at}'::text[]",
    "clients_contactevent": "to_jsonb(kept) - '{pgh_id, pgh_created_at}'::text[]",
    "tickets_ticketevent": "to_jsonb(kept) - '{pgh_id, pgh_created_at}'::text[]",
    "tickets_noteevent": "to_jsonb(kept) - '{pgh_id, pgh_created_at}'::text[]",
}


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _kept() -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: sorted(_rows(f"SELECT {columns} FROM {table} AS kept"), key=repr)  # noqa: S608  (ours)
        for table, columns in KEPT.items()
    }


def _write_again_with_triggers() -> None:
    """Take the rows and all that was kept of them out, and write the same rows as anybody does."""
    tables = [model._meta.db_table for model in WRITTEN]
    with without_history():
        for table in tables:
            _run(f"CREATE TEMPORARY TABLE aside_{table} AS TABLE {table}")
        for table in (*tables, *KEPT):
            _run(f"DELETE FROM {table}")  # noqa: S608  (ours)
    for table in tables:
        _run(f"INSERT INTO {table} TABLE aside_{table}")


def _indexes() -> list[tuple[Any, ...]]:
    return _rows(
        "SELECT tablename, indexdef, conname FROM pg_indexes"
        " LEFT JOIN pg_constraint ON conname = indexname WHERE schemaname = 'public' ORDER BY 2, 3"
    )


def _lost_references() -> list[str]:
    """Return each column of a made table some of whose values lead nowhere."""
    found = _rows(
        "SELECT conrelid::regclass, attname, confrelid::regclass FROM pg_constraint"
        " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
        " WHERE contype = 'f' AND array_length(conkey, 1) = 1"
    )
    return [
        f"{table}.{column}"
        for table, column, other in found
        if _rows(
            f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608  (ours)
            f" AND {column} NOT IN (SELECT id FROM {other}) LIMIT 1"
        )
    ]


def test_search_and_history_are_what_triggers_make_of_the_same_rows() -> None:
    make_desk(TICKETS, now=NOW, say=lambda _: None)
    made = _kept()

    _write_again_with_triggers()

    assert [len(rows) for rows in made.values()] == [80 + 200 + 800, 20, 60, 200, 800]
    assert made == _kept()


def test_every_reference_leads_somewhere_and_every_index_is_there_again() -> None:
    before = _indexes()

    make_desk(TICKETS, now=NOW, say=lambda _: None)

    assert _lost_references() == []
    assert _indexes() == before
