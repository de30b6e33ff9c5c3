"""The mails that go out about a ticket, each in its client's language."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import LegalEntity
from core.outbox import Undeliverable
from tickets.domain.mail_text import ABOVE_THIS_LINE
from tickets.mail_tokens import mark_of, rating_token, reply_address
from tickets.models import OutboundKind, OutboundMail, Score
from tickets.queries.followers import copied_addresses
from tickets.queries.mails import thread_of

MOST_ATTACHED = 10 * 1024 * 1024
TEMPLATES = {
    OutboundKind.REPLY: "tickets/mail/reply.txt",
    OutboundKind.RECEIVED: "tickets/mail/received.txt",
    OutboundKind.CLOSED: "tickets/mail/closed.txt",
}


def ticket_mail(row: OutboundMail) -> EmailMessage:
    """Return the mail as it is sent, however often that is tried: its id never changes.

    :raises Undeliverable: nobody is to receive it
    """
    ticket = row.ticket
    still_following = set(copied_addresses(ticket, row.recipients))
    copies = [one for one in row.copies if one in still_following]
    if not row.recipients and not copies:
        raise Undeliverable(_("Nobody is to receive this mail."))
    with translation.override(ticket.client.language):
        mail = EmailMessage(
            subject=f"[{ticket.number}:{mark_of(ticket.pk)}] {' '.join(ticket.subject.split())}",
            body=render_to_string(TEMPLATES[OutboundKind(row.kind)], _facts(row)),
            from_email=_named(row),
            to=row.recipients or copies,
            cc=copies if row.recipients else [],
            reply_to=[reply_address(row.mailbox, ticket)],
            headers=_headers(row),
        )
    _attach_files(mail, row)
    return mail


def _named(row: OutboundMail) -> str:
    name = row.mailbox.sender_name or LegalEntity.objects.current().name
    quoted = name.replace("\\", "").replace('"', "")
    return f'"{quoted}" <{row.mailbox.address}>'


def _headers(row: OutboundMail) -> dict[str, str]:
    earlier = [one for one in thread_of(row.ticket) if one != row.message_id and one.isascii()]
    thread = [f"<{one}>" for one in earlier]
    headers = {"Message-ID": f"<{row.message_id}>"}
    if thread:
        headers |= {"In-Reply-To": thread[-1], "References": " ".join(thread)}
    is_by_rule = row.note is not None and row.note.is_by_rule
    if row.kind != OutboundKind.REPLY or is_by_rule:
        headers |= {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    return headers


def _facts(row: OutboundMail) -> dict[str, object]:
    return {
        "ticket": row.ticket,
        "note": row.note,
        "firm": LegalEntity.objects.current(),
        "above": ABOVE_THIS_LINE,
        "portal": _portal_link(row),
        "ratings": _ratings(row),
    }


def _portal_link(row: OutboundMail) -> str:
    contact = row.ticket.contact
    if contact is None or contact.user_id is None:
        return ""
    try:
        return settings.PUBLIC_URL + reverse("portal:ticket", args=[row.ticket_id])
    except NoReverseMatch:
        return ""


def _ratings(row: OutboundMail) -> list[tuple[str, str]]:
    """Return the words of the ratings with their links, the best first."""
    if not (row.ticket.is_closed and row.mailbox.asks_for_rating):
        return []
    token = rating_token(row.ticket_id, row.ticket.contact_id)
    link = settings.PUBLIC_URL + reverse("tickets:rate", args=[token])
    best_first = sorted(Score, reverse=True)
    return [(str(score.label), f"{link}?score={score.value}") for score in best_first]


def _attach_files(mail: EmailMessage, row: OutboundMail) -> None:
    """Attach the reply's files, as long as mail servers take them; the portal has them all."""
    if row.note is None or row.kind != OutboundKind.REPLY:
        return
    left = MOST_ATTACHED
    for attachment in row.note.attachments.all():
        left -= attachment.size
        if left >= 0:
            with attachment.file.open("rb") as file:
                mail.attach(attachment.name, file.read(), attachment.content_type)
