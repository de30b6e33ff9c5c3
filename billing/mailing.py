"""The mail that brings an invoice to its client."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from billing.mentions import DEBIT
from billing.models import Invoice, InvoiceDocument
from clients.models import Client, PortalScope
from core.display import money_text
from core.outbox import Undeliverable


class NoRecipient(Undeliverable):
    """Nobody at the client is to receive invoices."""


def invoice_mail(invoice: Invoice, document: InvoiceDocument) -> EmailMessage:
    """Return the mail with the PDF attached, in the invoice's own language.

    :raises NoRecipient: the client has no address for invoices
    """
    recipients = recipients_of(invoice.client)
    if not recipients:
        raise NoRecipient(
            _("%(client)s has no e-mail address for invoices.") % {"client": invoice.client.name}
        )
    with translation.override(invoice.language), document.file.open("rb") as file:
        mail = EmailMessage(
            subject=_subject(invoice),
            body=_body(invoice),
            from_email=formataddr((invoice.seller["name"], settings.DEFAULT_FROM_EMAIL)),
            to=recipients,
            reply_to=[invoice.seller["email"]] if invoice.seller["email"] else [],
            headers={"Message-ID": _message_id(invoice)},
        )
        mail.attach(f"{invoice.number}.pdf", file.read(), "application/pdf")
    return mail


def recipients_of(client: Client) -> list[str]:
    """Return who receives the client's invoices."""
    if client.invoice_email:
        return [client.invoice_email]
    contacts = client.contacts.filter(portal_scope=PortalScope.EVERYTHING).exclude(email="")
    return list(contacts.order_by("pk").values_list("email", flat=True))


def _subject(invoice: Invoice) -> str:
    words = {"number": invoice.number, "firm": invoice.seller["name"]}
    if invoice.is_credit_note:
        return _("Credit note %(number)s from %(firm)s") % words
    return _("Invoice %(number)s from %(firm)s") % words


def _body(invoice: Invoice) -> str:
    facts = {
        "invoice": invoice,
        "firm": invoice.seller,
        "total": money_text(invoice.total, invoice.currency),
        "portal": _portal_link(invoice),
        "collected": [one["text"] for one in invoice.mentions if one["code"] == DEBIT],
    }
    name = "credit_note" if invoice.is_credit_note else "invoice"
    return render_to_string(f"billing/mail/{name}.txt", facts)


def _portal_link(invoice: Invoice) -> str:
    try:
        return settings.PUBLIC_URL + reverse("portal:invoice", args=[invoice.pk])
    except NoReverseMatch:
        return ""


def _message_id(invoice: Invoice) -> str:
    """Return the same id however often the mail is tried, so that mailboxes keep one copy."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<invoice-{invoice.hash[:32]}@{domain}>"
