"""Say how the help on a ticket was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tickets.models import Rating, RatingChannel, Score, Ticket
from tickets.refusals import NotRateable

LONGEST_COMMENT = 4000


@transaction.atomic(durable=True)
def rate_ticket(
    *,
    ticket_id: int,
    score: int,
    comment: str,
    channel: RatingChannel,
    now: datetime,
    contact_id: int | None = None,
) -> Rating:
    """Keep the client's word on a closed ticket; a later word takes the place of the first.

    :raises NotRateable: the ticket is open
    """
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket_id)
    if not ticket.is_closed:
        raise NotRateable(_("This ticket is open again. Tell us once it is closed."))
    rating, _made = Rating.objects.update_or_create(
        ticket=ticket,
        defaults={
            "score": Score(score),
            "comment": comment.replace("\x00", "").strip()[:LONGEST_COMMENT],
            "contact_id": contact_id,
            "technician_id": ticket.assignee_id,
            "channel": channel,
            "given_at": now,
        },
    )
    return rating
