"""The document in UN/CEFACT's syntax: Cross Industry Invoice, as it lies in a Factur-X PDF."""

from collections.abc import Iterator
from datetime import date

from billing.einvoice.document import (
    GUIDELINE,
    SIRET,
    WITHOUT_RATE,
    Debit,
    Deduction,
    Earlier,
    EDocument,
    Item,
    Side,
    Tax,
    plain,
)
from billing.einvoice.xml import Element, Writer, money, written

_STANDARD = "urn:un:unece:uncefact:data:standard"
NAMESPACES: dict[str | None, str] = {
    "rsm": f"{_STANDARD}:CrossIndustryInvoice:100",
    "ram": f"{_STANDARD}:ReusableAggregateBusinessInformationEntity:100",
    "qdt": f"{_STANDARD}:QualifiedDataType:100",
    "udt": f"{_STANDARD}:UnqualifiedDataType:100",
}
SEPA_TRANSFER = "58"
SEPA_DEBIT = "59"
TRANSFER = "30"
_el = Writer(NAMESPACES)


def cii_of(document: EDocument) -> bytes:
    """Return the document as CII."""
    context = _el(
        "rsm:ExchangedDocumentContext",
        _el(
            "ram:BusinessProcessSpecifiedDocumentContextParameter", _el("ram:ID", document.process)
        ),
        _el("ram:GuidelineSpecifiedDocumentContextParameter", _el("ram:ID", GUIDELINE)),
    )
    transaction = _el(
        "rsm:SupplyChainTradeTransaction",
        *(_line(item) for item in document.items),
        _agreement(document),
        _el("ram:ApplicableHeaderTradeDelivery"),
        _settlement(document),
    )
    return written(_el("rsm:CrossIndustryInvoice", context, _head(document), transaction))


def _head(document: EDocument) -> Element:
    return _el(
        "rsm:ExchangedDocument",
        _el("ram:ID", document.number),
        _el("ram:TypeCode", document.type.value),
        _el("ram:IssueDateTime", _day(document.issued_on)),
        *(
            _el(
                "ram:IncludedNote",
                _el("ram:Content", note.text),
                _el.maybe("ram:SubjectCode", note.code),
            )
            for note in document.notes
        ),
    )


def _day(day: date, kind: str = "udt") -> Element:
    return _el(f"{kind}:DateTimeString", f"{day:%Y%m%d}", format="102")


def _line(item: Item) -> Element:
    unit = item.unit
    price = _el(
        "ram:NetPriceProductTradePrice",
        _el("ram:ChargeAmount", plain(item.price)),
        _el("ram:BasisQuantity", str(item.price_base), unitCode=unit)
        if item.price_base != 1
        else None,
    )
    return _el(
        "ram:IncludedSupplyChainTradeLineItem",
        _el("ram:AssociatedDocumentLineDocument", _el("ram:LineID", item.position)),
        _el(
            "ram:SpecifiedTradeProduct",
            _el("ram:Name", item.name),
            _el.maybe("ram:Description", item.detail),
        ),
        _el("ram:SpecifiedLineTradeAgreement", price),
        _el(
            "ram:SpecifiedLineTradeDelivery",
            _el("ram:BilledQuantity", plain(item.quantity), unitCode=unit),
        ),
        _el(
            "ram:SpecifiedLineTradeSettlement",
            _el("ram:ApplicableTradeTax", *_rate(item.category, plain(item.rate))),
            _period(item.starts_on, item.last_day_on),
            *(_deduction(one) for one in item.deductions),
            _el(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                _el("ram:LineTotalAmount", money(item.net)),
            ),
        ),
    )


def _rate(category: str, rate: str) -> Iterator[Element]:
    yield _el("ram:TypeCode", "VAT")
    yield _el("ram:CategoryCode", category)
    if category != WITHOUT_RATE:
        yield _el("ram:RateApplicablePercent", rate)


def _period(starts_on: date, last_day_on: date) -> Element:
    return _el(
        "ram:BillingSpecifiedPeriod",
        _el("ram:StartDateTime", _day(starts_on)),
        _el("ram:EndDateTime", _day(last_day_on)),
    )


def _deduction(one: Deduction) -> Element:
    return _el(
        "ram:SpecifiedTradeAllowanceCharge",
        _el("ram:ChargeIndicator", _el("udt:Indicator", "false")),
        _el("ram:ActualAmount", money(one.amount)),
        _el("ram:ReasonCode", "95"),
        _el.maybe("ram:Reason", one.reason),
        _el("ram:CategoryTradeTax", *_rate(one.category, plain(one.rate)))
        if one.category
        else None,
    )


def _agreement(document: EDocument) -> Element:
    order = _el.maybe("ram:IssuerAssignedID", document.order)
    return _el(
        "ram:ApplicableHeaderTradeAgreement",
        _party("ram:SellerTradeParty", document.seller),
        _party("ram:BuyerTradeParty", document.buyer),
        _el.several("ram:BuyerOrderReferencedDocument", [order]),
    )


def _party(tag: str, side: Side) -> Element:
    return _el(
        tag,
        _el.maybe("ram:GlobalID", side.siret, schemeID=SIRET),
        _el("ram:Name", side.name),
        _el.maybe("ram:Description", side.legal_text),
        _legal(side),
        _contact(side),
        _el(
            "ram:PostalTradeAddress",
            _el.maybe("ram:PostcodeCode", side.postcode),
            _el.maybe("ram:LineOne", side.street),
            _el.maybe("ram:CityName", side.city),
            _el("ram:CountryID", side.country),
        ),
        _el.several(
            "ram:URIUniversalCommunication",
            [_el.maybe("ram:URIID", side.address.value, schemeID=side.address.scheme)],
        ),
        _registration(side.vat_number, "VA"),
        _registration(side.tax_number, "FC"),
    )


def _legal(side: Side) -> Element | None:
    scheme = {"schemeID": side.legal_scheme} if side.legal_scheme else {}
    number = _el.maybe("ram:ID", side.legal_id, **scheme)
    return _el.several("ram:SpecifiedLegalOrganization", [number])


def _contact(side: Side) -> Element | None:
    if not side.phone and not side.email:
        return None
    phone = _el.maybe("ram:CompleteNumber", side.phone)
    mail = _el.maybe("ram:URIID", side.email)
    return _el(
        "ram:DefinedTradeContact",
        _el("ram:PersonName", side.name),
        _el.several("ram:TelephoneUniversalCommunication", [phone]),
        _el.several("ram:EmailURIUniversalCommunication", [mail]),
    )


def _registration(number: str, scheme: str) -> Element | None:
    return _el.several(
        "ram:SpecifiedTaxRegistration", [_el.maybe("ram:ID", number, schemeID=scheme)]
    )


def _settlement(document: EDocument) -> Element:
    return _el(
        "ram:ApplicableHeaderTradeSettlement",
        _el("ram:CreditorReferenceID", document.debit.creditor) if document.debit else None,
        _el("ram:PaymentReference", document.number),
        _el("ram:TaxCurrencyCode", "EUR") if document.tax_in_euro is not None else None,
        _el("ram:InvoiceCurrencyCode", document.currency),
        _means(document),
        *(_tax(document, tax) for tax in document.taxes),
        _period(document.starts_on, document.last_day_on),
        *(_deduction(one) for one in document.deductions),
        _el(
            "ram:SpecifiedTradePaymentTerms",
            _el("ram:DueDateDateTime", _day(document.due_on)),
            _el("ram:DirectDebitMandateID", document.debit.mandate) if document.debit else None,
        ),
        _sums(document),
        *(_earlier(one) for one in document.earlier),
    )


def _means(document: EDocument) -> Element | None:
    account = document.account
    if document.debit:
        return _debit(document.debit)
    if account is None:
        return None
    bic = _el.maybe("ram:BICID", account.bic)
    return _el(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        _el("ram:TypeCode", SEPA_TRANSFER if document.currency == "EUR" else TRANSFER),
        _el(
            "ram:PayeePartyCreditorFinancialAccount",
            _el("ram:IBANID", account.iban),
            _el.maybe("ram:AccountName", account.holder),
        ),
        _el.several("ram:PayeeSpecifiedCreditorFinancialInstitution", [bic]),
    )


def _debit(debit: Debit) -> Element:
    iban = _el.maybe("ram:IBANID", debit.iban)
    return _el(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        _el("ram:TypeCode", SEPA_DEBIT),
        _el.several("ram:PayerPartyDebtorFinancialAccount", [iban]),
    )


def _tax(document: EDocument, tax: Tax) -> Element:
    point = document.tax_point if tax.category == "S" else None
    return _el(
        "ram:ApplicableTradeTax",
        _el("ram:CalculatedAmount", money(tax.tax)),
        _el("ram:TypeCode", "VAT"),
        _el.maybe("ram:ExemptionReason", tax.reason),
        _el("ram:BasisAmount", money(tax.base)),
        _el("ram:CategoryCode", tax.category),
        _el.maybe("ram:ExemptionReasonCode", tax.reason_code),
        _el("ram:DueDateTypeCode", point.value) if point else None,
        _el("ram:RateApplicablePercent", plain(tax.rate)) if tax.category != WITHOUT_RATE else None,
    )


def _sums(document: EDocument) -> Element:
    euro = document.tax_in_euro
    return _el(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        _el("ram:LineTotalAmount", money(document.lines_net)),
        _el("ram:AllowanceTotalAmount", money(document.deducted)) if document.deductions else None,
        _el("ram:TaxBasisTotalAmount", money(document.net)),
        _el("ram:TaxTotalAmount", money(document.tax), currencyID=document.currency),
        _el("ram:TaxTotalAmount", money(euro), currencyID="EUR") if euro is not None else None,
        _el("ram:GrandTotalAmount", money(document.total)),
        _el("ram:TotalPrepaidAmount", money(document.paid)) if document.paid else None,
        _el("ram:DuePayableAmount", money(document.due)),
    )


def _earlier(one: Earlier) -> Element:
    return _el(
        "ram:InvoiceReferencedDocument",
        _el("ram:IssuerAssignedID", one.number),
        _el("ram:FormattedIssueDateTime", _day(one.issued_on, "qdt")),
    )
