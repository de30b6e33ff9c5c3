"""The mail that says that hours run low."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from billing.domain.terms import BlockUnit
from billing.hours import hours_text
from billing.mailing import NoRecipient, recipients_of
from billing.models import LowHours, OutboxMessage, Reader
from clients.models import Client, LegalEntity
from core.display import month_text


def low_hours_mail(message: OutboxMessage) -> EmailMessage:
    """Return the mail, in the language of whoever reads it.

    :raises NoRecipient: the client has no address for invoices, or no account manager any more
    """
    low = message.low_hours
    assert low is not None  # noqa: S101  (the database has it that way)
    is_for_client = message.reader == Reader.CLIENT
    recipients, language = _of_client(low.client) if is_for_client else _manager_of(low.client)
    entity = LegalEntity.objects.current()
    with translation.override(language):
        facts = _facts(low) | {"is_for_client": is_for_client, "link": _link(low, is_for_client)}
        subject = _("%(hours)s: %(left)s left") if is_for_client else _("%(client)s: %(left)s left")
        return EmailMessage(
            subject=subject % facts,
            body=render_to_string("billing/mail/low_hours.txt", facts | {"firm": entity}),
            from_email=formataddr((entity.name, settings.DEFAULT_FROM_EMAIL)),
            to=recipients,
            reply_to=[entity.email] if entity.email else [],
            headers={"Message-ID": _message_id(message)},
        )


def _of_client(client: Client) -> tuple[list[str], str]:
    """Return who receives the client's invoices, and the client's language."""
    recipients = recipients_of(client)
    if not recipients:
        raise NoRecipient(
            _("%(client)s has no e-mail address for invoices.") % {"client": client.name}
        )
    return recipients, client.language


def _manager_of(client: Client) -> tuple[list[str], str]:
    """Return the account manager's address and language."""
    manager = client.account_manager
    if manager is None or not manager.is_active:
        raise NoRecipient(_("%(client)s has no account manager.") % {"client": client.name})
    return [manager.email], manager.language


def _facts(low: LowHours) -> dict[str, str]:
    """Return what the mail says, in the language that is active."""
    block, currency = low.prepaid_block, low.client.currency
    unit = block.unit if block else BlockUnit.MINUTES
    return {
        "client": low.client.name,
        "hours": str(block or low.allowance),
        "month": month_text(low.month_on) if low.month_on else "",
        "left": hours_text(unit, low.left, currency),
        "level": hours_text(unit, low.level, currency),
    }


def _link(low: LowHours, is_for_client: bool) -> str:  # noqa: FBT001  (there are two readers)
    face = "portal" if is_for_client else "billing"
    kind = "block" if low.prepaid_block_id else "allowance"
    pk = low.prepaid_block_id or low.allowance_id
    return settings.PUBLIC_URL + reverse(f"{face}:{kind}", args=[pk])


def _message_id(message: OutboxMessage) -> str:
    """Return the same id however often the mail is tried, so that mailboxes keep one copy."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<low-hours-{message.pk}@{domain}>"
