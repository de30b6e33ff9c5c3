"""The mail by which a rule tells somebody about a ticket."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.outbox import Undeliverable
from tickets.models import RuleNotice


def notice_mail(notice: RuleNotice) -> EmailMessage:
    """Return the mail, in the language of who reads it.

    :raises Undeliverable: the person has gone, or has no address
    """
    person, ticket = notice.person, notice.run.ticket
    if not person.is_active or not person.email:
        raise Undeliverable(_("There is nobody to write to any more."))
    with translation.override(person.language):
        words = {
            "rule": notice.run.rule_name,
            "ticket": ticket,
            "link": settings.PUBLIC_URL + reverse("tickets:ticket", args=[ticket.pk]),
        }
        subject = _("%(ticket)s: %(rule)s") % {
            "ticket": ticket.number,
            "rule": " ".join(notice.run.rule_name.split()),
        }
        body = render_to_string("tickets/mail/rule_notice.txt", words)
    return EmailMessage(
        subject=subject, body=body, to=[person.email], headers={"Message-ID": _message_id(notice)}
    )


def _message_id(notice: RuleNotice) -> str:
    """Return the same id however often the mail is tried, so that mailboxes keep one copy."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<rule-notice-{notice.pk}@{domain}>"
