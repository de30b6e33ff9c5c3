"""A desk of any size: five years of tickets with their notes, clocks and search entries.

The database makes all of it from numbers, so that a million tickets with four million notes take
minutes; the same seed and the same moment give the same desk. Some two per cent of the tickets are
open, most of them young. Triggers rest, since what they keep is made here too; constraints and
foreign keys hold as always. What is searched comes from the project's own functions.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import Model

from accounts.models import User
from bench import desk_rows
from bench.desk_words import NAMES, TRADES
from clients.models import Client, Contact
from contracts.models import SLAPolicy, SLATarget
from core.bulk import copy_rows, reserve_ids
from psa.models import SearchEntry
from tickets.models import (
    ClockStretch,
    Note,
    Priority,
    ServiceBoard,
    SLAVerdict,
    StatusChange,
    Ticket,
    TicketClock,
)

SEED = 7
TICKETS_OF_A_CLIENT = 500
CONTACTS_OF_A_CLIENT = 3
TECHNICIANS = 40
BOARDS = ("Projects", "Network", "Workplace")
FILLED: tuple[type[Model], ...] = (
    Client, Contact, Ticket, Note, TicketClock, ClockStretch, StatusChange, SLAVerdict, SearchEntry,
)  # fmt: skip
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Desk:
    """What was made: where its rows begin, and who works there."""

    tickets: int
    first_ticket: int
    technicians: list[int]


def make_desk(tickets: int, *, now: datetime, say: Say, seed: int = SEED) -> Desk:
    """Make a desk of so many tickets with four notes each, as it stands at this moment."""
    clients = reserve_ids(Client, max(20, tickets // TICKETS_OF_A_CLIENT))
    contacts = reserve_ids(Contact, CONTACTS_OF_A_CLIENT * len(clients))
    first = _reserve(Ticket, tickets)
    facts = desk_rows.Facts(
        seed=seed,
        now=now,
        tickets=tickets,
        before_ticket=first - 1,
        before_client=clients[0] - 1,
        clients=len(clients),
        before_contact=contacts[0] - 1,
        technicians=_technicians(),
        boards=_boards(),
        policy=_policy(),
    )
    with _without_triggers(), _without_indexes(SearchEntry), _without_indexes(Ticket):
        _write_parties(clients, contacts)
        for what, statement in desk_rows.statements(facts):
            say(f"  {what} …")
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Desk(tickets, first, facts.technicians)


def _reserve(model: type[Model], count: int) -> int:
    """Take that many primary keys and return the first."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608  (a table of ours)
        first = int(cursor.fetchone()[0]) + 1
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count - 1]
        )
    return first


def _technicians() -> list[int]:
    people = User.objects.bulk_create(
        User(email=f"desk{n}@bench.example", first_name="Tess", last_name=f"{NAMES[n % 27]} {n}")
        for n in range(TECHNICIANS)
    )
    Group.objects.get(name="technician").user_set.add(*people)
    return [person.pk for person in people]


def _boards() -> list[int]:
    ServiceBoard.objects.bulk_create(ServiceBoard(name=name) for name in BOARDS)
    return list(ServiceBoard.objects.order_by("pk").values_list("pk", flat=True))


def _policy() -> int:
    policy = SLAPolicy.objects.create(name="Bench")
    SLATarget.objects.bulk_create(
        SLATarget(
            policy=policy,
            priority=priority,
            response_minutes=desk_rows.RESPONSE // 60,
            resolution_minutes=desk_rows.RESOLUTION // 60,
        )
        for priority in Priority
    )
    return int(policy.pk)


def _write_parties(clients: list[int], contacts: list[int]) -> None:
    copy_rows(
        Client,
        ("id", "code", "name", "street", "postcode", "city"),
        (
            (pk, f"D{pk}", f"{TRADES[pk % 14]} {NAMES[pk % 27]} {pk}", "2 rue X", "69002", "Lyon")
            for pk in clients
        ),
    )
    copy_rows(
        Contact,
        ("id", "client_id", "first_name", "last_name", "email"),
        (
            (
                pk,
                clients[n // CONTACTS_OF_A_CLIENT],
                "Camille",
                f"{NAMES[n % 27]}",
                f"c{pk}@x.example",
            )
            for n, pk in enumerate(contacts)
        ),
    )


@contextmanager
def _without_triggers() -> Iterator[None]:
    tables = [model._meta.db_table for model in FILLED]
    _alter(tables, "DISABLE TRIGGER USER")
    try:
        yield
    finally:
        _alter(tables, "ENABLE TRIGGER USER")


def _alter(tables: list[str], change: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {change}")


@contextmanager
def _without_indexes(model: type[Model]) -> Iterator[None]:
    """An index, of words above all, is made many times quicker at once than row by row."""
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:
            editor.remove_index(model, index)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
        with connection.schema_editor() as editor:
            for index in model._meta.indexes:
                editor.add_index(model, index)
