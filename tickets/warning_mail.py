"""The mail that tells somebody that a promise runs out."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tickets.models import SLAWarning


class NoAddress(Exception):
    """There is nobody to write to."""


def warning_mail(warning: SLAWarning) -> EmailMessage:
    """Return the mail, in the language of who reads it.

    :raises NoAddress: the person has gone, or has no address
    """
    person = warning.person
    if person is None or not person.is_active or not person.email:
        raise NoAddress(_("There is nobody to write to any more."))
    ticket = warning.ticket
    with translation.override(person.language):
        words = {
            "warning": warning,
            "ticket": ticket,
            "is_over": warning.percent >= 100,  # noqa: PLR2004  (all of it)
            "link": settings.PUBLIC_URL + reverse("tickets:ticket", args=[ticket.pk]),
        }
        subject = _("%(ticket)s: %(percent)s %% of the time for the %(kind)s is used") % {
            "ticket": ticket.number,
            "percent": warning.percent,
            "kind": warning.get_kind_display(),
        }
        with timezone.override(timezone.get_default_timezone()):
            body = render_to_string("tickets/mail/warning.txt", words)
    return EmailMessage(
        subject=subject,
        body=body,
        to=[person.email],
        headers={"Message-ID": _message_id(warning)},
    )


def _message_id(warning: SLAWarning) -> str:
    """Return the same id however often the mail is tried, so that mailboxes keep one copy."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<sla-warning-{warning.pk}@{domain}>"
