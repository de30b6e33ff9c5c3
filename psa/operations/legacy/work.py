"""Tickets, time and parts, from an old system's export."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import QuerySet
from django.utils.text import slugify

from accounts.models import User, UserKind
from catalog.models import Product, WorkType
from catalog.models.product import ProductKind
from clients.models import Client, LegalEntity
from psa.legacy.formats import Accepted
from psa.legacy.rows import PartRow, TicketRow, TimeRow
from psa.models import LegacyRow
from psa.operations.legacy.parties import add_to_role
from psa.operations.legacy.store import (
    Change,
    Found,
    Store,
    billed_on,
    row_of,
    rows_of,
    update_fields,
)
from tickets.models import FlatRateItem, PartUsed, ServiceBoard, Ticket, TicketStatus, TimeEntry
from tickets.models.board import StatusKind

TECHNICIANS = "technicians"
NOT_BILLABLE = "facturable : non"
FREE_TO_CHANGE = frozenset({"subject", "description", "opened_at"})
TICKET_FIELDS = ("subject", "description", "opened_at", "closed_at", "billing_mode")
TIME_FIELDS = (
    "started_at",
    "ended_at",
    "minutes",
    "worked_on",
    "is_billable",
    "billed_elsewhere",
    "note",
)
PART_FIELDS = (
    "reference",
    "description",
    "quantity",
    "unit_price",
    "used_on",
    "billed_elsewhere",
)


def _statuses() -> dict[bool, TicketStatus]:
    """Return the status of imported tickets that are closed, and of those that are not."""
    ordered = list(TicketStatus.objects.all())
    active = [status for status in ordered if status.kind == StatusKind.ACTIVE]
    at_work = next((status for status in active if status.code == "in-progress"), active[0])
    return {True: next(status for status in ordered if status.is_closed), False: at_work}


def _ids_by(model: Any, name: str, values: Collection[str]) -> dict[str, int]:  # noqa: ANN401  (any model)
    rows = model.objects.filter(**{f"{name}__in": set(values)})
    return dict(rows.values_list(name, "pk"))


def _find_tickets(accepted: Sequence[Accepted]) -> dict[str, Found]:
    here = _ids_by(Ticket, "number", [one.key for one in accepted])
    return {
        number: Found(pk, f"{number} is already another ticket here") for number, pk in here.items()
    }


def _blocked_tickets(changes: Sequence[Change]) -> dict[str, str]:
    """Name the tickets with work billed here whose money the change would touch."""
    grave = {change.target_id: change for change in changes if _touches_money(change)}
    held: dict[int, str] = {}
    for source in ("time_entry", "part_used", "flat_rate_item"):
        held.update(_billed_tickets(source, grave))
    return {
        grave[ticket].accepted.key: f"work on it is already billed here on {paper}"
        for ticket, paper in held.items()
    }


def _touches_money(change: Change) -> bool:
    fields = change.fields - FREE_TO_CHANGE
    is_hourly = row_of(TicketRow, change).billing_mode != "flat_rate"
    return bool(fields - {"closed_at"} if is_hourly else fields)


def _billed_tickets(source: str, tickets: Iterable[int]) -> dict[int, str]:
    models = {"time_entry": TimeEntry, "part_used": PartUsed, "flat_rate_item": FlatRateItem}
    of_source: QuerySet[Any] = QuerySet(models[source])
    evidence = of_source.filter(ticket__in=list(tickets))
    owners: dict[int, int] = dict(evidence.values_list("pk", "ticket_id"))
    return {owners[pk]: paper for pk, paper in billed_on(source, owners).items()}


def _create_tickets(accepted: Sequence[Accepted]) -> list[int]:
    rows = rows_of(TicketRow, accepted)
    clients = _ids_by(Client, "code", [row.client for row in rows])
    statuses = _statuses()
    board = ServiceBoard.objects.filter(is_default=True).first() or ServiceBoard.objects.first()
    tickets = Ticket.objects.bulk_create(
        Ticket(
            client_id=clients[row.client],
            number=row.number,
            board=board,
            status=statuses[row.closed_at is not None],
            **{name: getattr(row, name) for name in TICKET_FIELDS},
        )
        for row in rows
    )
    _add_flat_rates(list(zip((ticket.pk for ticket in tickets), rows, strict=True)))
    _count_on(rows)
    return [ticket.pk for ticket in tickets]


def _add_flat_rates(tickets: Sequence[tuple[int, TicketRow]]) -> None:
    flat = [(pk, row) for pk, row in tickets if row.flat_rate]
    products = Product.objects.filter(code__in={row.flat_rate for _pk, row in flat})
    by_code = {product.code: product for product in products}
    FlatRateItem.objects.bulk_create(
        FlatRateItem(
            ticket_id=pk,
            product=by_code[row.flat_rate],
            description=by_code[row.flat_rate].name,
            price=by_code[row.flat_rate].price,
            billed_elsewhere=row.billed_elsewhere,
            external_ref=row.number,
        )
        for pk, row in flat
    )


def _count_on(rows: Sequence[TicketRow]) -> None:
    """Move the counter of ticket numbers past the imported ones."""
    numbers = (re.fullmatch(r"T(\d{1,9})", row.number) for row in rows)
    highest = max((int(match[1]) for match in numbers if match), default=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('tickets_ticket_number', %(n)s) FROM tickets_ticket_number"
            " WHERE last_value <= %(n)s",
            {"n": highest},
        )


def _change_tickets(changes: Sequence[Change]) -> None:
    tickets = update_fields(Ticket.objects.all(), changes, TICKET_FIELDS)
    statuses = _statuses()
    clients = _ids_by(Client, "code", [row_of(TicketRow, change).client for change in changes])
    for change in changes:
        row, ticket = row_of(TicketRow, change), tickets[change.target_id]
        ticket.client_id = clients[row.client] if "client" in change.fields else ticket.client_id
        if bool(row.closed_at) != bool(change.before.get("closed_at")):
            ticket.status = statuses[row.closed_at is not None]
    Ticket.objects.bulk_update(tickets.values(), ["client", "status"], batch_size=500)
    agreed = [
        change
        for change in changes
        if change.fields & {"billing_mode", "flat_rate", "billed_elsewhere"}
    ]
    FlatRateItem.objects.filter(external_ref__in=[one.accepted.key for one in agreed]).delete()
    _add_flat_rates([(one.target_id, row_of(TicketRow, one)) for one in agreed])


def _find_evidence(model: type[TimeEntry] | type[PartUsed]) -> Any:  # noqa: ANN401  (a finder)
    def find(accepted: Sequence[Accepted]) -> dict[str, Found]:
        here = _ids_by(model, "external_ref", [one.key for one in accepted])
        return {ref: Found(pk, f"{ref} is already here from elsewhere") for ref, pk in here.items()}

    return find


def _blocked_evidence(source: str) -> Any:  # noqa: ANN401  (a guard)
    def blocked(changes: Sequence[Change]) -> dict[str, str]:
        held = billed_on(source, [change.target_id for change in changes])
        return {
            change.accepted.key: f"already billed here on {held[change.target_id]}"
            for change in changes
            if change.target_id in held
        }

    return blocked


def _technicians(names: Iterable[str]) -> dict[str, int]:
    """Return the people behind the old system's names, made on first sight.

    They may sign in once an administrator gives them their address and a password.
    """
    wanted = sorted(set(names))
    known = LegacyRow.objects.filter(file=TECHNICIANS, key__in=[name.lower() for name in wanted])
    found = {row.key: row.target_id for row in known}
    missing = {name.lower(): name for name in wanted if name.lower() not in found}
    if missing:
        people = _new_technicians(list(missing.values()))
        LegacyRow.objects.bulk_create(
            LegacyRow(file=TECHNICIANS, key=key, target_id=person.pk, content={"name": name})
            for (key, name), person in zip(missing.items(), people, strict=True)
        )
        found.update({key: person.pk for key, person in zip(missing, people, strict=True)})
    return {name: found[name.lower()] for name in wanted}


def _new_technicians(names: Sequence[str]) -> list[User]:
    firm = LegalEntity.objects.filter(is_default=True).first()
    domain = f"{slugify(firm.name if firm else '') or 'firm'}.invalid"
    taken = set(User.objects.filter(email__endswith=f"@{domain}").values_list("email", flat=True))
    people = []
    for name in names:
        base = slugify(name).replace("-", ".") or "technician"
        address = f"{base}@{domain}"
        for number in range(2, len(taken) + 3):
            if address not in taken:
                break
            address = f"{base}{number}@{domain}"
        taken.add(address)
        people.append(
            User(
                email=address,
                first_name=name[:1].upper() + name[1:],
                kind=UserKind.STAFF,
                language="fr",
                password=make_password(None),
            )
        )
    User.objects.bulk_create(people)
    add_to_role(people, "technician")
    return people


def _create_times(accepted: Sequence[Accepted]) -> list[int]:
    rows = rows_of(TimeRow, accepted)
    tickets = _ids_by(Ticket, "number", [row.ticket for row in rows])
    types = dict(WorkType.objects.values_list("code", "pk"))
    people = _technicians(row.technician for row in rows)
    made = TimeEntry.objects.bulk_create(
        TimeEntry(
            ticket_id=tickets[row.ticket],
            technician_id=people[row.technician],
            work_type_id=types[row.work_type],
            not_billable_reason="" if row.is_billable else NOT_BILLABLE,
            external_ref=row.ref,
            **{name: getattr(row, name) for name in TIME_FIELDS},
        )
        for row in rows
    )
    return [entry.pk for entry in made]


def _change_times(changes: Sequence[Change]) -> None:
    entries = update_fields(TimeEntry.objects.all(), changes, TIME_FIELDS)
    rows = [row_of(TimeRow, change) for change in changes]
    tickets = _ids_by(Ticket, "number", [row.ticket for row in rows])
    types = dict(WorkType.objects.values_list("code", "pk"))
    people = _technicians(row.technician for row in rows)
    for change, row in zip(changes, rows, strict=True):
        entry = entries[change.target_id]
        if "ticket" in change.fields:
            entry.ticket_id = tickets[row.ticket]
        if "work_type" in change.fields:
            entry.work_type_id = types[row.work_type]
        if "technician" in change.fields:
            entry.technician_id = people[row.technician]
        if "is_billable" in change.fields:
            entry.not_billable_reason = "" if row.is_billable else NOT_BILLABLE
    TimeEntry.objects.bulk_update(
        entries.values(),
        ["ticket", "work_type", "technician", "not_billable_reason"],
        batch_size=500,
    )


def _products(rows: Sequence[PartRow]) -> dict[str, Product]:
    """Return the parts of the catalogue by reference, adding those it does not know."""
    references = {row.reference: row for row in reversed(rows) if row.reference}
    here = {product.code: product for product in Product.objects.filter(code__in=references)}
    missing = sorted(references.keys() - here.keys())
    made = Product.objects.bulk_create(
        Product(
            code=reference,
            name=references[reference].description[:160],
            kind=ProductKind.PART,
            price=references[reference].unit_price,
        )
        for reference in missing
    )
    here.update({product.code: product for product in made})
    return {code: one for code, one in here.items() if one.kind == ProductKind.PART}


def _create_parts(accepted: Sequence[Accepted]) -> list[int]:
    rows = rows_of(PartRow, accepted)
    tickets = _ids_by(Ticket, "number", [row.ticket for row in rows])
    products = _products(rows)
    made = PartUsed.objects.bulk_create(
        PartUsed(
            ticket_id=tickets[row.ticket],
            product=products.get(row.reference),
            external_ref=row.ref,
            **{name: getattr(row, name) for name in PART_FIELDS},
        )
        for row in rows
    )
    return [part.pk for part in made]


def _change_parts(changes: Sequence[Change]) -> None:
    parts = update_fields(PartUsed.objects.all(), changes, PART_FIELDS)
    moved = [change for change in changes if "ticket" in change.fields]
    tickets = _ids_by(Ticket, "number", [row_of(PartRow, change).ticket for change in moved])
    for change in moved:
        parts[change.target_id].ticket_id = tickets[row_of(PartRow, change).ticket]
    PartUsed.objects.bulk_update([parts[change.target_id] for change in moved], ["ticket"])


TICKET_STORE = Store(Ticket, _find_tickets, _blocked_tickets, _create_tickets, _change_tickets)
TIME_STORE = Store(
    TimeEntry,
    _find_evidence(TimeEntry),
    _blocked_evidence("time_entry"),
    _create_times,
    _change_times,
)
PART_STORE = Store(
    PartUsed,
    _find_evidence(PartUsed),
    _blocked_evidence("part_used"),
    _create_parts,
    _change_parts,
)
