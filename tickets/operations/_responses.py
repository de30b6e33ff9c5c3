"""Saving all that a response says; shared by answering and by opening a ticket."""

from datetime import datetime

from accounts.models import User
from tickets.domain.work import Response
from tickets.models import Ticket, TicketStatus
from tickets.operations._evidence import add_flat_rate, add_part
from tickets.operations._notes import add_note
from tickets.operations._tickets import step_to
from tickets.operations._time import add_time


def has_content(response: Response) -> bool:
    """Whether something was written or done."""
    work = (response.time, response.part, response.flat_rate)
    return bool(response.body.strip()) or any(work)


def new_status(ticket: Ticket, response: Response) -> TicketStatus | None:
    """Return the status that the ticket is to get, None where it keeps its own."""
    if response.status_id in {None, ticket.status_id}:
        return None
    return TicketStatus.objects.get(pk=response.status_id)


def add_response(
    ticket: Ticket, response: Response, status: TicketStatus | None, *, actor: User, now: datetime
) -> None:
    """Reopen a closed ticket first, so that work can be added; close an open one last.

    The flat rate comes before time, since it decides what time can be.

    :raises Refusal: one of the parts is not possible
    """
    if status is not None and not status.is_closed:
        step_to(ticket, status, actor, now)
    if response.body.strip():
        add_note(ticket, response.body, is_public=response.is_public, actor=actor, now=now)
    if response.flat_rate is not None:
        add_flat_rate(ticket, response.flat_rate, actor=actor)
    if response.time is not None:
        add_time(ticket, response.time, actor=actor, now=now)
    if response.part is not None:
        add_part(ticket, response.part, actor=actor, now=now)
    if status is not None:
        step_to(ticket, status, actor, now)
