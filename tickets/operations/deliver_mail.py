"""Send a mail that waits in the outbox."""

from datetime import datetime

from django.db import transaction

from core.outbox import attempt
from tickets.mailing import ticket_mail
from tickets.models import OutboundMail


@transaction.atomic(durable=True)
def deliver_mail(*, mail_id: int, now: datetime) -> None:
    """Send it unless it is sent or another worker is at it; a failure is kept and tried again.

    A worker that dies between the mail server's yes and its own commit sends it once more, under
    the same Message-ID, by which mailboxes keep one copy.
    """
    rows = OutboundMail.objects.select_related(
        "ticket__client", "ticket__contact", "mailbox", "note__author"
    )
    attempt(rows, mail_id, _send, now)


def _send(row: OutboundMail) -> None:
    ticket_mail(row).send()
