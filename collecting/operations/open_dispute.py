"""Disputing a line of an issued invoice."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from collecting.models import Dispute, DisputeGround, MailKind
from collecting.operations._disputes import (
    DisputeRefused,
    guard_line,
    lock_line,
    required,
    say,
    tell_other_side,
)

__all__ = ["DisputeRefused", "Objection", "open_dispute"]


@dataclass(frozen=True, slots=True)
class Objection:
    """What is wrong with a line, in a word and in the client's own words."""

    ground: DisputeGround
    body: str


@transaction.atomic(durable=True)
def open_dispute(*, line_id: int, objection: Objection, actor: User, now: datetime) -> Dispute:
    """Let a line count as disputed from now on; the other side gets a mail.

    :raises DisputeRefused: it is no line of an issued invoice, or disputed or credited already
    """
    line = lock_line(line_id)
    body = required(objection.body)
    invoice = guard_line(line)
    dispute = Dispute.objects.create(
        invoice=invoice,
        line=line,
        ground=DisputeGround(objection.ground),
        opened_at=now,
        opened_by=actor,
    )
    message = say(dispute, body, actor, now)
    tell_other_side(
        dispute, MailKind.DISPUTE_OPENED, message, is_to_client=bool(actor.is_firm_staff)
    )
    return dispute
