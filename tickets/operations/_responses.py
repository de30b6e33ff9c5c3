"""Saving all that a response says; shared by answering and by opening a ticket."""

from datetime import datetime

from accounts.models import User
from tickets.domain.work import Response
from tickets.models import Ticket, TicketStatus
from tickets.operations._evidence import add_flat_rate, add_part
from tickets.operations._notes import add_note
from tickets.operations._tickets import step_to
from tickets.operations._time import add_time
from tickets.queries.waiting_files import waiting_files


def has_content(response: Response) -> bool:
    """Whether something was written or done."""
    work = (response.time, response.parts, response.flat_rate)
    return bool(response.body.strip() or response.file_ids) or any(work)


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
    _say(ticket, response, actor=actor, now=now)
    if response.flat_rate is not None:
        add_flat_rate(ticket, response.flat_rate, actor=actor)
    if response.time is not None:
        add_time(ticket, response.time, actor=actor, now=now)
    for part in response.parts:
        add_part(ticket, part, actor=actor, now=now)
    if status is not None:
        step_to(ticket, status, actor, now)


def _say(ticket: Ticket, response: Response, *, actor: User, now: datetime) -> None:
    """Write the note with its files; files alone are named in its text."""
    files = waiting_files(ticket, actor).filter(pk__in=response.file_ids)
    names = [file.name for file in files] if response.file_ids else []
    body = response.body if response.body.strip() else ", ".join(names)
    if not body:
        return
    note = add_note(ticket, body, is_public=response.is_public, actor=actor, now=now)
    if names:
        files.update(note=note, added_at=now)
