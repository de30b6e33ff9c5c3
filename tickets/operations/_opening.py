"""Making a ticket; shared by opening one at the desk and by mail. It opens no transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from accounts.models import User
from clients.models import Client
from tickets.models import (
    BillingMode,
    Priority,
    RuleWhen,
    ServiceBoard,
    StatusChange,
    StatusKind,
    Ticket,
    TicketStatus,
)
from tickets.operations._occurrences import note_occurrence
from tickets.operations._tickets import find_colleague


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What the caller said; an empty board or status means the one for new tickets."""

    client_id: int
    subject: str
    description: str = ""
    priority: str = Priority.NORMAL
    board_id: int | None = None
    category_id: int | None = None
    contact_id: int | None = None
    site_id: int | None = None
    asset_id: int | None = None
    assignee_id: int | None = None
    billing_mode: str = BillingMode.HOURLY
    sla_policy_id: int | None = None
    part_of_id: int | None = None
    template_id: int | None = None


def add_ticket(client: Client, new: NewTicket, *, actor: User | None, now: datetime) -> Ticket:
    """Make the ticket under the next number, in the first status; no actor where a mail did it."""
    ticket = Ticket.objects.create(
        client=client,
        number=_next_number(),
        board=_find_board(new.board_id),
        status=_first_status(),
        category_id=new.category_id,
        subject=new.subject.strip(),
        description=new.description.strip(),
        priority=new.priority,
        billing_mode=new.billing_mode,
        contact_id=new.contact_id,
        site_id=new.site_id,
        asset_id=new.asset_id,
        sla_policy_id=new.sla_policy_id,
        assignee=find_colleague(new.assignee_id) if new.assignee_id else None,
        opened_at=now,
    )
    StatusChange.objects.create(
        ticket=ticket, to_status=ticket.status, changed_by=actor, changed_at=now
    )
    note_occurrence(ticket, RuleWhen.CREATED, now)
    return ticket


def _next_number() -> str:
    """Take the next number that no ticket brought from elsewhere already has."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('tickets_ticket_number')")
            number = f"T{cursor.fetchone()[0]}"
        if not Ticket.objects.filter(number=number).exists():
            return number


def _find_board(board_id: int | None) -> ServiceBoard:
    if board_id is not None:
        return ServiceBoard.objects.get(pk=board_id)
    return ServiceBoard.objects.order_by("-is_default", "name")[0]


def _first_status() -> TicketStatus:
    return TicketStatus.objects.filter(kind=StatusKind.ACTIVE).order_by("position", "pk")[0]
