"""What a contact of a client may know, put together for their pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from accounts.models import User
from billing.hours import OVER, TO_COME
from billing.hours_shown import ShownHours, shown
from billing.models import Invoice
from billing.models.invoice import InvoiceQuerySet
from billing.queries.balances import HoursBalance, balances_of
from billing.queries.lines import Section, sections_of
from billing.upcoming import Upcoming, next_invoice_shown
from clients.models import Client, Contact, LegalEntity
from contracts.models import Contract, ContractLine
from contracts.models.contract import ContractQuerySet
from contracts.queries import lines_in_force, value_on
from core.money import ZERO, round_money
from tickets.models import Note, Ticket
from tickets.models.ticket import TicketQuerySet


@dataclass(frozen=True, slots=True)
class Owed:
    """What a client has to pay, with tax, in one currency."""

    currency: str
    amount: Decimal
    overdue: Decimal


def contact_of(user: User) -> Contact | None:
    """Return the contact that this person signs in as, unless their access has ended."""
    return (
        Contact.objects.filter(user=user).exclude(portal_scope="").select_related("client").first()
    )


def client_of(user: User) -> Client | None:
    """Return the client that this person belongs to."""
    contact = contact_of(user)
    return contact.client if contact else None


def invoices(user: User) -> InvoiceQuerySet:
    """Return the issued invoices this person may see, with their balance."""
    return Invoice.objects.visible_to(user).issued().with_balance().select_related("client")


def owed(user: User, *, today: date) -> list[Owed]:
    """Return what is open and what of it is overdue, currency by currency."""
    rows = (
        invoices(user)
        .filter(Q(balance__gt=0))
        .order_by("currency")
        .values("currency")
        .annotate(
            amount=Sum("balance", default=ZERO),
            overdue=Sum("balance", filter=Q(due_on__lt=today), default=ZERO),
        )
    )
    return [Owed(**row) for row in rows]


def next_invoice(user: User, *, today: date) -> Upcoming | None:
    """Return this company's next invoice so far, None unless the firm shows it."""
    client = Client.objects.with_money_visible_to(user).first()
    return next_invoice_shown(client, LegalEntity.objects.current(), today) if client else None


def tickets(user: User) -> TicketQuerySet:
    """Return the tickets of this person's company."""
    return Ticket.objects.visible_to(user).select_related("status", "contact")


def public_notes(user: User, ticket: Ticket) -> QuerySet[Note]:
    """Return what was said to the client on a ticket, oldest first."""
    notes = Note.objects.visible_to(user).filter(ticket=ticket)
    return notes.select_related("author", "contact").prefetch_related("attachments")


def printed_sections(invoice: Invoice) -> list[Section]:
    """Return the sections of an invoice that its client reads, leading to the portal's pages."""
    return [
        Section(section.title, _portal_url(section), section.lines)
        for section in sections_of(invoice)
        if section.lines[0].charge.position is not None
    ]


def _portal_url(section: Section) -> str:
    first = section.lines[0].charge
    if first.ticket:
        return ticket_url(first.ticket)
    return reverse("portal:contracts") if first.contract else ""


def ticket_url(ticket: Ticket) -> str:
    """Return the address of a ticket in the portal."""
    return reverse("portal:ticket", args=[ticket.pk])


def contracts(user: User) -> ContractQuerySet:
    """Return the contracts of this person's company, with what they cover."""
    return (
        Contract.objects.visible_to(user)
        .select_related("client")
        .prefetch_related("coverage__work_type")
        .order_by("-starts_on", "number")
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """A contract with the lines in force, what they cost a month, net, and the hours left."""

    contract: Contract
    lines: list[ContractLine]
    monthly: Decimal
    is_running: bool
    hours: list[ShownHours]


def promised(
    user: User, *, today: date, hours: Mapping[int | None, list[ShownHours]]
) -> list[Promise]:
    """Return each contract with its lines in force today; past contracts come last."""
    lines: dict[int, list[ContractLine]] = {}
    visible = lines_in_force(today).filter(contract__in=Contract.objects.visible_to(user))
    for line in visible.annotate(monthly=value_on(today)).order_by("pk"):
        lines.setdefault(line.contract_id, []).append(line)
    found = [
        _promise(one, lines.get(one.pk, []), hours.get(one.pk, []), today)
        for one in contracts(user)
    ]
    return sorted(found, key=lambda promise: not promise.is_running)


def _promise(
    contract: Contract, lines: list[ContractLine], hours: list[ShownHours], today: date
) -> Promise:
    monthly = sum((getattr(line, "monthly") for line in lines), ZERO)  # noqa: B009  (an annotation)
    amount = round_money(monthly, contract.client.currency)
    return Promise(contract, lines, amount, today in contract.term, hours)


def balances(user: User, *, today: date) -> list[HoursBalance]:
    """Return all hours of this person's company, as they stand after today."""
    client = client_of(user)
    return balances_of([client], LegalEntity.objects.current(), today) if client else []


def hours(user: User, *, today: date) -> list[ShownHours]:
    """Return the hours that can be used today or were used up, included ones first."""
    current = [one for one in balances(user, today=today) if one.standing not in {OVER, TO_COME}]
    return [shown(one) for one in sorted(current, key=lambda one: (one.is_block, one.row.pk))]


def hours_by_contract(user: User, *, today: date) -> dict[int | None, list[ShownHours]]:
    """Return the hours in use by contract; those of no contract under None."""
    found: dict[int | None, list[ShownHours]] = {}
    for one in hours(user, today=today):
        contract = one.balance.contract
        found.setdefault(contract.pk if contract else None, []).append(one)
    return found
