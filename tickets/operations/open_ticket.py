"""Open a ticket."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Client
from tickets.domain.work import Response
from tickets.models import ChecklistItem, LinkKind, Ticket, TicketTemplate
from tickets.models.template import points_in
from tickets.operations._clock import keep_clock
from tickets.operations._links import add_link
from tickets.operations._opening import NewTicket, add_ticket
from tickets.operations._responses import add_response, new_status
from tickets.operations._tickets import lock_ticket, require_of_client
from tickets.refusals import SubjectMissing

__all__ = ["NewTicket", "open_ticket"]


@transaction.atomic(durable=True)
def open_ticket(
    *, new: NewTicket, actor: User, now: datetime, response: Response | None = None
) -> Ticket:
    """Open a ticket for a client that the actor may see, under the next number.

    A response is what was already done about it: 30 minutes on the phone, and closed.

    :raises Client.DoesNotExist: the client is not there for this person
    :raises Refusal: the subject is empty, contact, site or asset are another client's, or the
        response is not possible
    """
    client = Client.objects.visible_to(actor).get(pk=new.client_id)
    if not new.subject.strip():
        raise SubjectMissing(_("Say in a few words what it is about."))
    require_of_client(client, contact_id=new.contact_id, site_id=new.site_id, asset_id=new.asset_id)
    ticket = add_ticket(client, new, actor=actor, now=now)
    _add_points(ticket, new.template_id)
    _make_part(ticket, new.part_of_id, actor, now)
    if response is not None:
        add_response(ticket, response, new_status(ticket, response), actor=actor, now=now)
    keep_clock(ticket, now)
    return ticket


def _add_points(ticket: Ticket, template_id: int | None) -> None:
    """Take over the checklist of the template from which the ticket is opened."""
    if template_id is None:
        return
    template = TicketTemplate.objects.filter(pk=template_id).first()
    texts = points_in(template.checklist) if template is not None else []
    ChecklistItem.objects.bulk_create(
        ChecklistItem(ticket=ticket, text=text, position=position)
        for position, text in enumerate(texts, 1)
    )


def _make_part(ticket: Ticket, whole_id: int | None, actor: User, now: datetime) -> None:
    if whole_id is not None:
        whole = lock_ticket(whole_id, actor)
        add_link(ticket, whole, LinkKind.PART_OF, actor=actor, now=now)
