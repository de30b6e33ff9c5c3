"""Ending a dispute because the client accepts the line after all."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from collecting.models import Dispute, DisputeState, MailKind
from collecting.operations._disputes import DisputeRefused, end, lock_open, tell_other_side

__all__ = ["DisputeRefused", "withdraw_dispute"]


@transaction.atomic(durable=True)
def withdraw_dispute(*, dispute_id: int, actor: User, now: datetime) -> Dispute:
    """Let the client accept the line; the firm gets a mail, or the client where the firm did it.

    :raises DisputeRefused: the dispute has ended
    """
    dispute = lock_open(dispute_id)
    end(dispute, DisputeState.WITHDRAWN, actor, now)
    tell_other_side(dispute, MailKind.DISPUTE_ENDED, None, is_to_client=bool(actor.is_firm_staff))
    return dispute
