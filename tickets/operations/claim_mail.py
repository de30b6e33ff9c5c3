"""Take a stored mail to work on it."""

from datetime import datetime, timedelta

from django.db import transaction

from tickets.models import InboundMail, MailReason, MailState

MOST_ATTEMPTS = 5
LONGEST_WORK = timedelta(minutes=12)


@transaction.atomic(durable=True)
def claim_mail(*, mail_id: int, now: datetime) -> bool:
    """Count the attempt before it is made, so that a mail that kills workers is found out.

    Says whether the caller is to work on it; after five attempts a person is.
    """
    waiting = InboundMail.objects.without_bytes().filter(pk=mail_id, state=MailState.WAITING)
    mail = waiting.filter(due_at__lte=now).select_for_update(skip_locked=True, of=("self",)).first()
    if mail is None:
        return False
    if mail.attempts >= MOST_ATTEMPTS:
        mail.state, mail.reason = MailState.TRIAGE, MailReason.FAILED
        mail.save(update_fields=["state", "reason"])
        return False
    mail.attempts += 1
    mail.due_at = now + LONGEST_WORK
    mail.save(update_fields=["attempts", "due_at"])
    return True
