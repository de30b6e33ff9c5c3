"""Let somebody follow a ticket."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Contact
from tickets.models import FollowSource, Ticket, TicketFollower
from tickets.operations._followers import follow
from tickets.operations._merges import require_not_merged
from tickets.operations._tickets import lock_ticket
from tickets.refusals import NotToFollow


@transaction.atomic(durable=True)
def add_follower(
    *,
    ticket_id: int,
    actor: User,
    now: datetime,
    person_id: int | None = None,
    contact_id: int | None = None,
) -> TicketFollower:
    """Add a colleague or a contact of the client; who follows already goes on doing so.

    A client's person adds themselves only.

    :raises NotToFollow: not active, of another client, or without an address
    :raises MergedAway: the ticket goes on in another one
    """
    ticket = lock_ticket(ticket_id, actor)
    require_not_merged(ticket)
    if contact_id is None:
        one: User | Contact = _colleague(person_id, actor)
    else:
        one = _contact(contact_id, ticket, actor)
    row, _new = follow(ticket, one, source=FollowSource.HAND, added_by=actor, now=now)
    return row


def _colleague(person_id: int | None, actor: User) -> User:
    person: User | None = User.objects.staff().filter(pk=person_id).first()
    if person is None or not actor.is_firm_staff:
        raise NotToFollow(_("Only the firm's active people and the client's contacts can follow."))
    return person


def _contact(contact_id: int, ticket: Ticket, actor: User) -> Contact:
    own = Contact.objects.visible_to(actor).filter(client=ticket.client_id)
    if not actor.is_firm_staff:
        own = own.filter(user=actor)
    contact = own.select_related("user").filter(pk=contact_id).first()
    if contact is None:
        raise NotToFollow(_("This is no contact of %(client)s.") % {"client": ticket.client})
    if not contact.email:
        raise NotToFollow(_("%(name)s has no e-mail address.") % {"name": contact})
    if contact.user is not None and not contact.user.is_active:
        raise NotToFollow(
            _("The access of %(name)s was closed: they are told nothing.") % {"name": contact}
        )
    return contact
