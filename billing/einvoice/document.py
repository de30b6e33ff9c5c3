"""What an electronic invoice says, as EN 16931 has it, before it is written in any syntax.

Plain values: no database, no clock. The names in brackets are the business terms of the standard.
Amounts are positive on a credit note too; its type says that they are taken back.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.money import ZERO

GUIDELINE = "urn:cen.eu:en16931:2017"
FRENCH_DIRECTORY = "0225"
MAIL = "EM"
SIREN = "0002"
SIRET = "0009"
# Why no tax is charged, by category, from the code list of the exemption reasons.
EXEMPTION_CODES = {"AE": "VATEX-EU-AE", "O": "VATEX-EU-O", "G": "VATEX-EU-G", "K": "VATEX-EU-IC"}
SMALL_BUSINESS_OF_FRANCE = "VATEX-FR-FRANCHISE"
# Categories under which the rules want to read a rate: nothing is said of the rate of O.
WITHOUT_RATE = "O"


class DocumentType(StrEnum):
    """What the document is [BT-3]."""

    INVOICE = "380"
    CREDIT_NOTE = "381"
    CORRECTED = "384"
    DEPOSIT = "386"


class TaxPoint(StrEnum):
    """When the tax falls due [BT-8], by the codes of UNTDID 2475."""

    ISSUE = "5"
    DELIVERY = "29"
    PAYMENT = "72"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a party receives electronic invoices [BT-34, BT-49]."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Side:
    """Seller or buyer [BG-4, BG-7]; ``legal_text`` is the seller's form and capital [BT-33]."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    address: Address
    legal_id: str = ""
    legal_scheme: str = ""
    siret: str = ""
    vat_number: str = ""
    tax_number: str = ""
    legal_text: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A mention with the code of its subject [BG-1]."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Deduction:
    """A discount on a line or on the document [BG-20, BG-27]; lines need no tax of their own."""

    amount: Decimal
    reason: str
    category: str = ""
    rate: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Item:
    """A line [BG-25]: ``net`` is quantity x price / base less its discounts, rounded."""

    position: str
    name: str
    detail: str
    quantity: Decimal
    unit: str
    price: Decimal
    price_base: int
    net: Decimal
    category: str
    rate: Decimal
    starts_on: date
    last_day_on: date
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax of one category and rate [BG-23]."""

    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal
    reason: str = ""
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A document that came before this one [BG-3]."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Account:
    """Where to pay [BG-17]."""

    iban: str
    bic: str
    holder: str


@dataclass(frozen=True, slots=True)
class Debit:
    """By which mandate [BT-89] of which creditor [BT-90] from which account [BT-91] it is taken."""

    mandate: str
    creditor: str
    iban: str = ""


@dataclass(frozen=True, slots=True)
class EDocument:
    """An electronic invoice or credit note."""

    type: DocumentType
    number: str
    issued_on: date
    due_on: date
    currency: str
    process: str
    notes: tuple[Note, ...]
    seller: Side
    buyer: Side
    items: tuple[Item, ...]
    taxes: tuple[Tax, ...]
    net: Decimal
    tax: Decimal
    total: Decimal
    paid: Decimal = ZERO
    deductions: tuple[Deduction, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    account: Account | None = None
    debit: Debit | None = None
    order: str = ""
    tax_point: TaxPoint | None = None
    tax_in_euro: Decimal | None = None

    @property
    def is_credit_note(self) -> bool:
        """Whether it takes back what an invoice asked for."""
        return self.type == DocumentType.CREDIT_NOTE

    @property
    def lines_net(self) -> Decimal:
        """The sum of the lines [BT-106]."""
        return sum((item.net for item in self.items), ZERO)

    @property
    def deducted(self) -> Decimal:
        """The sum of the discounts on the document [BT-107]."""
        return sum((one.amount for one in self.deductions), ZERO)

    @property
    def due(self) -> Decimal:
        """What is left to pay [BT-115]."""
        return self.total - self.paid

    @property
    def starts_on(self) -> date:
        """The first day of what is invoiced [BT-73]."""
        return min(item.starts_on for item in self.items)

    @property
    def last_day_on(self) -> date:
        """The last day of what is invoiced [BT-74]."""
        return max(item.last_day_on for item in self.items)


def plain(number: Decimal) -> str:
    """Write a quantity, a price or a rate without the zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
