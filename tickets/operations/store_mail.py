"""Keep a mail as it came, before anything is done with it."""

from datetime import datetime

from django.db import transaction

from core.doorbell import ring
from tickets.models import InboundMail, MailReason, MailState

WORK = "tickets.mail_tasks.work_on_mails"


@transaction.atomic(durable=True)
def store_mail(
    *,
    raw: bytes,
    key: str,
    now: datetime,
    mailbox_id: int | None = None,
    size: int | None = None,
) -> InboundMail:
    """Store the bytes under their key, once however often they are delivered.

    Where ``size`` says that there was more, only the beginning came: a person has to look.
    """
    is_whole = size is None or size <= len(raw)
    mail, is_new = InboundMail.objects.get_or_create(
        key=key,
        defaults={
            "raw": raw,
            "size": len(raw) if size is None else size,
            "mailbox_id": mailbox_id,
            "received_at": now,
            "due_at": now,
            "state": MailState.WAITING,
            "reason": MailReason.NONE if is_whole else MailReason.TOO_LARGE,
        },
    )
    if is_new:
        ring(WORK)
    return mail
