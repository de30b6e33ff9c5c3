"""Reading electronic invoices that suppliers sent: Factur-X, CII or UBL, whoever wrote them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO

from pypdf import PdfReader

from billing.einvoice.reading_xml import LARGEST, NotXml, Syntax, Wrong, parse, syntax_of
from billing.einvoice.xml import Element
from core.money import ZERO

EMBEDDED = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
MOST_LINES = 5000
_AMOUNT = re.compile(r"[+-]?\d{1,12}(\.\d{1,8})?")
_CENTS = Decimal("0.01")


class Fault(StrEnum):
    """Why a file cannot be taken in as an invoice, beside what is wrong with its XML."""

    NO_XML_INSIDE = "no_xml_inside"
    BROKEN_PDF = "broken_pdf"
    INCOMPLETE = "incomplete"
    TOO_LONG = "too_long"


class NotReadable(Exception):
    """The file is no electronic invoice that can be read; ``place`` is the term that is amiss."""

    def __init__(self, fault: Fault | Wrong, place: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.place = place


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the file names it."""

    name: str
    registration: str = ""
    vat_number: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, its numbers as they stand in the file."""

    description: str
    quantity: str
    price: str
    rate: str
    net: str


@dataclass(frozen=True, slots=True)
class Received:
    """What an invoice says."""

    syntax: Syntax
    type_code: str
    number: str
    issued_on: date
    due_on: date | None
    currency: str
    supplier: Party
    buyer: Party
    net: Decimal
    tax: Decimal
    total: Decimal
    due: Decimal
    lines: tuple[Line, ...]


def read_invoice(content: bytes) -> Received:
    """Return what the file says; a PDF is read by the XML inside, never by what is printed.

    :raises NotReadable: it is no electronic invoice, or lacks what every invoice says
    """
    xml = xml_inside(content) if content.lstrip()[:5] == b"%PDF-" else content
    try:
        root = parse(xml)
        syntax = syntax_of(root)
    except NotXml as refusal:
        raise NotReadable(refusal.wrong) from refusal
    return _Reader(root, syntax).read()


def xml_inside(pdf: bytes) -> bytes:
    """Return the XML that a Factur-X PDF carries.

    :raises NotReadable: the PDF is broken, too large, or carries none
    """
    if len(pdf) > LARGEST:
        raise NotReadable(Wrong.TOO_LARGE)
    try:
        for attached in PdfReader(BytesIO(pdf)).attachment_list:
            if attached.name.lower() in EMBEDDED:
                return bytes(attached.content or b"")
    except Exception as fault:
        raise NotReadable(Fault.BROKEN_PDF) from fault
    raise NotReadable(Fault.NO_XML_INSIDE)


# Where each fact stands; names without namespaces, since writers choose their prefixes freely.
_CII = {
    "type": "ExchangedDocument/TypeCode",
    "number": "ExchangedDocument/ID",
    "issued": "ExchangedDocument/IssueDateTime/DateTimeString",
    "supplier": "//ApplicableHeaderTradeAgreement/SellerTradeParty",
    "buyer": "//ApplicableHeaderTradeAgreement/BuyerTradeParty",
    "name": "Name",
    "registration": "SpecifiedLegalOrganization/ID",
    "vat": "SpecifiedTaxRegistration/ID[@schemeID='VA']",
    "currency": "//ApplicableHeaderTradeSettlement/InvoiceCurrencyCode",
    "due_on": "//SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
    "net": "//SpecifiedTradeSettlementHeaderMonetarySummation/TaxBasisTotalAmount",
    "tax": "//SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount",
    "total": "//SpecifiedTradeSettlementHeaderMonetarySummation/GrandTotalAmount",
    "due": "//SpecifiedTradeSettlementHeaderMonetarySummation/DuePayableAmount",
    "lines": "//IncludedSupplyChainTradeLineItem",
    "line": "SpecifiedTradeProduct/Name",
    "quantity": "SpecifiedLineTradeDelivery/BilledQuantity",
    "price": "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount",
    "rate": "SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent",
    "line_net": "SpecifiedLineTradeSettlement"
    "/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
}
_UBL = {
    "type": "InvoiceTypeCode|CreditNoteTypeCode",
    "number": "ID",
    "issued": "IssueDate",
    "supplier": "AccountingSupplierParty/Party",
    "buyer": "AccountingCustomerParty/Party",
    "name": "PartyLegalEntity/RegistrationName|PartyName/Name",
    "registration": "PartyLegalEntity/CompanyID",
    "vat": "PartyTaxScheme[TaxScheme/ID='VAT']/CompanyID",
    "currency": "DocumentCurrencyCode",
    "due_on": "DueDate|PaymentMeans/PaymentDueDate",
    "net": "LegalMonetaryTotal/TaxExclusiveAmount",
    "tax": "TaxTotal/TaxAmount",
    "total": "LegalMonetaryTotal/TaxInclusiveAmount",
    "due": "LegalMonetaryTotal/PayableAmount",
    "lines": "InvoiceLine|CreditNoteLine",
    "line": "Item/Name",
    "quantity": "InvoicedQuantity|CreditedQuantity",
    "price": "Price/PriceAmount",
    "rate": "Item/ClassifiedTaxCategory/Percent",
    "line_net": "LineExtensionAmount",
}
_STEP = re.compile(r"(?<![@\w'])([A-Z][A-Za-z]*)(?!\w*')")


def _by_local_name(path: str) -> str:
    return _STEP.sub(r"*[local-name()='\1']", path)


_PATHS = {
    Syntax.CII: {name: _by_local_name(path) for name, path in _CII.items()},
    Syntax.UBL_INVOICE: {name: _by_local_name(path) for name, path in _UBL.items()},
}
_PATHS[Syntax.UBL_CREDIT_NOTE] = _PATHS[Syntax.UBL_INVOICE]


class _Reader:
    """Looks facts up in one document."""

    def __init__(self, root: Element, syntax: Syntax) -> None:
        self._root, self._syntax, self._paths = root, syntax, _PATHS[syntax]

    def read(self) -> Received:
        currency = self._needed("currency")
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise NotReadable(Fault.INCOMPLETE, "currency")
        total = self._amount("total")
        return Received(
            syntax=self._syntax,
            type_code=self._needed("type"),
            number=self._needed("number"),
            issued_on=self._day(self._needed("issued"), "issued"),
            due_on=self._due_on(),
            currency=currency,
            supplier=self._party("supplier"),
            buyer=self._party("buyer"),
            net=self._amount("net"),
            tax=self._tax(currency),
            total=total,
            due=self._amount("due") if self._text("due") else total,
            lines=tuple(self._lines()),
        )

    def _found(self, name: str, below: Element | None = None) -> list[Element]:
        return list((self._root if below is None else below).xpath(self._paths[name]))

    def _text(self, name: str, below: Element | None = None) -> str:
        for element in self._found(name, below):
            text = " ".join((element.text or "").split())
            if text:
                return text
        return ""

    def _needed(self, name: str) -> str:
        text = self._text(name)
        if not text:
            raise NotReadable(Fault.INCOMPLETE, name)
        return text

    def _amount(self, name: str) -> Decimal:
        return self._decimal(self._needed(name), name)

    def _decimal(self, text: str, name: str) -> Decimal:
        if not _AMOUNT.fullmatch(text):
            raise NotReadable(Fault.INCOMPLETE, name)
        amount = Decimal(text)
        if amount != amount.quantize(_CENTS):
            raise NotReadable(Fault.INCOMPLETE, name)
        return amount.quantize(_CENTS)

    def _tax(self, currency: str) -> Decimal:
        """Return the tax in the invoice's own currency: a second one may stand beside it."""
        for element in self._found("tax"):
            if element.get("currencyID", currency) == currency:
                return self._decimal((element.text or "").strip(), "tax")
        return ZERO.quantize(_CENTS)

    def _due_on(self) -> date | None:
        text = self._text("due_on")
        return self._day(text, "due_on") if text else None

    def _day(self, text: str, name: str) -> date:
        form = "%Y%m%d" if self._syntax is Syntax.CII else "%Y-%m-%d"
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007  (a day, no moment)
        except ValueError as wrong:
            raise NotReadable(Fault.INCOMPLETE, name) from wrong

    def _party(self, name: str) -> Party:
        found = self._found(name)
        said = self._text("name", found[0]) if found else ""
        if not said:
            raise NotReadable(Fault.INCOMPLETE, name)
        return Party(said, self._text("registration", found[0]), self._text("vat", found[0]))

    def _lines(self) -> Iterator[Line]:
        found = self._found("lines")
        if len(found) > MOST_LINES:
            raise NotReadable(Fault.TOO_LONG)
        for line in found:
            yield Line(
                description=self._text("line", line),
                quantity=self._text("quantity", line),
                price=self._text("price", line),
                rate=self._text("rate", line),
                net=self._text("line_net", line),
            )
