"""Why a credit cannot be given as it was asked for, in words."""

from django.utils.translation import gettext as _

from billing.domain.credits import CreditRefused, Refusal
from billing.models import Charge, Invoice
from core.display import money_text, number_text


def sentence_of(refused: CreditRefused, invoice: Invoice) -> str:
    """Return the sentence, with the line that it is about and what is left of it."""
    lines = Charge.objects.filter(invoice=invoice)
    line = lines.filter(pk=refused.line_id).first() if refused.line_id else None
    return _sentences()[refused.refusal] % {
        "invoice": invoice.number,
        "line": line.description if line else "",
        "left": money_text(refused.left, invoice.currency),
        "count": number_text(refused.left),
        "rate": refused.rate,
    }


def _sentences() -> dict[Refusal, str]:
    return {
        Refusal.NOTHING_LEFT: _("Nothing is left of %(invoice)s to credit."),
        Refusal.NOTHING_ASKED: _("Say how much of it is credited."),
        Refusal.UNKNOWN_LINE: _("A line of another document cannot be credited here."),
        Refusal.LINE_TWICE: _("%(line)s: a line is credited once on a credit note."),
        Refusal.BOTH_GIVEN: _("%(line)s: give the quantity or the amount, not both."),
        Refusal.WRONG_SIGN: _("A credit note must come to more than nothing, line by line."),
        Refusal.TOO_FINE: _("An amount has no more decimals than its currency."),
        Refusal.ABOVE_LINE: _("%(line)s: only %(left)s is left to credit."),
        Refusal.ABOVE_QUANTITY: _("%(line)s: only %(count)s is left to credit."),
        Refusal.ABOVE_RATE: _("At the rate of %(rate)s %% only %(left)s is left to credit."),
        Refusal.ABOVE_TOTAL: _("Only %(left)s without tax is left of %(invoice)s to credit."),
        Refusal.ABOVE_GROSS: _("Only %(left)s with tax is left of %(invoice)s to credit."),
    }
