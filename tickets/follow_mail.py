"""The mail that tells one of the firm's people of a ticket that they follow."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.outbox import Undeliverable
from tickets.models import FollowNotice
from tickets.models.mailbox import Mailbox

# Other machines answer none of it (RFC 3834), and what they answer all the same tells nobody.
NO_ANSWER = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def follow_mail(notice: FollowNotice) -> EmailMessage:
    """Return the mail, in the language of who reads it.

    :raises Undeliverable: the person has gone, or has no address of their own
    """
    person, ticket = notice.person, notice.ticket
    if not (person.is_active and person.is_firm_staff and person.email):
        raise Undeliverable(_("There is nobody to write to any more."))
    if Mailbox.objects.filter(address__iexact=person.email).exists():
        raise Undeliverable(_("The address is that of a board: the mail would come back."))
    with translation.override(person.language):
        words = {
            "notice": notice,
            "ticket": ticket,
            "link": settings.PUBLIC_URL + reverse("tickets:ticket", args=[ticket.pk]),
        }
        subject = f"{ticket.number}: {' '.join(ticket.subject.split())}"
        body = render_to_string("tickets/mail/follow.txt", words)
    return EmailMessage(
        subject=subject,
        body=body,
        to=[person.email],
        headers={"Message-ID": _message_id(notice), **NO_ANSWER},
    )


def _message_id(notice: FollowNotice) -> str:
    """Return the same id however often the mail is tried, so that mailboxes keep one copy."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<follow-notice-{notice.pk}@{domain}>"
