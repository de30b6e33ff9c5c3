"""Tick a point of a checklist off, or open it again."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import ChecklistItem
from tickets.operations._tickets import lock_ticket, require_firm_staff


@transaction.atomic(durable=True)
def tick_checklist_item(
    *, item_id: int, is_done: bool, actor: User, now: datetime
) -> ChecklistItem:
    """Note who did it and when; what is ticked off already stays with whoever did it first.

    :raises ChecklistItem.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    item = ChecklistItem.objects.visible_to(actor).get(pk=item_id)
    lock_ticket(item.ticket_id, actor)
    item.refresh_from_db()
    if item.is_done != is_done:
        item.done_at, item.done_by = (now, actor) if is_done else (None, None)
        item.save(update_fields=["done_at", "done_by"])
    return item
