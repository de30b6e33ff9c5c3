"""Work on a stored mail: put it onto a ticket, or before a person."""

import logging
from datetime import datetime

from django.db import transaction

from core.outbox import pause_after
from tickets.domain.mail_reading import ReadMail, read_mail
from tickets.models import InboundMail, MailReason, MailState
from tickets.operations._mails_in import describe, settle, sort_mail

log = logging.getLogger(__name__)
HEAD = 64 * 1024


@transaction.atomic(durable=True)
def place_mail(*, mail_id: int, now: datetime) -> None:
    """Do it all or nothing; a failure is kept with the mail and tried again, nothing is lost."""
    waiting = InboundMail.objects.filter(pk=mail_id, state=MailState.WAITING)
    row = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return
    try:
        with transaction.atomic():
            _place(row, now)
    except Exception as error:
        log.exception("A mail could not be worked on: %s", row.key)
        kept = InboundMail.objects.without_bytes().filter(pk=row.pk)
        told = str(error).replace("\x00", "") or type(error).__name__
        kept.update(last_error=told, due_at=now + pause_after(max(row.attempts, 1)))


def _place(row: InboundMail, now: datetime) -> None:
    if row.reason == MailReason.TOO_LARGE:
        _show_head(row, MailReason.TOO_LARGE)
        return
    mail = _read(row)
    if mail is None:
        _show_head(row, MailReason.UNREADABLE)
    else:
        sort_mail(row, mail, now)


def _read(row: InboundMail) -> ReadMail | None:
    """Return the mail, None where it cannot be read at all."""
    try:
        return read_mail(bytes(row.raw))
    except Exception:
        log.exception("A mail cannot be read: %s", row.key)
        return None


def _show_head(row: InboundMail, reason: MailReason) -> None:
    """Say who wrote it if that much can be read, and leave the rest to a person."""
    head = bytes(row.raw)[:HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
    try:
        describe(row, read_mail(head))
    except Exception:
        log.exception("Not even its head can be read: %s", row.key)
    settle(row, MailState.TRIAGE, reason)
