"""Give a ticket to somebody."""

from django.db import transaction

from accounts.models import User
from tickets.models import Ticket
from tickets.operations._tickets import find_colleague, lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def assign_ticket(*, ticket_id: int, assignee_id: int | None, actor: User) -> Ticket:
    """Give the ticket to one of the firm's people, or to nobody.

    :raises Refusal: that person cannot work on tickets
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    ticket.assignee = None if assignee_id is None else find_colleague(assignee_id)
    ticket.save(update_fields=["assignee"])
    return ticket
