"""What waits to be booked, and why."""

from datetime import date

from django.utils.translation import gettext as _

from billing.models import JournalEntry
from clients.models import LegalEntity
from core.display import day_text
from ledger.models import AccountPurpose, AccountRule
from ledger.queries.sources import BOOKED
from ledger.queries.worth import RateMissing, Worth

MOST = 200


def reasons_to_wait(entity: LegalEntity) -> list[str]:
    """Return in words what keeps links of the chain out of the books; empty where nothing does."""
    rows = JournalEntry.objects.filter(
        legal_entity=entity, event__in=BOOKED, ledger_entry=None
    ).exclude(invoice__net=0, invoice__tax=0)
    rows = rows.select_related(
        "invoice__corrects",
        "payment",
        "refund",
        "reversal__payment",
        "reversal__refund",
        "write_off__invoice",
    )
    worth = Worth(entity.currency)
    found = dict.fromkeys(_rate_lacking(one, worth) for one in rows.order_by("position")[:MOST])
    if found:
        found |= dict.fromkeys(_accounts_lacking(entity))
    return [reason for reason in found if reason]


def _rate_lacking(event: JournalEntry, worth: Worth) -> str:
    currency, day = _money_of(event)
    try:
        worth.per_unit(currency, day)
    except RateMissing as missing:
        return rate_words(missing)
    return ""


def rate_words(missing: RateMissing) -> str:
    """Say which rate is missing, and for which day."""
    return _("There is no exchange rate of %(currency)s for %(day)s.") % {
        "currency": missing.currency,
        "day": day_text(missing.day),
    }


def purpose_words(purpose: str) -> str:
    """Say for what no account is set."""
    return _("No account is set for: %(purpose)s.") % {"purpose": AccountPurpose(purpose).label}


def no_such_fact(purpose: str) -> str:
    """Say that amounts of this purpose do not have such a fact."""
    words = _("This says nothing about: %(purpose)s.")
    return words % {"purpose": AccountPurpose(purpose).label}


def _money_of(event: JournalEntry) -> tuple[str, date]:
    """Return the currency of what happened, and the day on which its worth counts."""
    invoice = event.invoice or (event.write_off.invoice if event.write_off else None)
    if invoice:
        first = invoice.corrects or invoice
        return invoice.currency, first.issued_on or invoice.as_of_on
    reversal = event.reversal
    payment = event.payment or (reversal.payment if reversal else None)
    if payment:
        return payment.currency, payment.received_on
    refund = event.refund or (reversal.refund if reversal else None)
    if refund:
        return refund.currency, refund.paid_on
    raise ValueError(f"event {event.event} is not booked")


def _accounts_lacking(entity: LegalEntity) -> list[str]:
    known = AccountRule.objects.filter(legal_entity=entity).values_list("purpose", flat=True)
    missing = set(AccountPurpose.values) - set(known)
    return [purpose_words(one) for one in AccountPurpose.values if one in missing and known]
