"""The mail that brings a client its statement of account."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from billing.mailing import NoRecipient, recipients_of
from clients.models import LegalEntity
from collecting.dispute_mail import message_id
from collecting.models import CollectingMail, SentStatement
from collecting.queries.statements import statements_of
from collecting.statement_paper import statement_pdf
from core.display import days_text, money_text


def statement_mail(row: CollectingMail, sent: SentStatement) -> EmailMessage:
    """Return the mail with the statement as PDF, in the client's language.

    :raises NoRecipient: the client has no address for invoices
    """
    client, entity = sent.client, LegalEntity.objects.current()
    recipients = recipients_of(client)
    if not recipients:
        raise NoRecipient(
            _("%(client)s has no e-mail address for invoices.") % {"client": client.name}
        )
    found = statements_of(client, sent.first_on, sent.last_on, entity.zone)
    with translation.override(client.language):
        mail = EmailMessage(
            subject=_("Statement of account - %(firm)s") % {"firm": entity.name},
            body=render_to_string(
                "collecting/mail/statement.txt",
                {
                    "days": days_text(sent.first_on, sent.last_on),
                    "sums": [money_text(one.statement.closing, one.currency) for one in found],
                    "portal": settings.PUBLIC_URL + reverse("portal:statement"),
                    "firm": entity,
                },
            ),
            from_email=formataddr((entity.name, settings.DEFAULT_FROM_EMAIL)),
            to=recipients,
            reply_to=[entity.email] if entity.email else [],
            headers={"Message-ID": message_id(row)},
        )
    pdf = statement_pdf(client, entity, sent.first_on, sent.last_on, client.language)
    mail.attach(file_name(sent), pdf, "application/pdf")
    return mail


def file_name(sent: SentStatement) -> str:
    """Return what the file is called."""
    return f"{sent.client.code}-{sent.first_on:%Y%m%d}-{sent.last_on:%Y%m%d}.pdf"
