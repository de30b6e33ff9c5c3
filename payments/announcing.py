"""When the client was told of a collection, and the first day on which it may be made."""

from datetime import date, timedelta

from billing.mentions import DEBIT
from billing.models import Invoice
from clients.models import Mandate
from core.bank_days import bank_day_from


def is_announced(invoice: Invoice, mandate: Mandate) -> bool:
    """Whether the invoice itself says that it is collected by this mandate."""
    return any(
        mention.get("code") == DEBIT and mandate.reference in mention.get("text", "")
        for mention in invoice.mentions
    )


def earliest(invoice: Invoice, mandate: Mandate, today: date) -> date:
    """Return the first bank day that is late enough for the due day and the announcement."""
    told_on = invoice.issued_on if is_announced(invoice, mandate) else today
    after_notice = (told_on or today) + timedelta(days=mandate.notice_days)
    return bank_day_from(max(invoice.due_on or today, after_notice))
