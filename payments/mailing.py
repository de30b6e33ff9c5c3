"""The mail that announces a collection which the invoice did not announce."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from billing.mailing import NoRecipient, recipients_of
from core.display import day_text, money_text
from payments.models import DirectDebit


def notice_mail(debit: DirectDebit) -> EmailMessage:
    """Return the mail: how much is collected when, from which account, by which mandate.

    :raises NoRecipient: the client has no address for invoices
    """
    invoice, entity = debit.invoice, debit.batch.legal_entity
    recipients = recipients_of(invoice.client)
    if not recipients:
        raise NoRecipient(
            _("%(client)s has no e-mail address for invoices.") % {"client": invoice.client.name}
        )
    with translation.override(invoice.language):
        words = {"number": invoice.number, "firm": entity.name}
        return EmailMessage(
            subject=_("Direct debit for invoice %(number)s of %(firm)s") % words,
            body=render_to_string("payments/mail/notice.txt", _facts(debit)),
            from_email=formataddr((entity.name, settings.DEFAULT_FROM_EMAIL)),
            to=recipients,
            reply_to=[entity.email] if entity.email else [],
            headers={"Message-ID": _message_id(debit)},
        )


def _facts(debit: DirectDebit) -> dict[str, object]:
    batch = debit.batch
    return {
        "amount": money_text(debit.amount, "EUR"),
        "day": day_text(batch.collect_on),
        "invoice": debit.invoice,
        "mandate": debit.mandate,
        "firm": batch.legal_entity,
    }


def _message_id(debit: DirectDebit) -> str:
    """Return the same name however often it is sent, so that mailboxes show it once."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return f"<debit-{debit.end_to_end_id}@{domain}>"
