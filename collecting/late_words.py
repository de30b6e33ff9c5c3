"""What is said about late charges: on the lines of their document, and why some are not claimed."""

from datetime import date

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from billing.models import HandLine, Invoice
from collecting.domain.late import LateReason
from collecting.queries.late import LateInvoice
from core.display import document_day_text, money_text, number_text

LONGEST = HandLine._meta.get_field("description").max_length or 0
WHY_NOT: dict[LateReason, str | Promise] = {
    LateReason.PERSON: _("private persons owe neither this interest nor recovery costs"),
    LateReason.CURRENCY: _("in another currency than the firm's: claim it by hand"),
    LateReason.NO_TERMS: _("nothing was agreed for invoices of its day: enter the terms"),
    LateReason.COLLECTED: _("it is collected by direct debit, so the client is not late"),
    LateReason.HELD: _("reminders are on hold"),
    LateReason.PROMISED: _("the client has promised to pay, and the day has not passed"),
    LateReason.DISPUTED: _("all that is open is disputed"),
    LateReason.TOO_MUCH: _("more was claimed than is owed by now: credit the difference"),
    LateReason.NOTHING: _("all days are claimed"),
}


def why_not(late: LateInvoice) -> str:
    """Say why nothing is claimed of an invoice; empty where something is."""
    if late.missing is not None:
        return rate_missing(late.missing.kind, late.missing.day)
    return str(WHY_NOT[late.reason]) if late.reason else ""


def rate_missing(kind: str, day: date) -> str:
    """Say which rate has to be entered."""
    words = {"day": document_day_text(day)}
    if kind == "ecb":
        return __("the rate of the European Central Bank from %(day)s is missing: enter it") % words
    return __("the legal rate of the half-year from %(day)s is missing: enter it") % words


def line_of_interest(late: LateInvoice, language: str) -> str:
    """Return what the client reads: each stretch of days with its arithmetic, where it fits."""
    with translation.override(language):
        words = _named(late.invoice, language)
        text = __("Late interest on invoice %(number)s, due on %(day)s") % words
        whole = f"{text}: {_arithmetic(late)}"
        return whole if len(whole) <= LONGEST else f"{text}: {_in_short(late, language)}"


def line_of_fee(late: LateInvoice, language: str) -> str:
    """Return what the client reads of the recovery costs."""
    with translation.override(language):
        words = _named(late.invoice, language)
        return __("Fixed compensation for recovery costs, invoice %(number)s") % words


def _arithmetic(late: LateInvoice) -> str:
    currency = late.invoice.currency
    parts = [
        f"{money_text(one.open, currency)} × {number_text(one.percent)} % × {one.days}/365"
        for one in late.stretches
    ]
    if late.correction:
        amount = money_text(late.correction, currency)
        parts.append(__("days claimed earlier, corrected: %(amount)s") % {"amount": amount})
    return " + ".join(parts)


def _in_short(late: LateInvoice, language: str) -> str:
    if not late.stretches:
        return _arithmetic(late)
    return __("%(n)d days from %(first)s through %(last)s") % {
        "n": late.days,
        "first": document_day_text(late.stretches[0].first_on, language),
        "last": document_day_text(late.stretches[-1].last_on, language),
    }


def _named(invoice: Invoice, language: str) -> dict[str, str]:
    due = document_day_text(invoice.due_on, language) if invoice.due_on else ""
    return {"number": invoice.number, "day": due}
