"""Take a link between tickets away."""

from django.db import transaction

from accounts.models import User
from tickets.models import TicketLink
from tickets.operations._tickets import require_firm_staff


@transaction.atomic(durable=True)
def unlink_tickets(*, link_id: int, actor: User) -> None:
    """Take the link away; both tickets stay as they are.

    :raises TicketLink.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    TicketLink.objects.visible_to(actor).get(pk=link_id).delete()
