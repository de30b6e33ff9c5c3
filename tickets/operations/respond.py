"""Save all that one submit of the composer says."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.work import Response
from tickets.models import Ticket, TicketStatus
from tickets.operations._evidence import add_flat_rate, add_part
from tickets.operations._notes import add_note
from tickets.operations._tickets import lock_ticket, require_firm_staff, step_to
from tickets.operations._time import add_time
from tickets.refusals import NothingToSave


@transaction.atomic(durable=True)
def respond(*, ticket_id: int, response: Response, actor: User, now: datetime) -> Ticket:
    """Save note, flat rate, time, part and new status together, or nothing of it.

    A closed ticket is reopened first, so that work can be added; an open one is closed last.

    :raises Refusal: one of them is not possible
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    status = _new_status(ticket, response)
    if status is None and not _has_content(response):
        raise NothingToSave(_("Write something, or log time or a part."))
    if status is not None and not status.is_closed:
        step_to(ticket, status, actor, now)
    _add_all(ticket, response, actor, now)
    if status is not None:
        step_to(ticket, status, actor, now)
    return ticket


def _add_all(ticket: Ticket, response: Response, actor: User, now: datetime) -> None:
    """Add what was said and done; the flat rate first, since it decides what time can be."""
    if response.body.strip():
        add_note(ticket, response.body, is_public=response.is_public, actor=actor, now=now)
    if response.flat_rate is not None:
        add_flat_rate(ticket, response.flat_rate, actor=actor)
    if response.time is not None:
        add_time(ticket, response.time, actor=actor, now=now)
    if response.part is not None:
        add_part(ticket, response.part, actor=actor, now=now)


def _has_content(response: Response) -> bool:
    work = (response.time, response.part, response.flat_rate)
    return bool(response.body.strip()) or any(work)


def _new_status(ticket: Ticket, response: Response) -> TicketStatus | None:
    if response.status_id in {None, ticket.status_id}:
        return None
    return TicketStatus.objects.get(pk=response.status_id)
