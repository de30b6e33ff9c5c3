"""Call everything read."""

from django.db import transaction

from accounts.models import User
from tickets.models import ReadingStart, ReadMark
from tickets.operations._tickets import require_firm_staff


@transaction.atomic(durable=True)
def read_all(*, actor: User, number: int) -> None:
    """Call all news up to this number read; one row says it, and the single marks go."""
    require_firm_staff(actor)
    ReadingStart.objects.update_or_create(person=actor, defaults={"number": number})
    ReadMark.objects.filter(person=actor, number__lte=number).delete()
