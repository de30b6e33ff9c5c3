"""Put tags on a ticket and take some off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.tags import MOST_TAGS, tag_names
from tickets.models import Ticket, TicketTag
from tickets.models.tag import LONGEST_TAG
from tickets.operations._occurrences import note_change
from tickets.operations._tags import tag_of
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.refusals import TooManyTags


@transaction.atomic(durable=True)
def retag_ticket(
    *,
    ticket_id: int,
    actor: User,
    now: datetime,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
) -> Ticket:
    """Add and remove tags by name; two people who do so at once both get what they wanted.

    :raises TooManyTags: there would be more than anybody reads, or one is too long
    """
    require_firm_staff(actor)
    ticket = lock_ticket(ticket_id, actor)
    wanted, unwanted = tag_names(add), tag_names(remove)
    if any(len(name) > LONGEST_TAG for name in wanted):
        raise TooManyTags(_("A tag has at most %(n)s characters.") % {"n": LONGEST_TAG})
    gone, _rows = TicketTag.objects.filter(ticket=ticket, tag__name__in=unwanted).delete()
    is_changed = gone > 0
    for name in wanted:
        _row, is_new = TicketTag.objects.get_or_create(ticket=ticket, tag=tag_of(name))
        is_changed = is_changed or is_new
    if ticket.ticket_tags.count() > MOST_TAGS:
        raise TooManyTags(_("A ticket has at most %(n)s tags.") % {"n": MOST_TAGS})
    if is_changed:
        note_change(ticket, now, "tag")
    return ticket
