"""Add points to a ticket's checklist."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import ChecklistItem
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.refusals import ChecklistTooLong, NothingToSave

MOST = 100
LONGEST = 200


@transaction.atomic(durable=True)
def add_to_checklist(*, ticket_id: int, texts: Sequence[str], actor: User) -> list[ChecklistItem]:
    """Add one point for each text, after those that are there.

    :raises Refusal: there is nothing to add, or too much of it
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    wanted = [text.strip() for text in texts if text.strip()]
    if not wanted:
        raise NothingToSave(_("Say what is to be done."), "points")
    if any(len(text) > LONGEST for text in wanted):
        raise ChecklistTooLong(_("One point has at most %(most)d characters.") % {"most": LONGEST})
    if ticket.checklist.count() + len(wanted) > MOST:
        raise ChecklistTooLong(_("A checklist has at most %(most)d points.") % {"most": MOST})
    last = ticket.checklist.aggregate(last=Max("position"))["last"] or 0
    return ChecklistItem.objects.bulk_create(
        ChecklistItem(ticket=ticket, text=text, position=last + place)
        for place, text in enumerate(wanted, start=1)
    )
