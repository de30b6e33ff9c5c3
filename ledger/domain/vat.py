"""Value-added tax by period: what of a document counts, and when.

On the basis of invoicing a document counts on its day. On the basis of receipt each payment counts
in proportion: tax by rate, half up, worked out for all that is paid by then less what counted
before, so that the parts of all payments add up to the document, to the cent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from core.money import ZERO, round_money


class Basis(StrEnum):
    """When tax counts: as a document is issued, as it is paid, or as the law has it due."""

    DUE = "due"
    INVOICED = "invoiced"
    RECEIVED = "received"


class VatSituation(StrEnum):
    """Whose tax a sale falls under, as returns ask for it."""

    DOMESTIC = "domestic"
    EXEMPT = "exempt"
    REVERSE_CHARGE = "reverse_charge"
    EU_GOODS = "eu_goods"
    EXPORT = "export"
    OUTSIDE = "outside"
    SMALL_BUSINESS = "small_business"
    OUTSIDE_SCOPE = "outside_scope"


_BY_CATEGORY = {
    "AE": VatSituation.REVERSE_CHARGE,
    "K": VatSituation.EU_GOODS,
    "G": VatSituation.EXPORT,
    "O": VatSituation.OUTSIDE,
    "E": VatSituation.EXEMPT,
}


def situation_of(tax_situation: str, category: str) -> VatSituation:
    """Return the situation of a tax line, by that of its document and its category."""
    if tax_situation == VatSituation.OUTSIDE_SCOPE:
        return VatSituation.OUTSIDE_SCOPE
    found = _BY_CATEGORY.get(category, VatSituation.DOMESTIC)
    is_small = found == VatSituation.EXEMPT and tax_situation == VatSituation.SMALL_BUSINESS
    return VatSituation.SMALL_BUSINESS if is_small else found


class Sort(NamedTuple):
    """What a report keeps apart: situation, rate, and goods from services."""

    situation: VatSituation
    rate: Decimal
    is_goods: bool

    @property
    def key(self) -> str:
        """The sort as it stands in an address."""
        return f"{self.situation}-{self.rate}-{'goods' if self.is_goods else 'services'}"

    @property
    def counts_when_paid(self) -> bool:
        """Whether the law has its tax due by payment: services of the firm's own country."""
        return self.situation == VatSituation.DOMESTIC and not self.is_goods


class Part(NamedTuple):
    """What a document, or a payment of it, comes to in one sort."""

    sort: Sort
    base: Decimal
    tax: Decimal

    def times(self, sign: int) -> "Part":
        """Return the part, or what takes it back."""
        return Part(self.sort, sign * self.base, sign * self.tax)


class Rated(NamedTuple):
    """A tax line of a document, and how much of its base is goods."""

    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal
    goods: Decimal


@dataclass(frozen=True, slots=True)
class Taxed:
    """A document in its own currency, one of which is worth ``per_unit`` in the books."""

    situation: str
    total: Decimal
    rates: Sequence[Rated]
    per_unit: Decimal = Decimal(1)
    currency: str = "EUR"

    def parts(self) -> list[Part]:
        """Return its parts in the currency of the books; together they are its total there."""
        found = [part for rated in self.rates for part in self._split(rated)]
        worth = [Part(one.sort, self._in_books(one.base), self._in_books(one.tax)) for one in found]
        return _made_up(worth, self._in_books(self.total))

    def _split(self, rated: Rated) -> list[Part]:
        situation = situation_of(self.situation, rated.category)
        whole = Part(Sort(situation, rated.rate, is_goods=False), rated.base, rated.tax)
        if not rated.goods or not rated.base:
            return [whole]
        tax = round_money(rated.tax * rated.goods / rated.base, self.currency)
        goods = Part(Sort(situation, rated.rate, is_goods=True), rated.goods, tax)
        rest = Part(whole.sort, rated.base - rated.goods, rated.tax - tax)
        return [goods, rest] if rest.base or rest.tax else [goods]

    def _in_books(self, amount: Decimal) -> Decimal:
        return amount if self.per_unit == 1 else round_money(amount * self.per_unit)


def _made_up(parts: list[Part], whole: Decimal) -> list[Part]:
    """Let the largest base bear the cents that rounding left, so that the parts are the whole."""
    left = whole - sum((one.base + one.tax for one in parts), ZERO)
    if left and parts:
        at = max(range(len(parts)), key=lambda place: abs(parts[place].base))
        parts[at] = parts[at]._replace(base=parts[at].base + left)
    return parts


def share_of(parts: Sequence[Part], share: Decimal, whole: Decimal) -> list[Part]:
    """Return ``share`` of ``whole`` of the parts: tax by rate half up, the bases make up the rest.

    Where a rate is of goods and services, the second of them bears what rounding left of the rate.
    """
    if share == whole:
        return list(parts)

    def of(amount: Decimal) -> Decimal:
        return round_money(amount * share / whole)

    found: list[Part] = []
    for _rate, some in groupby(sorted(parts), key=lambda one: one.sort[:2]):
        own = list(some)
        base = of(sum((one.base for one in own), ZERO))
        tax = of(sum((one.tax for one in own), ZERO))
        for one in own[:-1]:
            found.append(Part(one.sort, of(one.base), of(one.tax)))
            base, tax = base - found[-1].base, tax - found[-1].tax
        found.append(Part(own[-1].sort, base, tax))
    gross = sum((one.base + one.tax for one in parts), ZERO)
    return _made_up(found, of(gross))


class Happening(NamedTuple):
    """What happened to an invoice: money came (went, below nothing), or a credit note was given."""

    paid: Decimal = ZERO
    credited: "Taxed | None" = None


@dataclass(slots=True)
class Receipts:
    """An invoice on the basis of receipt, followed through what happens to it in order.

    A credit note lowers what is asked for; what is paid beyond that counts for nothing.
    """

    invoice: Taxed
    left: dict[Sort, Part] = field(init=False)
    asked: Decimal = field(init=False)
    paid: Decimal = ZERO
    counted: dict[Sort, Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = {part.sort: part for part in self.invoice.parts()}
        self.asked = self.invoice.total

    def take(self, happening: Happening) -> list[Part]:
        """Return what counts by this happening."""
        self.paid += happening.paid
        if happening.credited is not None:
            self.credit(happening.credited)
        now = {part.sort: part for part in self._received()}
        moved = difference(now, self.counted)
        self.counted = now
        return moved

    def credit(self, note: Taxed) -> None:
        """Take off what a credit note takes back."""
        self.asked -= note.total
        taken = {part.sort: part for part in note.parts()}
        self.left = {part.sort: part for part in difference(self.left, taken)}

    def share(self, amount: Decimal) -> list[Part]:
        """Return the part of what is left that an amount of it is."""
        return share_of(list(self.left.values()), amount, self.asked) if self.asked else []

    def _received(self) -> list[Part]:
        paid = min(self.paid, self.asked)
        return self.share(paid) if paid > 0 else []


def difference(now: Mapping[Sort, Part], before: Mapping[Sort, Part]) -> list[Part]:
    """Return what is more (less, below nothing) than before in each sort."""
    found = []
    for sort in sorted({*now, *before}):
        new = now.get(sort, Part(sort, ZERO, ZERO))
        old = before.get(sort, Part(sort, ZERO, ZERO))
        if new != old:
            found.append(Part(sort, new.base - old.base, new.tax - old.tax))
    return found


def added_up(parts: Iterable[Part]) -> list[Part]:
    """Return one part for each sort, in the order in which they are reported."""
    sums: dict[Sort, Part] = {}
    for part in parts:
        known = sums.get(part.sort, Part(part.sort, ZERO, ZERO))
        sums[part.sort] = Part(part.sort, known.base + part.base, known.tax + part.tax)
    order = list(VatSituation)
    return sorted(
        sums.values(), key=lambda one: (order.index(one.sort.situation), -one.sort.rate, one.sort)
    )
