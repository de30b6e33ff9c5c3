"""Steps about merged tickets that several operations share; they open no transaction."""

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import (
    Outcome,
    SLAVerdict,
    Ticket,
    TicketClock,
    TicketMerge,
    VerdictKind,
)
from tickets.operations._tickets import lock_ticket
from tickets.queries.merged import merge_of
from tickets.refusals import MergedAway


def require_not_merged(ticket: Ticket) -> None:
    """Refuse a ticket that goes on elsewhere.

    :raises MergedAway: it was merged into another one
    """
    merge = merge_of(ticket)
    if merge is not None:
        raise MergedAway(
            _("This ticket goes on in %(number)s. Work there, or undo the merge first.")
            % {"number": merge.into.number}
        )


def forget_solution(merge: TicketMerge) -> None:
    """Take back that the merge answered and solved its ticket; a recorded miss stays."""
    clock = TicketClock.objects.filter(ticket=merge.ticket_id).first()
    if clock is None:
        return
    kept = SLAVerdict.objects.filter(ticket=merge.ticket_id, outcome=Outcome.MET)
    if clock.solved_first_at == merge.merged_at:
        clock.solved_first_at = None
        kept.filter(kind=VerdictKind.FIRST_RESOLUTION).delete()
    if clock.responded_at == merge.merged_at:
        clock.responded_at = None
        kept.filter(kind=VerdictKind.RESPONSE).delete()
    clock.save(update_fields=["solved_first_at", "responded_at"])


def where_it_goes_on(ticket: Ticket, actor: User) -> Ticket:
    """Return the ticket that a locked one was merged into, locked, or the same."""
    merge = merge_of(ticket)
    return ticket if merge is None else lock_ticket(merge.into_id, actor)
