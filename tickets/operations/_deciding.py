"""Steps for mails that a person decides about; they open no transaction."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.domain.mail_reading import Envelope, ReadMail, read_mail
from tickets.domain.mail_words import text_of
from tickets.models import InboundMail, MailReason, MailState, Note
from tickets.operations._tickets import require_firm_staff
from tickets.refusals import MailPlaced

LONGEST_SHOWN = 20_000


def lock_mail(mail_id: int, actor: User) -> InboundMail:
    """Return a mail, locked, that waits for a decision.

    :raises MailPlaced: a colleague was quicker
    """
    require_firm_staff(actor)
    row = InboundMail.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=mail_id)
    if not row.can_be_placed:
        raise MailPlaced(_("This mail has been dealt with already."))
    return row


def read_for_person(row: InboundMail) -> ReadMail:
    """Return the mail; what cannot be read is given as the text that it is.

    Where another note has its Message-ID, it goes without one: a person has seen both.
    """
    try:
        return _with_free_id(read_mail(bytes(row.raw)))
    except Exception:  # noqa: BLE001  (whatever is wrong with it, a person wants to see it)
        head = read_mail(b"\n")
        envelope = Envelope(
            message_id=row.message_id,
            sender=row.sender,
            sender_name=row.sender_name,
            subject=row.subject,
        )
        text = text_of(bytes(row.raw)[:LONGEST_SHOWN])
        return ReadMail(
            envelope=envelope, text=text, quoted="", html="", files=(), message=head.message
        )


def _with_free_id(mail: ReadMail) -> ReadMail:
    envelope = mail.envelope
    if not Note.objects.filter(message_id=envelope.message_id).exclude(message_id="").exists():
        return mail
    return replace(mail, envelope=replace(envelope, message_id=""))


def decide(
    row: InboundMail,
    note: Note | None,
    *,
    actor: User,
    now: datetime,
    state: MailState = MailState.DONE,
    reason: MailReason | None = None,
) -> None:
    """Note who decided what about the mail, and when."""
    row.state, row.decided_by, row.decided_at = state, actor, now
    if reason is not None:
        row.reason = reason
    if note is not None:
        row.note, row.ticket_id = note, note.ticket_id
    row.save(update_fields=["state", "reason", "decided_by", "decided_at", "note", "ticket"])
