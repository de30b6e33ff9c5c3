"""Save all that one submit of the composer says."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.work import Response
from tickets.models import Ticket
from tickets.operations._responses import add_response, has_content, new_status
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.refusals import NothingToSave


@transaction.atomic(durable=True)
def respond(*, ticket_id: int, response: Response, actor: User, now: datetime) -> Ticket:
    """Save note, flat rate, time, part and new status together, or nothing of it.

    :raises Refusal: one of them is not possible, or there is nothing to save
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    status = new_status(ticket, response)
    if status is None and not has_content(response):
        raise NothingToSave(_("Write something, or log time or a part."))
    add_response(ticket, response, status, actor=actor, now=now)
    return ticket
