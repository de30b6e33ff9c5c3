"""Link a ticket to another one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Ticket, TicketLink
from tickets.operations._links import add_link
from tickets.operations._tickets import lock_tickets, require_firm_staff
from tickets.refusals import LinkImpossible


@transaction.atomic(durable=True)
def link_tickets(
    *, ticket_id: int, number: str, kind: str, actor: User, now: datetime
) -> TicketLink:
    """Link the ticket to the one with this number: it has to do with it, or is part of it.

    :raises LinkImpossible: there is no such ticket of the same client, or they are linked already
    """
    require_firm_staff(actor)
    found = Ticket.objects.visible_to(actor).filter(number__iexact=number.strip()).first()
    if found is None:
        raise LinkImpossible(_("There is no ticket with this number."))
    tickets = lock_tickets({ticket_id, found.pk}, actor)
    return add_link(tickets[ticket_id], tickets[found.pk], kind, actor=actor, now=now)
