"""Let a merged ticket stand for itself again."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import TicketMerge
from tickets.operations._followers import take_back
from tickets.operations._merges import forget_solution
from tickets.operations._tickets import lock_tickets, require_firm_staff, step_to


@transaction.atomic(durable=True)
def undo_merge(*, merge_id: int, actor: User, now: datetime) -> TicketMerge:
    """Take both tickets apart again; the merged one gets status and clock back as they were.

    :raises TicketMerge.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    merge = TicketMerge.objects.visible_to(actor).get(pk=merge_id)
    ticket = lock_tickets({merge.ticket_id, merge.into_id}, actor)[merge.ticket_id]
    merge.refresh_from_db()
    if merge.undone_at is None:
        merge.undone_by, merge.undone_at = actor, now
        merge.save(update_fields=["undone_by", "undone_at"])
        take_back(merge)
        forget_solution(merge)
        step_to(ticket, merge.status_before, actor, now)
    return merge
