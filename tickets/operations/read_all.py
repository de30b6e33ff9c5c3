"""Call everything read."""

from django.db import transaction

from accounts.models import User
from tickets.models import ReadingStart, ReadMark
from tickets.operations._tickets import require_firm_staff


@transaction.atomic(durable=True)
def read_all(*, actor: User, number: int) -> int:
    """Call all news up to this number read; one row says it, and the single marks go.

    Reading never goes back: an old page calls nothing unread that was read since. Returns the
    number up to which everything is read now.
    """
    require_firm_staff(actor)
    starts = ReadingStart.objects.select_for_update()
    start, _made = starts.get_or_create(person=actor, defaults={"number": number})
    if start.number < number:
        start.number = number
        start.save(update_fields=["number"])
    ReadMark.objects.filter(person=actor, number__lte=number).delete()
    return start.number
