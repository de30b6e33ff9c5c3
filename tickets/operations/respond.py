"""Save all that one submit of the composer says."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.seen import Seen
from tickets.domain.work import Response
from tickets.models import Ticket, TicketStatus
from tickets.operations._drafts import close_sheet
from tickets.operations._merges import require_not_merged
from tickets.operations._responses import add_response, has_content, new_status
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.queries.news import news_since
from tickets.refusals import AnsweredMeanwhile, NothingToSave


@transaction.atomic(durable=True)
def respond(
    *,
    ticket_id: int,
    response: Response,
    actor: User,
    now: datetime,
    seen: Seen | None = None,
    sheet: str = "",
) -> Ticket:
    """Save note, flat rate, time, parts and new status together, or nothing of it.

    With ``seen``, an answer or a new status waits until its author has read what others did.

    :raises Refusal: one of them is not possible, or there is nothing to save
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    require_not_merged(ticket)
    close_sheet(ticket, sheet, actor=actor, now=now)
    status = new_status(ticket, response)
    if status is None and not has_content(response):
        raise NothingToSave(_("Write something, or log time or a part."))
    if seen is not None and _speaks(response, status) and news_since(ticket, actor, seen):
        raise AnsweredMeanwhile(
            _("This ticket went on while you were writing. Nothing is saved yet: read, then save.")
        )
    add_response(ticket, response, status, actor=actor, now=now)
    return ticket


def _speaks(response: Response, status: TicketStatus | None) -> bool:
    """Whether it could contradict a colleague: time and parts cannot."""
    return bool(response.body.strip() or response.file_ids) or status is not None
