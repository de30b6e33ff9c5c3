"""Close the address of somebody's calendar feed."""

from django.db import transaction

from accounts.models import User
from tickets.models import CalendarFeed
from tickets.operations._tickets import require_firm_staff


@transaction.atomic(durable=True)
def revoke_feed(*, actor: User) -> None:
    """Let the actor's feed be found no more; without one, nothing happens."""
    require_firm_staff(actor)
    CalendarFeed.objects.filter(person=actor).delete()
