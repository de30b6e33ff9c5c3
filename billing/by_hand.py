"""What a person writes on a line by hand, made whole: what is left open, the product says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.models import Product, ProductKind, TaxCode

TOO_MUCH = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it was typed; what is None or empty is left to the product."""

    quantity: Decimal
    starts_on: date
    product: Product | None = None
    description: str = ""
    unit_price: Decimal | None = None
    tax_code: str = ""
    last_day_on: date | None = None


@dataclass(frozen=True, slots=True)
class WholeLine:
    """A line with all that its row needs, named as the row names it."""

    product: Product | None
    is_goods: bool
    description: str
    starts_on: date
    last_day_on: date
    quantity: Decimal
    unit_price: Decimal
    tax_code: str
    ledger_account: str


class Fault(NamedTuple):
    """What is wrong with a line, and at which of its fields."""

    field: str
    sentence: str


def faults_of(line: Written) -> list[Fault]:
    """Return what has to be put right before the line can stand on an invoice."""
    found = []
    if not line.description.strip() and line.product is None:
        found.append(Fault("description", _("Choose a product or write what is charged.")))
    price = line.unit_price
    if price is None and line.product is None:
        found.append(Fault("unit_price", _("Choose a product or type the price.")))
    if price is not None and price < 0:
        text = _("A price cannot be negative; take something back by a negative quantity.")
        found.append(Fault("unit_price", text))
    if line.quantity == 0:
        found.append(Fault("quantity", _("A quantity of nothing charges nothing.")))
    if line.last_day_on and line.last_day_on < line.starts_on:
        found.append(Fault("last_day_on", _("The last day lies before the first.")))
    if not found and abs(line.quantity * _price_of(line)) >= TOO_MUCH:
        found.append(Fault("quantity", _("This comes to more than an invoice can hold.")))
    return found


def made_whole(line: Written) -> WholeLine:
    """Return the line with the product's name, price, tax code and account where none is typed."""
    product = line.product
    return WholeLine(
        product=product,
        is_goods=product is not None and product.kind == ProductKind.PART,
        description=line.description.strip() or (product.name if product else ""),
        starts_on=line.starts_on,
        last_day_on=line.last_day_on or line.starts_on,
        quantity=line.quantity,
        unit_price=_price_of(line),
        tax_code=line.tax_code or (product.tax_code if product else TaxCode.STANDARD),
        ledger_account=product.ledger_account if product else "",
    )


def _price_of(line: Written) -> Decimal:
    if line.unit_price is not None:
        return line.unit_price
    return line.product.price if line.product else Decimal(0)
