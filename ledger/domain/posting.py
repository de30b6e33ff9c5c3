"""Double entries: what happened, as amounts on two sides that are equal.

Amounts are in the currency of the books; what was agreed in another stands beside them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from core.money import ZERO, round_money
from ledger.domain.accounts import CLAIMED, Facts, Purpose, Rules
from ledger.domain.service_months import MonthPart, month_of, parts_by_month


class Line(NamedTuple):
    """An amount on an account: above nothing it is debited, below it is credited.

    ``foreign`` is the same in the currency of the document, where that is another.
    """

    account: str
    amount: Decimal
    client_id: int | None = None
    invoice_id: int | None = None
    foreign: Decimal = ZERO


class Sold(NamedTuple):
    """A line of a document as the books see it; ``account`` is set where the product has one."""

    charge_id: int
    amount: Decimal
    is_goods: bool
    is_deferrable: bool
    tax_code: str
    tax_category: str
    starts_on: date
    last_day_on: date
    account: str = ""


class Taxed(NamedTuple):
    """The tax of one rate on a document."""

    category: str
    rate: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Document:
    """An issued document: ``sign`` is -1 for a credit note, ``invoice_id`` what it settles.

    ``per_unit`` is what one unit of its currency is worth in the books.
    """

    day: date
    client_id: int
    invoice_id: int
    sign: int
    total: Decimal
    lines: Sequence[Sold]
    taxes: Sequence[Taxed]
    per_unit: Decimal = Decimal(1)
    is_deposit: bool = False
    defers: bool = True

    def in_books(self, amount: Decimal) -> Decimal:
        """Return an amount of the document in the currency of the books."""
        return amount if self.per_unit == 1 else round_money(amount * self.per_unit)


@dataclass(slots=True)
class DocumentEntry:
    """The lines of a document's entry, and the months that its lines belong to."""

    lines: list[Line] = field(default_factory=list)
    months: list[tuple[Sold, str, list[MonthPart]]] = field(default_factory=list)


def entry_of_document(document: Document, rules: Rules) -> DocumentEntry:
    """Return the entry of an invoice or a credit note.

    The client owes the total (411); revenue (706, 707) and tax (4457) are what it consists of.
    What belongs to later months than the document's is deferred (487). Where amounts are of
    another currency, cents that rounding leaves go to the largest line.
    """
    day, sign = document.day, document.sign
    total = document.in_books(document.total)
    taxes = [document.in_books(one.tax) for one in document.taxes]
    sold = _sold_in_books(document, total - sum(taxes, ZERO))
    found = DocumentEntry()
    found.lines.append(
        Line(
            rules.account(Purpose.RECEIVABLE, day),
            sign * total,
            document.client_id,
            document.invoice_id,
            sign * document.total if document.per_unit != 1 else ZERO,
        )
    )
    for one, tax in zip(document.taxes, taxes, strict=True):
        facts = Facts(tax_category=one.category, tax_rate=one.rate)
        if tax:
            found.lines.append(Line(rules.account(Purpose.TAX, day, facts), -sign * tax))
    for line, amount in zip(document.lines, sold, strict=True):
        _book_revenue(found, document, (line, amount), rules)
    found.lines = added_up(found.lines)
    return found


def _sold_in_books(document: Document, net: Decimal) -> list[Decimal]:
    amounts = [document.in_books(line.amount) for line in document.lines]
    left = net - sum(amounts, ZERO)
    if left and amounts:
        largest = max(range(len(amounts)), key=lambda at: abs(amounts[at]))
        amounts[largest] += left
    return amounts


def _book_revenue(
    found: DocumentEntry, document: Document, sold: tuple[Sold, Decimal], rules: Rules
) -> None:
    (line, amount), day, sign = sold, document.day, document.sign
    account = _revenue_account(document, line, rules)
    deferred = ZERO
    if document.defers and line.is_deferrable and month_of(line.last_day_on) > month_of(day):
        months = parts_by_month(sign * amount, line.starts_on, line.last_day_on)
        deferred = sum((part.amount for part in months if part.month > month_of(day)), ZERO)
        found.months.append((line, account, months))
    found.lines.append(Line(account, deferred - sign * amount))
    if deferred:
        found.lines.append(Line(rules.account(Purpose.DEFERRED, day), -deferred))


def _revenue_account(document: Document, line: Sold, rules: Rules) -> str:
    facts = Facts(tax_code=line.tax_code, tax_category=line.tax_category)
    if document.is_deposit:
        return rules.account(Purpose.DEPOSIT, document.day, facts)
    usual = Purpose.GOODS if line.is_goods else Purpose.SERVICES
    purpose = CLAIMED.get(line.tax_code, usual)
    return line.account or rules.account(purpose, document.day, facts)


def added_up(lines: Iterable[Line]) -> list[Line]:
    """Return one line for each account, client and invoice, without those that come to nothing."""
    sums: dict[tuple[str, int | None, int | None], list[Decimal]] = defaultdict(lambda: [ZERO] * 2)
    for line in lines:
        own = sums[(line.account, line.client_id, line.invoice_id)]
        own[0] += line.amount
        own[1] += line.foreign
    return [
        Line(account, amount, client_id, invoice_id, foreign)
        for (account, client_id, invoice_id), (amount, foreign) in sums.items()
        if amount or foreign
    ]


class Settled(NamedTuple):
    """How much of an invoice money settles: in its currency, and in the books at its own rate."""

    invoice_id: int
    amount: Decimal
    in_books: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """Money of a client that came (above nothing) or went (below), and what it settled."""

    day: date
    client_id: int
    amount: Decimal
    method: str
    settled: Sequence[Settled] = ()
    per_unit: Decimal = Decimal(1)
    bank_account_id: int | None = None


def lines_of_money(moved: Moved, rules: Rules) -> list[Line]:
    """Return the lines of a payment, a refund, or the reversal of one.

    What settles invoices is credited to the client's account (411), the rest is the client's
    credit (4191). Where the currency's worth changed since the invoice, that is a gain or a loss.
    """
    received = round_money(moved.amount * moved.per_unit)
    bank = rules.account(Purpose.BANK, moved.day, _way(moved))
    rest = moved.amount - sum((one.amount for one in moved.settled), ZERO)
    lines = [Line(bank, received, foreign=_foreign(moved, moved.amount))]
    lines += _settling(moved, rules)
    lines.append(_credit(moved, -rest, rules))
    return _with_difference(added_up(lines), moved.day, rules)


def lines_of_use(moved: Moved, rules: Rules) -> list[Line]:
    """Return the lines of credit that is used for invoices, or that becomes credit again."""
    used = sum((one.amount for one in moved.settled), ZERO)
    lines = [_credit(moved, used, rules), *_settling(moved, rules)]
    return _with_difference(added_up(lines), moved.day, rules)


def _way(moved: Moved) -> Facts:
    return Facts(method=moved.method, bank_account_id=moved.bank_account_id)


def _settling(moved: Moved, rules: Rules) -> list[Line]:
    receivable = rules.account(Purpose.RECEIVABLE, moved.day)
    return [
        Line(
            receivable,
            -one.in_books,
            moved.client_id,
            one.invoice_id,
            _foreign(moved, -one.amount),
        )
        for one in moved.settled
    ]


def _credit(moved: Moved, amount: Decimal, rules: Rules) -> Line:
    account = rules.account(Purpose.CLIENT_CREDIT, moved.day)
    in_books = round_money(amount * moved.per_unit)
    return Line(account, in_books, moved.client_id, foreign=_foreign(moved, amount))


def _foreign(moved: Moved, amount: Decimal) -> Decimal:
    return amount if moved.per_unit != 1 else ZERO


def _with_difference(lines: list[Line], day: date, rules: Rules) -> list[Line]:
    left = sum((line.amount for line in lines), ZERO)
    if not left:
        return lines
    purpose = Purpose.EXCHANGE_GAIN if left > 0 else Purpose.EXCHANGE_LOSS
    return [*lines, Line(rules.account(purpose, day), -left)]


def less_credited(document: Document, notes: Iterable[tuple[Decimal, Sequence[Taxed]]]) -> Document:
    """Return an invoice with what credit notes have left of its total and of each tax."""
    total, taxes = document.total, {(one.category, one.rate): one.tax for one in document.taxes}
    for credited, lines in notes:
        total -= credited
        for one in lines:
            taxes[one.category, one.rate] -= one.tax
    left = [Taxed(category, rate, tax) for (category, rate), tax in taxes.items()]
    return replace(document, total=total, taxes=left)


def lines_of_loss(
    document: Document, settled: Settled, rules: Rules, *, takes_back_tax: bool
) -> list[Line]:
    """Return the lines of a write-off: a loss (654), and its part of the tax where taken back."""
    day = document.day
    foreign = -settled.amount if document.per_unit != 1 else ZERO
    receivable = rules.account(Purpose.RECEIVABLE, day)
    client_id, invoice_id = document.client_id, document.invoice_id
    lines = [Line(receivable, -settled.in_books, client_id, invoice_id, foreign)]
    for one in document.taxes if takes_back_tax and document.total else ():
        facts = Facts(tax_category=one.category, tax_rate=one.rate)
        tax = round_money(settled.in_books * one.tax / document.total)
        lines.append(Line(rules.account(Purpose.TAX, day, facts), tax))
    loss = -sum((line.amount for line in lines), ZERO)
    lines.append(Line(rules.account(Purpose.LOSS, day), loss))
    return added_up(lines)


def lines_of_recognition(
    parts: Iterable[tuple[str, Decimal]], day: date, rules: Rules
) -> list[Line]:
    """Return the lines that make revenue of what was deferred into this month."""
    lines: list[Line] = []
    deferred = rules.account(Purpose.DEFERRED, day)
    for account, amount in parts:
        lines += [Line(account, -amount), Line(deferred, amount)]
    return added_up(lines)
