"""The letter that reminds a client of what is overdue, in the client's language."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
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
from collecting.models import CollectingMail, Level, NoticeLine, ReminderNotice, ReminderPlan
from core.display import day_text, money_text


def reminder_mail(
    row: CollectingMail, notice: ReminderNotice, lines: Sequence[NoticeLine], now: datetime
) -> EmailMessage:
    """Return the letter with the amounts of its lines.

    :raises NoRecipient: the client has no address for invoices
    """
    client, entity = notice.client, LegalEntity.objects.current()
    recipients = recipients_of(client)
    if not recipients:
        raise NoRecipient(
            _("%(client)s has no e-mail address for invoices.") % {"client": client.name}
        )
    with translation.override(client.language):
        return EmailMessage(
            subject=subject_of(Level(notice.level), entity),
            body=_body(notice, lines, entity, now),
            from_email=formataddr((entity.name, settings.DEFAULT_FROM_EMAIL)),
            to=recipients,
            reply_to=[entity.email] if entity.email else [],
            headers={"Message-ID": message_id(row)},
        )


def subject_of(level: Level, entity: LegalEntity) -> str:
    """Return the subject of a letter of this level, in the language that is active."""
    words = {"firm": entity.name}
    if level == Level.FORMAL:
        return _("Formal notice to pay - %(firm)s") % words
    if level == Level.FIRM:
        return _("Second reminder: payment overdue - %(firm)s") % words
    return _("Payment reminder - %(firm)s") % words


def usual_words(level: Level) -> str:
    """Return what a letter says where its plan has no words of its own, in the active language."""
    if level == Level.FORMAL:
        return _(
            "In spite of our reminders the invoices below are still unpaid. We give you formal"
            " notice to pay them within eight days of this letter. After that we claim late"
            " interest and the fixed compensation for recovery costs, as stated on the invoices,"
            " and reserve the right to hand the matter over for recovery."
        )
    if level == Level.FIRM:
        return _(
            "We have written to you before about unpaid invoices. According to our books the"
            " invoices below are still open. Please pay them within the next days, or tell us what"
            " keeps you from it."
        )
    return _(
        "According to our books the invoices below are past their due date. They may have escaped"
        " your attention: please have them paid in the next days."
    )


def words_of(plan: ReminderPlan, level: Level, language: str) -> str:
    """Return the plan's own words for a level and language, or else the usual ones."""
    for one in plan.words.all():
        if one.level == level and one.language[:2] == language[:2]:
            return one.words
    with translation.override(language):
        return usual_words(level)


def _body(
    notice: ReminderNotice, lines: Sequence[NoticeLine], entity: LegalEntity, now: datetime
) -> str:
    today = now.astimezone(entity.zone).date()
    facts = {
        "client": notice.client,
        "words": words_of(notice.plan, Level(notice.level), notice.client.language),
        "rows": [_row(line, today) for line in lines],
        "totals": _totals(lines),
        "firm": entity,
        "iban": " ".join(entity.iban[n : n + 4] for n in range(0, len(entity.iban), 4)),
        "portal": settings.PUBLIC_URL + reverse("portal:invoices"),
    }
    return render_to_string("collecting/mail/reminder.txt", facts)


def _row(line: NoticeLine, today: date) -> dict[str, object]:
    invoice = line.invoice
    return {
        "number": invoice.number,
        "issued": day_text(invoice.issued_on) if invoice.issued_on else "",
        "due": day_text(invoice.due_on) if invoice.due_on else "",
        "days": (today - (invoice.due_on or today)).days,
        "amount": money_text(line.amount, invoice.currency),
    }


def _totals(lines: Sequence[NoticeLine]) -> list[str]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        currency = line.invoice.currency
        sums[currency] = sums.get(currency, Decimal(0)) + line.amount
    return [money_text(amount, currency) for currency, amount in sums.items()]
