"""A desk of any size: five years of tickets with their notes, clocks and search entries.

The database makes all of it from numbers, over two connections, so that a million tickets with four
million notes take minutes; the same seed and the same moment give the same desk. Some two per cent
of the tickets are open, most of them young. Triggers and checks of relations rest, since what they
keep is made here too, row for row: ``psa/tests/test_large_desk.py`` compares. Indexes are made when
the tables are full.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Model
from pghistory.models import Event

from accounts.models import User
from bench import desk_rows
from bench.bare_tables import bare
from bench.desk_words import NAMES, TRADES
from bench.firm import without_history
from bench.hands import Hands, Named, Say, hands
from clients.models import Client, Contact
from contracts.models import SLAPolicy, SLATarget
from core.bulk import copy_rows
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
HANDS = 2
FILLED: tuple[type[Model], ...] = (
    Client, Contact, Ticket, Note, TicketClock, ClockStretch, StatusChange, SLAVerdict, SearchEntry,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What was made: where its rows begin, and who works there."""

    tickets: int
    first_ticket: int
    technicians: list[int]


def make_desk(tickets: int, *, now: datetime, say: Say, seed: int = SEED) -> Desk:
    """Make a desk of so many tickets with four notes each, as it stands at this moment."""
    facts = _facts(tickets, now, seed)
    events = list(_events())
    with hands(HANDS, say) as those:
        with bare([*FILLED, *events], those):
            _write_parties(facts)
            _fill(facts, events, those)
        tables = [model._meta.db_table for model in (*FILLED, *events)]
        those.run(*([(f"statistics of {table}", f"VACUUM ANALYZE {table}")] for table in tables))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Desk(tickets, facts.before_ticket + 1, facts.technicians)


def _facts(tickets: int, now: datetime, seed: int) -> desk_rows.Facts:
    clients = max(20, tickets // TICKETS_OF_A_CLIENT)
    contacts = CONTACTS_OF_A_CLIENT * clients
    notes = desk_rows.NOTES_OF_A_TICKET * tickets
    entries = clients + contacts + tickets + notes
    return desk_rows.Facts(
        seed=seed,
        now=now,
        tickets=tickets,
        before_ticket=_reserve(Ticket, tickets) - 1,
        before_client=_reserve(Client, clients) - 1,
        clients=clients,
        before_contact=_reserve(Contact, contacts) - 1,
        before_note=_reserve(Note, notes) - 1,
        before_entry=_reserve(SearchEntry, entries) + clients + contacts,
        technicians=_technicians(),
        boards=_boards(),
        policy=_policy(),
    )


def _events() -> Iterator[type[Event]]:
    """Return what keeps the history of the tables that are filled."""
    for model in apps.get_models():
        if issubclass(model, Event) and getattr(model, "pgh_tracked_model", None) in FILLED:
            yield model


def _fill(facts: desk_rows.Facts, events: list[type[Event]], those: Hands) -> None:
    histories: list[Named] = [
        (f"history in {event._meta.db_table}", desk_rows.history(event)) for event in events
    ]
    those.run(desk_rows.bodies(facts))
    those.run(desk_rows.tickets(facts))
    those.run([*desk_rows.conversations(facts), *histories], desk_rows.entries(facts))
    those.run([("what people wrote is forgotten", "DROP TABLE bench_body")])


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


def _write_parties(facts: desk_rows.Facts) -> None:
    clients = range(facts.before_client + 1, facts.before_client + 1 + facts.clients)
    with without_history():
        copy_rows(
            Client,
            ("id", "code", "name", "street", "postcode", "city"),
            (
                (
                    pk,
                    f"D{pk}",
                    f"{TRADES[pk % 14]} {NAMES[pk % 27]} {pk}",
                    "2 rue X",
                    "69002",
                    "Lyon",
                )
                for pk in clients
            ),
        )
        copy_rows(
            Contact,
            ("id", "client_id", "first_name", "last_name", "email"),
            (_contact(facts, n) for n in range(CONTACTS_OF_A_CLIENT * facts.clients)),
        )


def _client(pk: int) -> tuple[object, ...]:
    return (pk, f"D{pk}", f"{TRADES[pk % 14]} {NAMES[pk % 27]} {pk}", "2 rue X", "69002", "Lyon")


def _contact(facts: desk_rows.Facts, n: int) -> tuple[object, ...]:
    pk = facts.before_contact + 1 + n
    client = facts.before_client + 1 + n // CONTACTS_OF_A_CLIENT
    return (pk, client, "Camille", NAMES[n % 27], f"c{pk}@x.example")
