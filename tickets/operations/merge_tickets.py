"""Let a ticket go on in another one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import StatusKind, Ticket, TicketMerge, TicketStatus
from tickets.operations._followers import carry
from tickets.operations._tickets import lock_tickets, require_firm_staff, step_to
from tickets.queries.merged import merge_of, merges_into
from tickets.refusals import MergeImpossible


@transaction.atomic(durable=True)
def merge_tickets(*, ticket_id: int, number: str, actor: User, now: datetime) -> TicketMerge:
    """Close the ticket and show all of it in the one with this number; nothing is moved.

    :raises MergeImpossible: the two are not of one client, or one of them is merged already
    """
    require_firm_staff(actor)
    found = Ticket.objects.visible_to(actor).filter(number__iexact=number.strip()).first()
    if found is None:
        raise MergeImpossible(_("There is no ticket with this number."))
    tickets = lock_tickets({ticket_id, found.pk}, actor)
    ticket, into = tickets[ticket_id], tickets[found.pk]
    _require_possible(ticket, into)
    merge = TicketMerge.objects.create(
        ticket=ticket, into=into, status_before=ticket.status, merged_by=actor, merged_at=now
    )
    carry(merge)
    closed = TicketStatus.objects.filter(kind=StatusKind.CLOSED).order_by("position", "pk")[0]
    if not ticket.is_closed:
        step_to(ticket, closed, actor, now)
    return merge


def _require_possible(ticket: Ticket, into: Ticket) -> None:
    told = {"number": into.number}
    if ticket.pk == into.pk:
        raise MergeImpossible(_("This is the ticket itself."))
    if ticket.client_id != into.client_id:
        raise MergeImpossible(_("%(number)s is another client's ticket.") % told)
    if merge_of(ticket) is not None:
        raise MergeImpossible(_("This ticket goes on in another one already."))
    if merge_of(into) is not None:
        raise MergeImpossible(_("%(number)s goes on in another ticket: name that one.") % told)
    if merges_into(ticket):
        raise MergeImpossible(
            _("Other tickets go on in this one. Merge %(number)s into it instead.") % told
        )
