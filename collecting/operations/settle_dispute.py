"""Ending a dispute because the line was credited."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Charge, Invoice
from collecting.models import Dispute, DisputeState, MailKind
from collecting.operations._disputes import (
    DisputeRefused,
    end,
    lock_open,
    say,
    tell_other_side,
)

__all__ = ["DisputeRefused", "settle_dispute"]


@transaction.atomic(durable=True)
def settle_dispute(*, dispute_id: int, answer: str, actor: User | None, now: datetime) -> Dispute:
    """End the dispute with the latest credit note that takes back something of its line.

    :raises DisputeRefused: it has ended, or nothing of the line was credited since it was opened
    """
    dispute = lock_open(dispute_id)
    note = _note_of(dispute)
    if note is None:
        raise DisputeRefused(_("Nothing of this line has been credited since it was disputed."))
    text = answer.strip()
    message = say(dispute, text, actor, now) if text and actor else None
    end(dispute, DisputeState.CREDITED, actor, now, credit_note=note)
    tell_other_side(dispute, MailKind.DISPUTE_ENDED, message, is_to_client=True)
    return dispute


def _note_of(dispute: Dispute) -> Invoice | None:
    """Return the last credit note on the line that was issued since it is disputed."""
    taken = Charge.objects.filter(credits_id=dispute.line_id, rated_at__gte=dispute.opened_at)
    last = taken.select_related("invoice").order_by("-pk").first()
    return last.invoice if last else None
