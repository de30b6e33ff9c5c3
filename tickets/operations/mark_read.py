"""Note how far somebody has read a ticket."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import User
from tickets.models import ReadMark, Ticket
from tickets.operations._tickets import require_firm_staff


@transaction.atomic(durable=True)
def mark_read(*, ticket_id: int, number: int, actor: User) -> None:
    """Note that the actor has read the ticket up to this news; reading never goes back.

    :raises Ticket.DoesNotExist: it is not there for this person
    """
    require_firm_staff(actor)
    ticket = Ticket.objects.visible_to(actor).only("pk").get(pk=ticket_id)
    marks = ReadMark.objects.filter(person=actor, ticket=ticket)
    if marks.update(number=Greatest(F("number"), number)):
        return
    made = ReadMark(person=actor, ticket=ticket, number=number)
    ReadMark.objects.bulk_create([made], ignore_conflicts=True)
