"""Take a point out of a checklist."""

from django.db import transaction

from accounts.models import User
from tickets.models import ChecklistItem
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def remove_checklist_item(*, item_id: int, actor: User) -> None:
    """Take the point out; the audit trail keeps that it was there.

    :raises ChecklistItem.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    item = ChecklistItem.objects.visible_to(actor).get(pk=item_id)
    lock_ticket(item.ticket_id, actor)
    item.delete()
