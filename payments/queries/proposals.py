"""What may be collected on a day, and what may not yet, with the reason."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.models import Invoice
from billing.standing import balance_of
from clients.models import LegalEntity, Mandate
from collecting.queries.disputed import disputed_amounts
from core.bank_days import bank_day_from, bank_days_after
from core.display import day_text
from payments.announcing import earliest, is_announced
from payments.models import DirectDebit, OnlinePayment
from payments.return_words import words_of

CURRENCY = "EUR"


@dataclass(frozen=True)
class Proposal:
    """An invoice that may be collected, how much, by which mandate; or why it is not."""

    invoice: Invoice
    mandate: Mandate | None
    amount: Decimal
    disputed: Decimal
    is_announced: bool
    came_back: str
    reason: str = ""

    @property
    def why_it_came_back(self) -> str:
        """The reason of its last return in words; empty where none came back."""
        return words_of(self.came_back) if self.came_back else ""

    @property
    def is_ready(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reason


def first_collection_day(entity: LegalEntity, today: date) -> date:
    """Return the first day that a file handed over today can still name."""
    return bank_day_from(bank_days_after(today, entity.debit_lead_days))


def owed_by_debit(entity: LegalEntity) -> QuerySet[Invoice]:
    """Return the open invoices of clients who pay so, for which no money is on its way."""
    live = DirectDebit.objects.live().values("invoice")
    owed = Invoice.objects.open().filter(
        legal_entity=entity, client__pays_by_direct_debit=True, currency=CURRENCY
    )
    online = OnlinePayment.objects.coming().values("invoice")
    return (
        owed.exclude(pk__in=live)
        .exclude(pk__in=online)
        .select_related("client")
        .order_by("due_on", "pk")
    )


def proposals(entity: LegalEntity, scheme: str, collect_on: date, today: date) -> list[Proposal]:
    """Return what is owed by direct debit, what is ready first."""
    found = proposed(owed_by_debit(entity), scheme, collect_on, today)
    return sorted(found, key=lambda one: not one.is_ready)


def proposed(
    invoices: QuerySet[Invoice], scheme: str, collect_on: date, today: date
) -> list[Proposal]:
    """Return what speaks for and against each of the invoices, in a few queries for any number."""
    rows = list(invoices)
    mandates = _mandates({row.client_id for row in rows}, today)
    keys = [row.pk for row in rows]
    disputed, returned = disputed_amounts(keys), _returned(keys)
    found = []
    for row in rows:
        mandate = mandates.get((row.client_id, row.legal_entity_id))
        if mandate is not None and mandate.scheme != scheme:
            continue
        contested = disputed.get(row.pk, Decimal(0))
        amount = max(balance_of(row) - contested, Decimal(0))
        reason = _against(row, mandate, amount, collect_on, today)
        told = mandate is not None and is_announced(row, mandate)
        code = returned.get(row.pk, "")
        found.append(Proposal(row, mandate, amount, contested, told, code, reason))
    return found


def _against(
    row: Invoice, mandate: Mandate | None, amount: Decimal, collect_on: date, today: date
) -> str:
    if mandate is None:
        return _("There is no mandate in force.")
    if amount <= 0:
        return _("All that is open is disputed.")
    first = earliest(row, mandate, today)
    if collect_on < first:
        text = _("It may be collected from %(day)s on: due, and announced %(count)s days before.")
        return text % {"day": day_text(first), "count": mandate.notice_days}
    return ""


def _mandates(client_ids: Collection[int], today: date) -> dict[tuple[int, int], Mandate]:
    rows = Mandate.objects.in_force(today).filter(client__in=client_ids)
    return {(row.client_id, row.legal_entity_id): row for row in rows}


def _returned(invoice_ids: Collection[int]) -> dict[int, str]:
    """Return the code of the last return of each invoice that came back."""
    rows = DirectDebit.objects.filter(invoice__in=invoice_ids, returned_on__isnull=False)
    latest = rows.order_by("returned_on", "pk").values_list("invoice", "return_code")
    return {key: code or "?" for key, code in latest}
