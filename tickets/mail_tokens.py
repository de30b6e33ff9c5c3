"""Signed marks by which an answer finds its ticket, and a rating its reader."""

import re
from base64 import b32encode

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from tickets.models import Mailbox, Ticket

LENGTH = 12
RATING = "tickets.rating"
RATING_LASTS = 60 * 60 * 24 * 60
_MARK = re.compile(r"(?<![\w-])(\d{1,18})-([a-z2-7]{12})(?![\w-])", re.IGNORECASE)


def mark_of(ticket_pk: int) -> str:
    """Return the ticket's mark: its key and a signature nobody else can make."""
    return f"{ticket_pk}-{_signature(ticket_pk, settings.SECRET_KEY)}"


def marked_tickets(text: str) -> list[int]:
    """Return the tickets whose genuine marks stand in the text."""
    found = [(int(key), signature.lower()) for key, signature in _MARK.findall(text[:4000])]
    return [key for key, signature in found if _is_genuine(key, signature)]


def reply_address(mailbox: Mailbox, ticket: Ticket) -> str:
    """Return where answers go: with the mark in the address where the mailbox takes it."""
    if not mailbox.has_plus_addresses:
        return mailbox.address
    name, _at, domain = mailbox.address.partition("@")
    return f"{name}+{mark_of(ticket.pk)}@{domain}"


def rating_token(ticket_pk: int, contact_pk: int | None) -> str:
    """Return what lets whoever holds it rate this ticket, for sixty days."""
    return signing.dumps([ticket_pk, contact_pk], salt=RATING)


def rated_ticket(token: str) -> tuple[int, int | None] | None:
    """Return ticket and contact of a genuine token that has not run out."""
    try:
        ticket_pk, contact_pk = signing.loads(token, salt=RATING, max_age=RATING_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return ticket_pk, contact_pk


def _is_genuine(ticket_pk: int, signature: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(_signature(ticket_pk, str(key)), signature) for key in keys)


def _signature(ticket_pk: int, key: str) -> str:
    made = salted_hmac("tickets.mail", str(ticket_pk), secret=key, algorithm="sha256").digest()
    return b32encode(made).decode().lower()[:LENGTH]
