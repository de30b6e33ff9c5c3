"""Keeping mails in the app, for an installation without a mail server."""

from collections.abc import Iterator, Sequence
from email.message import Message
from typing import TypedDict

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core.models import KeptMail

PRIVATE = "X-Fixpoint-Private"


class KeptAttachment(TypedDict):
    """What is remembered of an attachment."""

    name: str
    type: str
    size: int


class KeptMailBackend(BaseEmailBackend):
    """Stores each mail where staff can read it.

    A mail with a secret link carries the header ``X-Fixpoint-Private`` and is for administrators
    alone. The mail is a row like any other: it is kept if and only if the transaction commits.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails and return how many there are."""
        for mail in email_messages:
            KeptMail.objects.create(
                sender=mail.extra_headers.get("From", mail.from_email),
                recipients=", ".join(mail.recipients()),
                subject=str(mail.subject),
                body=str(mail.body),
                attachments=list(_attachments(mail)),
                is_private=PRIVATE in mail.extra_headers,
            )
        return len(email_messages)


def _attachments(mail: EmailMessage) -> Iterator[KeptAttachment]:
    for attached in mail.attachments:
        if isinstance(attached, Message):
            content = attached.get_payload(decode=True)
            name, kind = attached.get_filename() or "", attached.get_content_type()
        else:
            name, content, kind = attached[0] or "", attached[1], attached[2] or ""
        size = len(content) if isinstance(content, bytes | str) else 0
        yield KeptAttachment(name=name, type=kind, size=size)
