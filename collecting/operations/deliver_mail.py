"""Sending the mails of this room: each once, each failure kept and tried again."""

from datetime import datetime
from functools import partial

from django.db import transaction

from collecting.dispute_mail import dispute_mail
from collecting.models import CollectingMail, MailKind
from collecting.operations._sending import send_reminder, send_statement
from collecting.queries.working_hours import next_working_moment
from core.outbox import attempt


@transaction.atomic(durable=True)
def deliver_mail(*, mail_id: int, now: datetime) -> None:
    """Send the mail, unless it is sent or another worker is at it.

    A reminder whose turn comes while the firm is closed waits until it opens.
    """
    rows = CollectingMail.objects.all()
    reminders = rows.filter(pk=mail_id, kind=MailKind.REMINDER, state="waiting")
    if reminders.exists() and (opens_at := next_working_moment(now)) > now:
        reminders.update(due_at=opens_at)
        return
    attempt(rows, mail_id, partial(_deliver, now=now), now)


def _deliver(row: CollectingMail, now: datetime) -> None:
    if row.kind == MailKind.REMINDER:
        send_reminder(row, now)
    elif row.kind == MailKind.STATEMENT:
        send_statement(row)
    else:
        dispute_mail(row).send()
