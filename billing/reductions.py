"""The discounts of a document as people and programs read them: by line, and on the document."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.models import Charge, Invoice, Reach
from core.display import money_text
from core.money import ZERO


@dataclass(frozen=True)
class OnDocument:
    """What one discount takes off the whole document: its words, and the parts by line."""

    text: str
    discount_id: int | None
    parts: list[Charge]

    @property
    def amount(self) -> Decimal:
        """What it takes off, less than nothing."""
        return sum((part.amount for part in self.parts), ZERO)


@dataclass(frozen=True)
class Reductions:
    """All discounts of one document, parted from its lines."""

    lines: list[Charge]
    on_line: dict[int, list[Charge]] = field(default_factory=dict)
    on_document: list[OnDocument] = field(default_factory=list)

    def of(self, line: Charge) -> list[Charge]:
        """Return what is taken off a line alone."""
        return self.on_line.get(line.pk, [])

    def net_of(self, line: Charge) -> Decimal:
        """Return what a line asks for, without its part of discounts on the document."""
        return line.amount + sum((one.amount for one in self.of(line)), ZERO)

    @property
    def lines_net(self) -> Decimal:
        """What all lines ask for before the discounts on the document."""
        return sum((self.net_of(line) for line in self.lines), ZERO)


def parted(charges: Iterable[Charge]) -> Reductions:
    """Part the printed charges of a document into its lines and their discounts."""
    printed = [charge for charge in charges if charge.position is not None]
    on_line: dict[int, list[Charge]] = defaultdict(list)
    shares: dict[tuple[int | None, str], list[Charge]] = defaultdict(list)
    for charge in printed:
        if charge.reach == Reach.LINE:
            on_line[charge.reduces_id or 0].append(charge)
        elif charge.reach == Reach.DOCUMENT:
            shares[charge.discount_id, charge.description].append(charge)
    return Reductions(
        [charge for charge in printed if not charge.reach],
        dict(on_line),
        [OnDocument(text, key, parts) for (key, text), parts in shares.items()],
    )


def rows_of_discounts(invoice: Invoice) -> Iterator[tuple[str, str]]:
    """Yield what the lines come to and what is taken off that; nothing where nothing is."""
    known = parted(invoice.charges.all())
    if known.on_document:
        yield _("Sum of the lines"), money_text(known.lines_net, invoice.currency)
    for one in known.on_document:
        yield one.text, money_text(one.amount, invoice.currency)
