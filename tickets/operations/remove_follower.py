"""Let somebody follow a ticket no more."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import TicketFollower
from tickets.operations._tickets import lock_ticket
from tickets.refusals import NotForClients


@transaction.atomic(durable=True)
def remove_follower(*, follower_id: int, actor: User) -> None:
    """Take a follower off; the firm's people anybody, a client's person themselves.

    :raises NotForClients: a client's person tries it with somebody else
    """
    row = TicketFollower.objects.visible_to(actor).select_related("contact").get(pk=follower_id)
    lock_ticket(row.ticket_id, actor)
    is_own = row.contact is not None and row.contact.user_id == actor.pk
    if not actor.is_firm_staff and not is_own:
        raise NotForClients(_("Only the firm's own people can do this."))
    TicketFollower.objects.filter(pk=row.pk).delete()
