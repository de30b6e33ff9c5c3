"""Move a ticket to another status."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Ticket, TicketStatus
from tickets.operations._merges import require_not_merged
from tickets.operations._tickets import lock_ticket, require_firm_staff, step_to
from tickets.refusals import ChangedMeanwhile


@transaction.atomic(durable=True)
def change_status(
    *, ticket_id: int, status_id: int, actor: User, now: datetime, from_id: int | None = None
) -> Ticket:
    """Move the ticket; a closing status closes it, any other one reopens it.

    :raises NotForClients: the actor is not one of the firm's people
    :raises ChangedMeanwhile: with ``from_id``, it is no longer in that status
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    require_not_merged(ticket)
    is_as_seen = from_id in {None, ticket.status_id} or ticket.status_id == status_id
    if not is_as_seen:
        raise ChangedMeanwhile(
            _("It was moved to “%(now)s” meanwhile. Choose again if that is not right.")
            % {"now": ticket.status},
            "status",
        )
    step_to(ticket, TicketStatus.objects.get(pk=status_id), actor, now)
    return ticket
