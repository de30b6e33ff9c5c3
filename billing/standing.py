"""Where an issued invoice stands: open, paid in part, overdue or paid, as its payments say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice


@dataclass(frozen=True)
class Standing:
    """A state in a word, and how urgent it looks."""

    code: str
    label: str | Promise
    tone: str

    def __str__(self) -> str:
        return str(self.label)


DRAFT = Standing("draft", _("draft"), "neutral")
OPEN = Standing("open", _("open"), "info")
PART_PAID = Standing("part_paid", _("paid in part"), "info")
OVERDUE = Standing("overdue", _("overdue"), "bad")
PAID = Standing("paid", _("paid"), "good")
CANCELLED = Standing("cancelled", _("cancelled"), "neutral")
CREDITED = Standing("credited", _("credited"), "neutral")
WRITTEN_OFF = Standing("written_off", _("written off"), "neutral")
CREDIT_NOTE = Standing("credit_note", _("credit note"), "neutral")
ALL = (OPEN, PART_PAID, OVERDUE, PAID, CANCELLED, CREDITED, WRITTEN_OFF, CREDIT_NOTE)


def standing_of(invoice: Invoice, today: date) -> Standing:
    """Return where an invoice with its balance stands on a day."""
    if invoice.is_draft:
        return DRAFT
    if invoice.is_credit_note:
        return CREDIT_NOTE
    if _annotated(invoice, "is_cancelled"):
        return CANCELLED
    if balance_of(invoice) <= 0:
        return _settled(invoice)
    if invoice.due_on and invoice.due_on < today:
        return OVERDUE
    return PART_PAID if _annotated(invoice, "paid") > 0 else OPEN


def _settled(invoice: Invoice) -> Standing:
    if _annotated(invoice, "written_off") > 0:
        return WRITTEN_OFF
    return CREDITED if _annotated(invoice, "credited") >= invoice.total > 0 else PAID


def balance_of(invoice: Invoice) -> Decimal:
    """Return what is still owed on an invoice read ``with_balance``."""
    return Decimal(_annotated(invoice, "balance"))


def _annotated(invoice: Invoice, name: str) -> Any:  # noqa: ANN401  (a value the query added)
    return getattr(invoice, name)
