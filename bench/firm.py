"""A firm of any size, made by COPY: every client has three contract lines, time and a part."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.utils import timezone
from stdnum.luhn import calc_check_digit

from accounts.models import User
from catalog.models import Rate, RateCard, TaxCode, TaxRate, WorkType
from clients.models import Client, LegalEntity
from contracts.models import Contract, ContractLine, CoverageRule, LineVersion
from core.bulk import copy_rows, reserve_ids
from tickets.models import PartUsed, ServiceBoard, Ticket, TicketStatus, TimeEntry

FIRST = date(2026, 1, 1)
WORKED = date(2026, 3, 12)
AS_OF = date(2026, 4, 1)
BILLED_THROUGH = date(2026, 3, 31)
TECHNICIAN = "technician@bench.example"
LINES = 3
MINUTES = 35
# What the triggers of evidence would have done.
LIST_WHAT_IS_OPEN = """
INSERT INTO billing_openevidence (kind, evidence_id, owner_id)
SELECT 'time_entry', e.id, t.client_id
FROM tickets_timeentry e JOIN tickets_ticket t ON t.id = e.ticket_id
WHERE NOT EXISTS (SELECT 1 FROM billing_claim c WHERE c.time_entry_id = e.id)
UNION ALL
SELECT 'part_used', e.id, t.client_id
FROM tickets_partused e JOIN tickets_ticket t ON t.id = e.ticket_id
WHERE NOT EXISTS (SELECT 1 FROM billing_claim c WHERE c.part_used_id = e.id)
ON CONFLICT DO NOTHING
"""


@contextmanager
def without_history() -> Iterator[None]:
    """Leave triggers and checks of relations out while rows are made that nobody edits."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


def make_firm() -> None:
    """Make the firm itself: identity, tax, two work types with rates, and one technician."""
    LegalEntity.objects.create(
        name="Bench SARL", street="1 rue du Banc", postcode="69002", city="Lyon",
        legal_form="SARL", share_capital=Decimal(10000), registration_number="999000011",
        register_town="Lyon", vat_number="FR66999000011", iban="FR1420041010050500013M02606",
    )  # fmt: skip
    TaxRate.objects.create(
        country="FR", tax_code=TaxCode.STANDARD, rate=Decimal(20), starts_on=date(2014, 1, 1)
    )
    card = RateCard.objects.create(name="Rates")
    for code, rate in (("remote", "84.00"), ("onsite", "96.00")):
        work_type = WorkType.objects.create(code=code, name=code.title())
        Rate.objects.create(
            rate_card=card, work_type=work_type, hourly_rate=Decimal(rate), minimum_minutes=15,
            step_minutes=15, starts_on=date(2020, 1, 1),
        )  # fmt: skip
    User.objects.get_or_create(email=TECHNICIAN, defaults={"first_name": "Tess"})


def add_clients(count: int) -> None:
    """Add clients who each owe a month of three contract lines, a time entry and a part."""
    clients = reserve_ids(Client, count)
    contracts, tickets = reserve_ids(Contract, count), reserve_ids(Ticket, count)
    lines = reserve_ids(ContractLine, LINES * count)
    with without_history():
        _write_parties(clients, contracts, lines)
        _write_work(clients, tickets)
    with connection.cursor() as cursor:
        cursor.execute(LIST_WHAT_IS_OPEN)
        cursor.execute("ANALYZE")


def _siren(number: int) -> str:
    """Return a SIREN whose digits add up, so that invoices are electronic."""
    begins = f"{number % 100_000_000:08d}"
    return begins + calc_check_digit(begins)


def _write_parties(clients: list[int], contracts: list[int], lines: list[int]) -> None:
    copy_rows(
        Client,
        ("id", "code", "name", "street", "postcode", "city", "registration_number"),
        ((pk, f"B{pk}", f"Client {pk}", "2 rue X", "75001", "Paris", _siren(pk)) for pk in clients),
    )
    copy_rows(
        Contract,
        ("id", "client_id", "number", "name", "starts_on"),
        (
            (contract, client, f"K{contract}", "Managed services", FIRST)
            for client, contract in zip(clients, contracts, strict=True)
        ),
    )
    copy_rows(
        ContractLine,
        ("id", "contract_id", "description", "starts_on", "billed_through_on"),
        (
            (line, contracts[n // LINES], f"Service {n % LINES}", FIRST, BILLED_THROUGH)
            for n, line in enumerate(lines)
        ),
    )
    copy_rows(
        LineVersion,
        ("line_id", "starts_on", "quantity", "unit_price"),
        ((line, FIRST, 12, "24.90") for line in lines),
    )
    remote = WorkType.objects.get(code="remote").pk
    copy_rows(CoverageRule, ("contract_id", "work_type_id"), ((pk, remote) for pk in contracts))


def _write_work(clients: Sequence[int], tickets: Sequence[int]) -> None:
    board, status = ServiceBoard.objects.all()[0].pk, TicketStatus.objects.all()[0].pk
    opened = timezone.make_aware(datetime(2026, 3, 12, 9, 0))  # noqa: DTZ001  (made aware here)
    copy_rows(
        Ticket,
        ("id", "client_id", "number", "board_id", "status_id", "subject", "opened_at"),
        (
            (ticket, client, f"T{ticket}", board, status, "Printer offline", opened)
            for client, ticket in zip(clients, tickets, strict=True)
        ),
    )
    onsite = WorkType.objects.get(code="onsite").pk
    person = User.objects.get(email=TECHNICIAN).pk
    copy_rows(
        TimeEntry,
        ("ticket_id", "technician_id", "work_type_id", "minutes", "worked_on"),
        ((ticket, person, onsite, MINUTES, WORKED) for ticket in tickets),
    )
    copy_rows(
        PartUsed,
        ("ticket_id", "description", "quantity", "unit_price", "used_on"),
        ((ticket, "Memory 16 GB", 2, "48.00", WORKED) for ticket in tickets),
    )
