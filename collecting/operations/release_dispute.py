"""Ending a dispute because the line stands as it was invoiced."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from collecting.models import Dispute, DisputeState, MailKind
from collecting.operations._disputes import (
    DisputeRefused,
    end,
    lock_open,
    required,
    say,
    tell_other_side,
)

__all__ = ["DisputeRefused", "release_dispute"]


@transaction.atomic(durable=True)
def release_dispute(*, dispute_id: int, answer: str, actor: User, now: datetime) -> Dispute:
    """Ask for the line's amount again, with an answer that the client gets by mail.

    :raises DisputeRefused: the dispute has ended, or no answer was given
    """
    dispute = lock_open(dispute_id)
    message = say(dispute, required(answer), actor, now)
    end(dispute, DisputeState.RELEASED, actor, now)
    tell_other_side(dispute, MailKind.DISPUTE_ENDED, message, is_to_client=True)
    return dispute
