"""Writing entries down: numbered in each journal, in the order in which they come."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Max, Sum

from billing.models import Allocation, Invoice
from clients.models import LegalEntity
from core.bulk import reserve_ids
from core.money import ZERO, round_money
from ledger.domain.accounts import Facts, Purpose, Rule, Rules
from ledger.domain.posting import Line, Settled, Sold
from ledger.domain.service_months import MonthPart, month_of
from ledger.models import (
    Account,
    AccountRule,
    Book,
    Entry,
    EntryLine,
    PostedAllocation,
    RevenuePart,
)
from ledger.queries.seals import seal_entries
from ledger.queries.worth import Worth

TEXT = 200
PIECE = 60


@dataclass(slots=True)
class Draft:
    """An entry before it has its number."""

    journal: str
    day: date
    piece: str
    piece_on: date
    text: str
    source: str
    client_id: int
    currency: str
    lines: Sequence[Line]
    chain_entry_id: int | None = None
    invoice_id: int | None = None
    allocations: Sequence[Allocation] = ()
    months: Sequence[tuple[Sold, str, Sequence[MonthPart]]] = ()


@dataclass(slots=True)
class Waiting:
    """Something that cannot be booked yet, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class Posted:
    """What came of a turn: how many were booked, what waits, and where to go on."""

    count: int = 0
    waiting: list[Waiting] = field(default_factory=list)
    after: int | None = None


class OpenBook:
    """A legal entity's book while it is locked and written."""

    def __init__(self, entity_id: int) -> None:
        self.entity = LegalEntity.objects.get(pk=entity_id)
        self.book = Book.objects.select_for_update().get(legal_entity=entity_id)
        self.worth = Worth(self.entity.currency)
        self._open: dict[int, tuple[Decimal, Decimal]] = {}

    @cached_property
    def rules(self) -> Rules:
        """Return which account is used for what."""
        rows = AccountRule.objects.filter(legal_entity=self.entity).select_related("account")
        return Rules(
            [
                Rule(
                    one.purpose,
                    one.account.number,
                    one.starts_on,
                    Facts(
                        one.tax_code,
                        one.tax_category,
                        one.tax_rate,
                        one.method,
                        one.bank_account_id,
                    ),
                )
                for one in rows
            ]
        )

    def day_of(self, moment: datetime) -> date:
        """Return the firm's day of a moment."""
        return moment.astimezone(self.entity.zone).date()

    def settled(self, uses: Sequence[Allocation]) -> list[Settled]:
        """Return what uses of money settle, at what each invoice stands in the books for."""
        return [self._settle(use.invoice, use.amount) for use in uses if use.invoice]

    def _settle(self, invoice: Invoice, amount: Decimal) -> Settled:
        if invoice.currency == self.entity.currency:
            return Settled(invoice.pk, amount, amount)
        per_unit = self.worth_of(invoice)
        foreign, in_books = self._standing(invoice)
        left = foreign - amount
        settled = in_books - round_money(left * per_unit)
        self._open[invoice.pk] = (left, in_books - settled)
        return Settled(invoice.pk, amount, settled)

    def settle(self, invoice: Invoice, amount: Decimal) -> Settled:
        """Return what an amount settles of one invoice."""
        return self._settle(invoice, amount)

    def worth_of(self, invoice: Invoice) -> Decimal:
        """Return what a unit of the document's currency was worth when it was invoiced."""
        of = invoice.corrects or invoice
        return self.worth.per_unit(invoice.currency, of.issued_on or invoice.as_of_on)

    def _standing(self, invoice: Invoice) -> tuple[Decimal, Decimal]:
        """Return what is open of an invoice by the books, in its currency and in theirs."""
        if invoice.pk not in self._open:
            receivable = self.rules.account(Purpose.RECEIVABLE, invoice.issued_on or date.max)
            lines = EntryLine.objects.filter(invoice=invoice, account__number=receivable)
            sums = lines.aggregate(foreign=Sum("foreign"), debit=Sum("debit"), credit=Sum("credit"))
            in_books = (sums["debit"] or ZERO) - (sums["credit"] or ZERO)
            self._open[invoice.pk] = (sums["foreign"] or ZERO, in_books)
        return self._open[invoice.pk]

    def note(self, draft: Draft) -> None:
        """Count what a document that is about to be booked asks for."""
        for line in draft.lines:
            if line.invoice_id and line.foreign:
                foreign, in_books = self._open.get(line.invoice_id, (ZERO, ZERO))
                self._open[line.invoice_id] = (foreign + line.foreign, in_books + line.amount)

    def write(self, drafts: Sequence[Draft]) -> int:
        """Number the entries and write them with their lines; return how many."""
        wanted = [draft for draft in drafts if draft.lines]
        accounts = self._accounts(wanted)
        entries = self._numbered(wanted)
        Entry.objects.bulk_create(entries)
        pairs = list(zip(entries, wanted, strict=True))
        EntryLine.objects.bulk_create(
            line for entry, draft in pairs for line in _lines(entry, draft, accounts)
        )
        seal_entries([entry.pk for entry in entries])
        PostedAllocation.objects.bulk_create(
            PostedAllocation(allocation=use, entry=entry)
            for entry, draft in pairs
            for use in draft.allocations
        )
        RevenuePart.objects.bulk_create(
            part for _entry, draft in pairs for part in _parts(self.entity, draft, accounts)
        )
        return len(entries)

    def _numbered(self, drafts: Sequence[Draft]) -> list[Entry]:
        last = self._last_numbers()
        entries = []
        for key, draft in zip(reserve_ids(Entry, len(drafts)), drafts, strict=True):
            place = (draft.journal, self.year_of(draft.day))
            last[place] += 1
            entries.append(
                Entry(
                    id=key,
                    legal_entity=self.entity,
                    journal=draft.journal,
                    year=place[1],
                    number=last[place],
                    day=draft.day,
                    piece=draft.piece[:PIECE],
                    piece_on=draft.piece_on,
                    text=draft.text[:TEXT],
                    source=draft.source,
                    client_id=draft.client_id,
                    currency=draft.currency,
                    chain_entry_id=draft.chain_entry_id,
                    invoice_id=draft.invoice_id,
                )
            )
        return entries

    def _last_numbers(self) -> Counter[tuple[str, int]]:
        own = Entry.objects.filter(legal_entity=self.entity).order_by()
        rows = own.values_list("journal", "year").annotate(last=Max("number"))
        return Counter({(journal, year): last for journal, year, last in rows})

    def year_of(self, day: date) -> int:
        """Return the fiscal year of a day, named by the year in which it ends."""
        first = self.book.first_month
        return day.year + (first > 1 and day.month >= first)

    def _accounts(self, drafts: Sequence[Draft]) -> Mapping[str, Account]:
        """Return the accounts by number; one that only a product names joins the chart."""
        needed = {line.account for draft in drafts for line in draft.lines}
        needed |= {account for draft in drafts for _sold, account, _parts in draft.months}
        known = {one.number: one for one in Account.objects.filter(legal_entity=self.entity)}
        missing = sorted(needed - known.keys())
        Account.objects.bulk_create(
            Account(legal_entity=self.entity, number=number, name=_name_like(number, known))
            for number in missing
        )
        added = Account.objects.filter(legal_entity=self.entity, number__in=missing)
        return {**known, **{one.number: one for one in added}}


def _name_like(number: str, known: Mapping[str, Account]) -> str:
    """Name an account as the one in the chart whose number begins most alike."""

    def alike(other: str) -> int:
        return next((at for at, pair in enumerate(zip(number, other, strict=False))
                     if pair[0] != pair[1]), min(len(number), len(other)))  # fmt: skip

    closest = max(known, key=alike, default="")
    return f"{known[closest].name} {number}"[:120] if closest and alike(closest) > 1 else number


def _lines(entry: Entry, draft: Draft, accounts: Mapping[str, Account]) -> list[EntryLine]:
    return [
        EntryLine(
            entry=entry,
            position=place,
            account=accounts[line.account],
            client_id=line.client_id,
            invoice_id=line.invoice_id,
            debit=max(line.amount, ZERO),
            credit=max(-line.amount, ZERO),
            foreign=line.foreign or None,
        )
        for place, line in enumerate(draft.lines, start=1)
    ]


def _parts(entity: LegalEntity, draft: Draft, accounts: Mapping[str, Account]) -> list[RevenuePart]:
    return [
        RevenuePart(
            legal_entity=entity,
            invoice_id=draft.invoice_id,  # type: ignore[misc]  # months are a document's
            charge_id=sold.charge_id,
            account=accounts[account],
            month=part.month,
            amount=part.amount,
            is_deferred=part.month > month_of(draft.day),
        )
        for sold, account, months in draft.months
        for part in months
    ]
