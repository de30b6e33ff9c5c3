"""Open a ticket."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Client
from tickets.domain.work import Response
from tickets.models import (
    BillingMode,
    LinkKind,
    Priority,
    ServiceBoard,
    StatusChange,
    StatusKind,
    Ticket,
    TicketStatus,
)
from tickets.operations._clock import keep_clock
from tickets.operations._links import add_link
from tickets.operations._responses import add_response, new_status
from tickets.operations._tickets import find_colleague, lock_ticket, require_of_client
from tickets.refusals import SubjectMissing


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


@transaction.atomic(durable=True)
def open_ticket(
    *, new: NewTicket, actor: User, now: datetime, response: Response | None = None
) -> Ticket:
    """Open a ticket for a client that the actor may see, under the next number.

    A response is what was already done about it: 30 minutes on the phone, and closed.

    :raises Client.DoesNotExist: the client is not there for this person
    :raises Refusal: the subject is empty, contact, site or asset are another client's, or the
        response is not possible
    """
    client = Client.objects.visible_to(actor).get(pk=new.client_id)
    if not new.subject.strip():
        raise SubjectMissing(_("Say in a few words what it is about."))
    require_of_client(client, contact_id=new.contact_id, site_id=new.site_id, asset_id=new.asset_id)
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
    _make_part(ticket, new.part_of_id, actor, now)
    if response is not None:
        add_response(ticket, response, new_status(ticket, response), actor=actor, now=now)
    keep_clock(ticket, now)
    return ticket


def _make_part(ticket: Ticket, whole_id: int | None, actor: User, now: datetime) -> None:
    if whole_id is not None:
        whole = lock_ticket(whole_id, actor)
        add_link(ticket, whole, LinkKind.PART_OF, actor=actor, now=now)


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
