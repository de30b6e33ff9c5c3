"""How far the books are closed, and what a period adds up to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.domain.sealing import Digest
from billing.domain.sealing_books import digest_of_closing, digest_of_export, digest_of_write_off
from billing.models import (
    Closing,
    DocumentKind,
    Export,
    Invoice,
    Payment,
    Refund,
    Reversal,
    WriteOff,
)
from core.display import day_text
from core.money import ZERO

Totals = dict[str, dict[str, str]]
Sums = Iterable[tuple[str, Decimal]]
Days = tuple[date | None, date]


def closed_through(entity_id: int) -> date | None:
    """Return the last day of the firm's books that is closed, None while none is."""
    own = Closing.objects.filter(legal_entity=entity_id)
    found: date | None = own.aggregate(last=Max("last_day_on"))["last"]
    return found


def reason_if_closed(entity_id: int, day: date) -> str:
    """Return why nothing can be dated to this day, empty where it can."""
    last = closed_through(entity_id)
    return "" if last is None or day > last else closed_words(last)


def closed_words(last: date) -> str:
    """Say how far the books are closed."""
    return _("The books are closed through %(day)s; use a later date.") % {"day": day_text(last)}


def closing_digest(closing: Closing) -> Digest:
    """Return the digest of a closing as it stands."""
    days = (closing.starts_on, closing.last_day_on)
    return digest_of_closing(closing.pk, closing.kind, days, closing.totals)


def export_digest(export: Export) -> Digest:
    """Return the digest of an export as it stands."""
    days = (export.starts_on, export.last_day_on)
    file = (export.file_name, export.line_count, export.sha256)
    return digest_of_export(export.pk, export.kind, days, file)


def write_off_digest(one: WriteOff) -> Digest:
    """Return the digest of a write-off as it stands."""
    given_up = (one.written_off_on, one.amount, one.reason, one.takes_back_tax)
    return digest_of_write_off(one.pk, one.invoice.number, given_up)


def totals_of(entity_id: int, first: date, last: date) -> Totals:
    """Return for each currency the totals of a period, and the perpetual ones through its end."""
    found: Totals = defaultdict(dict)
    for prefix, days in (("", (first, last)), ("perpetual_", (None, last))):
        for name, sums in _sums(entity_id, days).items():
            for currency, amount in sums:
                found[currency][prefix + name] = str(amount)
    return {currency: _whole(one) for currency, one in sorted(found.items())}


NAMES = (
    "invoiced_net",
    "invoiced_tax",
    "invoiced",
    "credited",
    "received",
    "returned",
    "refunded",
    "written_off",
)


def _whole(some: dict[str, str]) -> dict[str, str]:
    names = [*NAMES, *(f"perpetual_{name}" for name in NAMES)]
    return {name: some.get(name, str(ZERO)) for name in names}


def _sums(entity_id: int, days: Days) -> dict[str, Sums]:
    documents = Invoice.objects.issued().filter(legal_entity=entity_id)
    documents = documents.filter(_dated("issued_on", days))
    asked = documents.exclude(document_kind=DocumentKind.CREDIT_NOTE)
    credited = documents.filter(document_kind=DocumentKind.CREDIT_NOTE)
    payments = Payment.objects.filter(journal_entries__legal_entity=entity_id)
    refunds = Refund.objects.filter(journal_entries__legal_entity=entity_id)
    reversals = Reversal.objects.filter(journal_entries__legal_entity=entity_id)
    given_up = WriteOff.objects.filter(invoice__legal_entity=entity_id)
    return {
        "invoiced_net": _by_currency(asked, "net"),
        "invoiced_tax": _by_currency(asked, "tax"),
        "invoiced": _by_currency(asked, "total"),
        "credited": _by_currency(credited, "total"),
        "received": _by_currency(payments.filter(_dated("received_on", days)), "amount"),
        "returned": _by_currency(
            reversals.filter(_dated("reversed_on", days), refund=None), "payment__amount", "payment"
        ),
        "refunded": _by_currency(refunds.filter(_dated("paid_on", days)), "amount"),
        "written_off": _by_currency(
            given_up.filter(_dated("written_off_on", days)), "amount", "invoice"
        ),
    }


def _dated(field: str, days: Days) -> Q:
    first, last = days
    until = Q(**{f"{field}__lte": last})
    return until & Q(**{f"{field}__gte": first}) if first else until


def _by_currency(rows: QuerySet[Any], amount: str, of: str = "") -> Sums:
    currency = f"{of}__currency" if of else "currency"
    return list(rows.order_by().values_list(currency).annotate(sum=Sum(amount)))
