"""The document in OASIS's syntax: UBL 2.1, an invoice or a credit note."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from billing.einvoice.cii import SEPA_DEBIT, SEPA_TRANSFER, TRANSFER
from billing.einvoice.document import (
    GUIDELINE,
    SIRET,
    WITHOUT_RATE,
    Debit,
    Deduction,
    EDocument,
    Item,
    Side,
    Tax,
    TaxPoint,
    plain,
)
from billing.einvoice.xml import Element, Writer, money, written

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
COMMON: dict[str | None, str] = {
    "cac": f"{_UBL}:CommonAggregateComponents-2",
    "cbc": f"{_UBL}:CommonBasicComponents-2",
}
INVOICE = f"{_UBL}:Invoice-2"
CREDIT_NOTE = f"{_UBL}:CreditNote-2"
# The same moments as CII's codes of UNTDID 2475, in the list that UBL takes them from.
_TAX_POINTS = {TaxPoint.ISSUE: "3", TaxPoint.DELIVERY: "35", TaxPoint.PAYMENT: "432"}
# Who collects is named among the seller's own numbers, under this scheme.
CREDITOR = "SEPA"
_el = Writer(COMMON)


def ubl_of(document: EDocument) -> bytes:
    """Return the document as UBL."""
    is_credit_note = document.is_credit_note
    root = Writer({None: CREDIT_NOTE if is_credit_note else INVOICE, **COMMON})
    return written(
        root(
            "CreditNote" if is_credit_note else "Invoice",
            *_head(document),
            _invoice_period(document),
            _el.several("cac:OrderReference", [_el.maybe("cbc:ID", document.order)]),
            *(_billing_reference(one.number, one.issued_on) for one in document.earlier),
            _el("cac:AccountingSupplierParty", _party(document.seller, document.debit)),
            _el("cac:AccountingCustomerParty", _party(document.buyer)),
            _means(document),
            *(_deduction(one, document.currency) for one in document.deductions),
            *_taxes(document),
            _sums(document),
            *(_line(item, document) for item in document.items),
        )
    )


def _head(document: EDocument) -> Iterator[Element | None]:
    yield _el("cbc:CustomizationID", GUIDELINE)
    yield _el("cbc:ProfileID", document.process)
    yield _el("cbc:ID", document.number)
    yield _el("cbc:IssueDate", document.issued_on.isoformat())
    if document.is_credit_note:
        yield _el("cbc:CreditNoteTypeCode", document.type.value)
    else:
        yield _el("cbc:DueDate", document.due_on.isoformat())
        yield _el("cbc:InvoiceTypeCode", document.type.value)
    for note in document.notes:
        yield _el("cbc:Note", f"#{note.code}#{note.text}" if note.code else note.text)
    yield _el("cbc:DocumentCurrencyCode", document.currency)
    if document.tax_in_euro is not None:
        yield _el("cbc:TaxCurrencyCode", "EUR")


def _days(starts_on: date, last_day_on: date) -> Iterator[Element]:
    yield _el("cbc:StartDate", starts_on.isoformat())
    yield _el("cbc:EndDate", last_day_on.isoformat())


def _invoice_period(document: EDocument) -> Element:
    is_taxed = any(tax.category == "S" for tax in document.taxes)
    point = document.tax_point if is_taxed else None
    return _el(
        "cac:InvoicePeriod",
        *_days(document.starts_on, document.last_day_on),
        _el("cbc:DescriptionCode", _TAX_POINTS[point]) if point else None,
    )


def _billing_reference(number: str, issued_on: date) -> Element:
    return _el(
        "cac:BillingReference",
        _el(
            "cac:InvoiceDocumentReference",
            _el("cbc:ID", number),
            _el("cbc:IssueDate", issued_on.isoformat()),
        ),
    )


def _party(side: Side, debit: Debit | None = None) -> Element:
    scheme = {"schemeID": side.legal_scheme} if side.legal_scheme else {}
    creditor = _el("cbc:ID", debit.creditor, schemeID=CREDITOR) if debit else None
    return _el(
        "cac:Party",
        _el.maybe("cbc:EndpointID", side.address.value, schemeID=side.address.scheme),
        _el.several("cac:PartyIdentification", [_el.maybe("cbc:ID", side.siret, schemeID=SIRET)]),
        _el.several("cac:PartyIdentification", [creditor]),
        _el(
            "cac:PostalAddress",
            _el.maybe("cbc:StreetName", side.street),
            _el.maybe("cbc:CityName", side.city),
            _el.maybe("cbc:PostalZone", side.postcode),
            _el("cac:Country", _el("cbc:IdentificationCode", side.country)),
        ),
        _tax_scheme(side.vat_number, "VAT"),
        _tax_scheme(side.tax_number, "LOC"),
        _el(
            "cac:PartyLegalEntity",
            _el("cbc:RegistrationName", side.name),
            _el.maybe("cbc:CompanyID", side.legal_id, **scheme),
            _el.maybe("cbc:CompanyLegalForm", side.legal_text),
        ),
        _contact(side),
    )


def _tax_scheme(number: str, scheme: str) -> Element | None:
    if not number:
        return None
    return _el(
        "cac:PartyTaxScheme",
        _el("cbc:CompanyID", number),
        _el("cac:TaxScheme", _el("cbc:ID", scheme)),
    )


def _contact(side: Side) -> Element | None:
    if not side.phone and not side.email:
        return None
    return _el(
        "cac:Contact",
        _el("cbc:Name", side.name),
        _el.maybe("cbc:Telephone", side.phone),
        _el.maybe("cbc:ElectronicMail", side.email),
    )


def _means(document: EDocument) -> Element | None:
    account = document.account
    if document.debit:
        return _debit(document.debit, document.number)
    if account is None:
        return None
    bic = _el.maybe("cbc:ID", account.bic)
    return _el(
        "cac:PaymentMeans",
        _el("cbc:PaymentMeansCode", SEPA_TRANSFER if document.currency == "EUR" else TRANSFER),
        _el("cbc:PaymentID", document.number),
        _el(
            "cac:PayeeFinancialAccount",
            _el("cbc:ID", account.iban),
            _el.maybe("cbc:Name", account.holder),
            _el.several("cac:FinancialInstitutionBranch", [bic]),
        ),
    )


def _debit(debit: Debit, number: str) -> Element:
    iban = _el.maybe("cbc:ID", debit.iban)
    return _el(
        "cac:PaymentMeans",
        _el("cbc:PaymentMeansCode", SEPA_DEBIT),
        _el("cbc:PaymentID", number),
        _el(
            "cac:PaymentMandate",
            _el("cbc:ID", debit.mandate),
            _el.several("cac:PayerFinancialAccount", [iban]),
        ),
    )


def _category(tag: str, category: str, rate: Decimal, *reasons: Element | None) -> Element:
    return _el(
        tag,
        _el("cbc:ID", category),
        _el("cbc:Percent", plain(rate)) if category != WITHOUT_RATE else None,
        *reasons,
        _el("cac:TaxScheme", _el("cbc:ID", "VAT")),
    )


def _deduction(one: Deduction, currency: str) -> Element:
    return _el(
        "cac:AllowanceCharge",
        _el("cbc:ChargeIndicator", "false"),
        _el("cbc:AllowanceChargeReasonCode", "95"),
        _el.maybe("cbc:AllowanceChargeReason", one.reason),
        _el("cbc:Amount", money(one.amount), currencyID=currency),
        _category("cac:TaxCategory", one.category, one.rate) if one.category else None,
    )


def _taxes(document: EDocument) -> Iterator[Element]:
    currency = document.currency
    yield _el(
        "cac:TaxTotal",
        _el("cbc:TaxAmount", money(document.tax), currencyID=currency),
        *(_subtotal(tax, currency) for tax in document.taxes),
    )
    if document.tax_in_euro is not None:
        yield _el(
            "cac:TaxTotal", _el("cbc:TaxAmount", money(document.tax_in_euro), currencyID="EUR")
        )


def _subtotal(tax: Tax, currency: str) -> Element:
    reasons = (
        _el.maybe("cbc:TaxExemptionReasonCode", tax.reason_code),
        _el.maybe("cbc:TaxExemptionReason", tax.reason),
    )
    return _el(
        "cac:TaxSubtotal",
        _el("cbc:TaxableAmount", money(tax.base), currencyID=currency),
        _el("cbc:TaxAmount", money(tax.tax), currencyID=currency),
        _category("cac:TaxCategory", tax.category, tax.rate, *reasons),
    )


def _sums(document: EDocument) -> Element:
    sums = {
        "cbc:LineExtensionAmount": document.lines_net,
        "cbc:TaxExclusiveAmount": document.net,
        "cbc:TaxInclusiveAmount": document.total,
        "cbc:AllowanceTotalAmount": document.deducted if document.deductions else None,
        "cbc:PrepaidAmount": document.paid or None,
        "cbc:PayableAmount": document.due,
    }
    return _el(
        "cac:LegalMonetaryTotal",
        *(
            _el(tag, money(amount), currencyID=document.currency)
            for tag, amount in sums.items()
            if amount is not None
        ),
    )


def _line(item: Item, document: EDocument) -> Element:
    quantity = "cbc:CreditedQuantity" if document.is_credit_note else "cbc:InvoicedQuantity"
    currency = document.currency
    base = str(item.price_base)
    return _el(
        "cac:CreditNoteLine" if document.is_credit_note else "cac:InvoiceLine",
        _el("cbc:ID", item.position),
        _el(quantity, plain(item.quantity), unitCode=item.unit),
        _el("cbc:LineExtensionAmount", money(item.net), currencyID=currency),
        _el("cac:InvoicePeriod", *_days(item.starts_on, item.last_day_on)),
        *(_deduction(one, currency) for one in item.deductions),
        _el(
            "cac:Item",
            _el.maybe("cbc:Description", item.detail),
            _el("cbc:Name", item.name),
            _category("cac:ClassifiedTaxCategory", item.category, item.rate),
        ),
        _el(
            "cac:Price",
            _el("cbc:PriceAmount", plain(item.price), currencyID=currency),
            _el("cbc:BaseQuantity", base, unitCode=item.unit) if item.price_base != 1 else None,
        ),
    )
