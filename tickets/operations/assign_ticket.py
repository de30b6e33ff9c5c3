"""Give a ticket to somebody."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket
from tickets.operations._clock import keep_clock
from tickets.operations._occurrences import note_change
from tickets.operations._tickets import (
    find_colleague,
    lock_ticket,
    require_assigned_to,
    require_firm_staff,
)


@transaction.atomic(durable=True)
def assign_ticket(
    *,
    ticket_id: int,
    assignee_id: int | None,
    actor: User,
    now: datetime,
    among: frozenset[int | None] | None = None,
) -> Ticket:
    """Give the ticket to one of the firm's people, or to nobody.

    With ``among``, only while it is with one of these (None: nobody) or with that person already.

    :raises Refusal: that person cannot work on tickets, or a colleague was quicker
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    if among is not None:
        require_assigned_to(ticket, among | {assignee_id})
    before = ticket.assignee_id
    keep_clock(ticket, now)  # what was missed until now is the one's who had it
    ticket.assignee = None if assignee_id is None else find_colleague(assignee_id)
    ticket.save(update_fields=["assignee"])
    if ticket.assignee_id != before:
        note_change(ticket, now, "assignee")
    return ticket
