"""Let a ticket stand out again."""

from django.db import transaction

from accounts.models import User
from tickets.models import ReadMark, Ticket
from tickets.models.reading import UNREAD
from tickets.operations._tickets import require_firm_staff


@transaction.atomic(durable=True)
def mark_unread(*, ticket_id: int, actor: User) -> None:
    """Show the ticket as unread to the actor until they open it again.

    :raises Ticket.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    ticket = Ticket.objects.visible_to(actor).only("pk").get(pk=ticket_id)
    ReadMark.objects.update_or_create(person=actor, ticket=ticket, defaults={"number": UNREAD})
