"""Throw a mail away that is for nobody."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.models import InboundMail, MailState
from tickets.operations._deciding import decide, lock_mail


@transaction.atomic(durable=True)
def discard_mail(*, mail_id: int, actor: User, now: datetime) -> InboundMail:
    """Take the mail out of the queue; its bytes stay, and it can be brought back.

    :raises MailPlaced: a colleague was quicker
    """
    row = lock_mail(mail_id, actor)
    decide(row, None, actor=actor, now=now, state=MailState.DISCARDED)
    return row
