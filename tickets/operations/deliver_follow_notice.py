"""Send a notice to one of the firm's people who follow a ticket."""

from datetime import datetime

from django.db import transaction

from core.outbox import attempt
from tickets.follow_mail import follow_mail
from tickets.models import FollowNotice, TicketFollower


@transaction.atomic(durable=True)
def deliver_follow_notice(*, notice_id: int, now: datetime) -> None:
    """Send it, unless it is sent or another worker is at it; a failure is kept and tried again.

    Nothing goes to somebody who follows the ticket no more.
    """
    rows = FollowNotice.objects.select_related(
        "ticket__client", "ticket__status", "person", "note__author", "note__contact", "step"
    )
    attempt(rows, notice_id, _send, now)


def _send(row: FollowNotice) -> None:
    following = TicketFollower.objects.filter(ticket=row.ticket_id, person=row.person_id)
    if following.exists():
        follow_mail(row).send()
