"""Mails for tests, as mail programs write them."""

from email.message import EmailMessage

from tickets.models import InboundMail
from tickets.operations.claim_mail import claim_mail
from tickets.operations.place_mail import place_mail
from tickets.operations.store_mail import store_mail
from tickets.tests.conftest import NOW

SUPPORT = "support@firm.example"


def letter(
    sender: str = "Camille Martin <camille@client.example>",
    subject: str = "Printer broken",
    text: str = "It prints nothing.",
    message_id: str = "<first@client.example>",
    **headers: str,
) -> bytes:
    """Return a plain mail to the desk; ``in_reply_to="<…>"`` adds a header of that name."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, SUPPORT, subject
    mail["Message-ID"] = message_id
    for name, value in headers.items():
        header = name.replace("_", "-").title()
        del mail[header]
        mail[header] = value
    mail.set_content(text)
    return bytes(mail)


def receive(raw: bytes, key: str = "") -> InboundMail:
    """Store a mail and work on it, as the worker does; return what became of it."""
    stored = store_mail(raw=raw, key=key or f"test:{InboundMail.objects.count()}", now=NOW)
    if claim_mail(mail_id=stored.pk, now=NOW):
        place_mail(mail_id=stored.pk, now=NOW)
    stored.refresh_from_db()
    return stored
