"""Counting where all evidence has gone, and listing what stands behind each figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from billing.models import Place, Subject
from billing.queries.books.days import DAYS
from billing.queries.books.expected_days import EXPECTED_DAYS
from billing.queries.books.pieces import OF_LAST_RUNS, OF_RUN, WORK

_PIECES = {**WORK, "days": DAYS}
# Statements of our own; what is asked for goes as parameters.
# ruff: noqa: S608  (names of our own tables)
_ZONE = "SELECT time_zone FROM clients_legalentity WHERE is_default"
_FROM = "WITH scope AS MATERIALIZED ({scope}), zone AS ({zone}), piece AS ({pieces}) "
_COUNT = _FROM + "SELECT went, count(*), sum(amount) FROM piece GROUP BY went ORDER BY went"
_LIST = _FROM + (
    "SELECT id, what, ticket_id, contract_id, client_id, day, amount FROM piece"
    " WHERE went = %(went)s ORDER BY day NULLS LAST, id LIMIT %(count)s OFFSET %(after)s"
)
_LOST = _FROM + (
    "SELECT count(*), count(*) FILTER (WHERE starts_with(went, 'lost/')),"
    " min(what) FILTER (WHERE starts_with(went, 'lost/')) FROM piece"
)
_TOTALS = {
    "minutes": "coalesce(sum(e.minutes), 0) FROM scope s"
    " JOIN tickets_ticket t ON t.client_id = s.client_id"
    " JOIN tickets_timeentry e ON e.ticket_id = t.id",
    "taken_back": "coalesce(sum(e.minutes), 0) FROM scope s"
    " JOIN tickets_ticket t ON t.client_id = s.client_id"
    " JOIN tickets_timeentry w ON w.ticket_id = t.id"
    " JOIN tickets_timecorrection e ON e.time_entry_id = w.id",
    "parts": "count(*) FROM scope s JOIN tickets_ticket t ON t.client_id = s.client_id"
    " JOIN tickets_partused e ON e.ticket_id = t.id",
    "flat_rates": "count(*) FROM scope s JOIN tickets_ticket t ON t.client_id = s.client_id"
    " JOIN tickets_flatrateitem e ON e.ticket_id = t.id",
    "blocks": "count(*) FROM scope s JOIN contracts_prepaidblock e ON e.client_id = s.client_id",
    "days": f"coalesce(sum(e.days), 0) FROM ({EXPECTED_DAYS}) e",
}
# Days that a later run has billed, and those on two periods, are beside what there must be.
_BESIDE = frozenset({"billed/ahead", "lost/twice"})


@dataclass(frozen=True)
class Cell:
    """So many pieces of a subject, of so much together, have gone to a place for a reason."""

    subject: str
    place: str
    reason: str
    pieces: int
    amount: int


@dataclass(frozen=True)
class Piece:
    """A piece of evidence, or the part of it that went one way."""

    id: int
    what: str
    ticket_id: int | None
    contract_id: int | None
    client_id: int
    day: date | None
    amount: int


def cells_of(run_id: int) -> Iterator[Cell]:
    """Count where all evidence of a run's clients is by now.

    What a subject's own table holds beyond these places, or they beyond it, is lost as well.
    """
    for subject in Subject.values:
        counted = 0
        for went, pieces, amount in _rows(_COUNT, subject, OF_RUN, {"run": run_id}):
            place, _, reason = went.partition("/")
            counted += 0 if went in _BESIDE else int(amount)
            yield Cell(subject, place, reason, pieces, int(amount))
        total = total_of(run_id, subject)
        if total != counted:
            yield Cell(subject, Place.LOST, "uncounted", 0, total - counted)


def total_of(run_id: int, subject: str) -> int:
    """Return what there is of a subject: from its own table, or from the dates of what is sold."""
    statement = "WITH scope AS ({scope}) SELECT " + _TOTALS[subject]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(scope=OF_RUN), {"run": run_id})
        return int(cursor.fetchone()[0])


def pieces_of(run_id: int, subject: str, went: str, *, count: int, after: int = 0) -> list[Piece]:
    """Return the pieces behind a cell, the oldest first."""
    asked: dict[str, str | int] = {"run": run_id, "went": went, "count": count, "after": after}
    return [Piece(*row) for row in _rows(_LIST, subject, OF_RUN, asked)]


def lost_of(subject: str) -> tuple[int, int, str | None]:
    """Return how many pieces there are for all clients' last runs, how many lost, and the first."""
    [(examined, failed, first)] = _rows(_LOST, subject, OF_LAST_RUNS, {})
    return examined, failed, first


def _rows(
    statement: str, subject: str, scope: str, asked: Mapping[str, str | int]
) -> list[tuple[Any, ...]]:
    written = statement.format(scope=scope, zone=_ZONE, pieces=_PIECES[subject])
    with connection.cursor() as cursor:
        cursor.execute(written, asked)
        return list(cursor.fetchall())
