"""Saying something about a disputed line."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from collecting.models import DisputeMessage, MailKind
from collecting.operations._disputes import (
    DisputeRefused,
    lock_open,
    required,
    say,
    tell_other_side,
)

__all__ = ["DisputeRefused", "answer_dispute"]


@transaction.atomic(durable=True)
def answer_dispute(*, dispute_id: int, body: str, actor: User, now: datetime) -> DisputeMessage:
    """Add what one side says to the thread; the other side gets it by mail.

    :raises DisputeRefused: the dispute has ended, or nothing was said
    """
    dispute = lock_open(dispute_id)
    message = say(dispute, required(body), actor, now)
    tell_other_side(
        dispute, MailKind.DISPUTE_ANSWERED, message, is_to_client=bool(actor.is_firm_staff)
    )
    return message
