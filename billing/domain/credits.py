"""Taking back what an invoice asks for: in whole, line by line, or an amount spread over its lines.

Three caps hold: of each line, of the base of each tax rate, and of the whole no more is taken back
than was asked for. The tax of a credit note is the tax of its own base, rounded as an invoice
rounds it, but never further than one smallest unit of the currency from what has to be left: so the
last piece, which takes what is left of the tax, comes out right to the cent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from billing.domain.totals import TaxTotal, Totals
from core.money import ZERO, round_money, smallest_unit

Rate = tuple[str, Decimal]
_HUNDRED = Decimal(100)


class Refusal(StrEnum):
    """Why a credit cannot be given as it was asked for."""

    NOTHING_LEFT = "nothing_left"
    NOTHING_ASKED = "nothing_asked"
    UNKNOWN_LINE = "unknown_line"
    LINE_TWICE = "line_twice"
    BOTH_GIVEN = "both_given"
    WRONG_SIGN = "wrong_sign"
    TOO_FINE = "too_fine"
    ABOVE_LINE = "above_line"
    ABOVE_QUANTITY = "above_quantity"
    ABOVE_RATE = "above_rate"
    ABOVE_TOTAL = "above_total"
    ABOVE_GROSS = "above_gross"


class CreditRefused(Exception):
    """What was asked for cannot be credited; ``line_id`` and ``left`` say where and what can."""

    def __init__(
        self, refusal: Refusal, line_id: int | None = None, left: Decimal = ZERO, rate: str = ""
    ) -> None:
        super().__init__(refusal)
        self.refusal, self.line_id, self.left, self.rate = refusal, line_id, left, rate


@dataclass(frozen=True, slots=True)
class Creditable:
    """A line of an issued invoice, and what earlier credit notes have left of it."""

    id: int
    quantity: Decimal
    unit: str
    unit_price: Decimal
    price_base: int
    amount: Decimal
    rate: Rate
    amount_left: Decimal
    quantity_left: Decimal
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be taken back of one line: so many of its units, or an amount without tax."""

    line_id: int
    quantity: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: an amount without tax, some lines, or else all that is left."""

    amount: Decimal | None = None
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A line of a credit note: quantity x unit price / price base is its amount."""

    line_id: int
    quantity: Decimal
    unit: str
    unit_price: Decimal
    price_base: int
    amount: Decimal
    rate: Rate


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit note says."""

    lines: tuple[CreditLine, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Corrected:
    """An invoice as earlier credit notes have left it."""

    lines: Sequence[Creditable]
    taxes: Sequence[TaxTotal]
    credited: Mapping[Rate, TaxTotal]
    currency: str = "EUR"

    @property
    def left(self) -> Decimal:
        """What can still be taken back, without tax."""
        return sum((line.amount_left for line in self.lines), ZERO)

    @property
    def gross_left(self) -> Decimal:
        """What can still be taken back, tax included."""
        asked = sum((tax.base + tax.tax for tax in self.taxes), ZERO)
        return asked - sum((tax.base + tax.tax for tax in self.credited.values()), ZERO)


def draw_up_credit(corrected: Corrected, asked: Asked) -> Credit:
    """Return what the credit note says.

    :raises CreditRefused: there is nothing to credit, or it is more than what is left
    """
    if not any(line.amount_left for line in corrected.lines):
        raise CreditRefused(Refusal.NOTHING_LEFT)
    if asked.amount is not None:
        lines = _spread(corrected, asked.amount)
    elif asked.wishes:
        lines = _chosen(corrected, asked.wishes)
    else:
        lines = [_rest_of(line) for line in corrected.lines]
    lines = [line for line in lines if line.amount]
    if not lines:
        raise CreditRefused(Refusal.NOTHING_ASKED)
    totals = _totals_of(lines, corrected)
    if totals.total <= 0:
        raise CreditRefused(Refusal.WRONG_SIGN)
    if totals.net > corrected.left:
        raise CreditRefused(Refusal.ABOVE_TOTAL, None, corrected.left)
    if totals.total > corrected.gross_left:
        raise CreditRefused(Refusal.ABOVE_GROSS, None, corrected.gross_left)
    return Credit(tuple(lines), totals)


def draw_up_rest(corrected: Corrected) -> Credit | None:
    """Return the credit of all that is left, None where no line has anything left.

    It may come to nothing: where lines below nothing outweigh the others, each is taken back.
    """
    lines = tuple(_rest_of(line) for line in corrected.lines if line.amount_left)
    return Credit(lines, _totals_of(lines, corrected)) if lines else None


def _rest_of(line: Creditable) -> CreditLine:
    """Return all that is left of a line, in its own units where they say the same."""
    return _written(line, line.amount_left, line.quantity_left)


def _written(line: Creditable, amount: Decimal, quantity: Decimal) -> CreditLine:
    """Return a line that prints its arithmetic: its own units and price, or 1 x the amount."""
    exact = quantity * line.unit_price / line.price_base
    if quantity and round_money(exact, line.currency) == amount:
        return CreditLine(
            line.id, quantity, line.unit, line.unit_price, line.price_base, amount, line.rate
        )
    times = Decimal(1 if amount > 0 else -1)
    return CreditLine(line.id, times, "piece", abs(amount), 1, amount, line.rate)


def _chosen(corrected: Corrected, wishes: Iterable[Wish]) -> list[CreditLine]:
    known = {line.id: line for line in corrected.lines}
    found: dict[int, CreditLine] = {}
    for wish in wishes:
        if wish.line_id not in known:
            raise CreditRefused(Refusal.UNKNOWN_LINE, wish.line_id)
        if wish.line_id in found:
            raise CreditRefused(Refusal.LINE_TWICE, wish.line_id)
        found[wish.line_id] = _granted(known[wish.line_id], wish, corrected.currency)
    return [found[line.id] for line in corrected.lines if line.id in found]


def _granted(line: Creditable, wish: Wish, currency: str) -> CreditLine:
    if wish.quantity is not None and wish.amount is not None:
        raise CreditRefused(Refusal.BOTH_GIVEN, line.id)
    if wish.quantity is not None:
        return _by_quantity(line, wish.quantity, currency)
    if wish.amount is None:
        return _rest_of(line)
    _guard_unit(wish.amount, currency, line.id)
    if wish.amount * line.amount < 0:
        raise CreditRefused(Refusal.WRONG_SIGN, line.id)
    if abs(wish.amount) > abs(line.amount_left):
        raise CreditRefused(Refusal.ABOVE_LINE, line.id, line.amount_left)
    if wish.amount == line.amount_left:
        return _rest_of(line)
    return _written(line, wish.amount, ZERO)


def _by_quantity(line: Creditable, quantity: Decimal, currency: str) -> CreditLine:
    if quantity * line.quantity < 0:
        raise CreditRefused(Refusal.WRONG_SIGN, line.id)
    if abs(quantity) > abs(line.quantity_left):
        raise CreditRefused(Refusal.ABOVE_QUANTITY, line.id, line.quantity_left)
    if quantity == line.quantity_left:
        return _rest_of(line)
    amount = round_money(quantity * line.unit_price / line.price_base, currency)
    if abs(amount) > abs(line.amount_left):
        raise CreditRefused(Refusal.ABOVE_LINE, line.id, line.amount_left)
    return _written(line, amount, quantity)


def _spread(corrected: Corrected, amount: Decimal) -> list[CreditLine]:
    """Spread an amount over what is left of each line, by largest remainder."""
    _guard_unit(amount, corrected.currency)
    if amount <= 0:
        raise CreditRefused(Refusal.NOTHING_ASKED)
    if amount > corrected.left:
        raise CreditRefused(Refusal.ABOVE_TOTAL, None, corrected.left)
    parts = _shares(amount, [line.amount_left for line in corrected.lines], corrected.currency)
    return [
        _rest_of(line) if part == line.amount_left else _written(line, part, ZERO)
        for line, part in zip(corrected.lines, parts, strict=True)
    ]


def _shares(amount: Decimal, left: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Split by what is left, lines below nothing too: no part goes beyond its own line."""
    unit, whole = smallest_unit(currency), sum(left, ZERO)
    exact = [amount * one / whole for one in left]
    parts = [one.quantize(unit, rounding=ROUND_FLOOR) for one in exact]
    missing = int((amount - sum(parts, ZERO)) / unit)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[:missing]:
        parts[i] += unit
    return parts


def _guard_unit(amount: Decimal, currency: str, line_id: int | None = None) -> None:
    if amount != round_money(amount, currency):
        raise CreditRefused(Refusal.TOO_FINE, line_id)


def _totals_of(lines: Iterable[CreditLine], corrected: Corrected) -> Totals:
    bases: dict[Rate, Decimal] = {}
    for line in lines:
        bases[line.rate] = bases.get(line.rate, ZERO) + line.amount
    asked = {(tax.category, tax.rate): tax for tax in corrected.taxes}
    taxes = tuple(
        _tax_of(asked[rate], corrected.credited.get(rate), base, corrected.currency)
        for rate, base in sorted(bases.items(), reverse=True)
    )
    net = sum((tax.base for tax in taxes), ZERO)
    return Totals(net, sum((tax.tax for tax in taxes), ZERO), taxes)


def _tax_of(asked: TaxTotal, credited: TaxTotal | None, base: Decimal, currency: str) -> TaxTotal:
    """Return the tax of one rate on the credit note.

    :raises CreditRefused: the base goes beyond what is left at this rate
    """
    before = credited or TaxTotal(asked.category, asked.rate, ZERO, ZERO)
    base_left, tax_left = asked.base - before.base, asked.tax - before.tax
    rest = base_left - base
    if not _is_between(rest, asked.base):
        raise CreditRefused(Refusal.ABOVE_RATE, None, base_left, f"{asked.rate.normalize():f}")
    tax = round_money(base * asked.rate / _HUNDRED, currency)
    has_to_stay = round_money(rest * asked.rate / _HUNDRED, currency)
    slack = smallest_unit(currency) if rest else ZERO
    lowest, highest = tax_left - has_to_stay - slack, tax_left - has_to_stay + slack
    tax = min(max(tax, lowest, min(tax_left, ZERO)), highest, max(tax_left, ZERO))
    return TaxTotal(asked.category, asked.rate, base, tax)


def _is_between(rest: Decimal, whole: Decimal) -> bool:
    """Whether the rest lies between nothing and the whole, which may be less than nothing."""
    return min(whole, ZERO) <= rest <= max(whole, ZERO)
