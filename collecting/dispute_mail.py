"""The mails about disputed lines, each in its reader's language."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from billing.mailing import NoRecipient, recipients_of
from billing.wording import firm_language
from clients.models import LegalEntity
from collecting.models import CollectingMail, Dispute, MailKind
from collecting.queries.disputed import line_with_tax
from core.display import money_text


def dispute_mail(row: CollectingMail) -> EmailMessage:
    """Return the mail to the other side.

    :raises NoRecipient: nobody on that side has an address
    """
    dispute = row.dispute
    assert dispute is not None  # noqa: S101  (mails about disputes name theirs)
    entity = dispute.invoice.legal_entity
    recipients, language = _of_client(dispute) if row.is_to_client else _of_firm(dispute, entity)
    with translation.override(language):
        return EmailMessage(
            subject=_subject(row, dispute),
            body=render_to_string("collecting/mail/dispute.txt", _facts(row, dispute)),
            from_email=formataddr((entity.name, settings.DEFAULT_FROM_EMAIL)),
            to=recipients,
            reply_to=[entity.email] if entity.email else [],
            headers={"Message-ID": message_id(row)},
        )


def message_id(row: CollectingMail) -> str:
    """Return the same id however often the mail is tried, so that mailboxes keep one copy."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<collecting-{row.pk}@{domain}>"


def _of_client(dispute: Dispute) -> tuple[list[str], str]:
    """Return who disputed it, or else who receives the invoices."""
    client, opener = dispute.invoice.client, dispute.opened_by
    if not opener.is_firm_staff and opener.is_active and opener.email:
        return [opener.email], opener.language
    recipients = recipients_of(client)
    if not recipients:
        raise NoRecipient(
            _("%(client)s has no e-mail address for invoices.") % {"client": client.name}
        )
    return recipients, client.language


def _of_firm(dispute: Dispute, entity: LegalEntity) -> tuple[list[str], str]:
    """Return the account manager, or else the firm's own address."""
    manager = dispute.invoice.client.account_manager
    if manager is not None and manager.is_active and manager.email:
        return [manager.email], manager.language
    if not entity.email:
        raise NoRecipient(_("%(firm)s has no e-mail address.") % {"firm": entity.name})
    return [entity.email], firm_language(entity)


def _subject(row: CollectingMail, dispute: Dispute) -> str:
    words = {"number": dispute.invoice.number, "client": dispute.invoice.client.name}
    if row.kind == MailKind.DISPUTE_OPENED and not row.is_to_client:
        return _("%(client)s disputes a line of invoice %(number)s") % words
    if row.kind == MailKind.DISPUTE_ENDED and row.is_to_client:
        return _("Our answer about invoice %(number)s") % words
    return _("About a disputed line of invoice %(number)s") % words


def _facts(row: CollectingMail, dispute: Dispute) -> dict[str, object]:
    invoice = dispute.invoice
    name, pk = ("portal:dispute", "collecting:dispute")[not row.is_to_client], dispute.pk
    return {
        "row": row,
        "dispute": dispute,
        "invoice": invoice,
        "amount": money_text(line_with_tax(dispute.line), invoice.currency),
        "body": row.message.body if row.message else "",
        "link": settings.PUBLIC_URL + reverse(name, args=[pk]),
        "firm": invoice.legal_entity,
    }
