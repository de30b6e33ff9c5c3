"""Reading an issued invoice as an electronic one, from what was frozen at issue."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from billing.einvoice.document import (
    EXEMPTION_CODES,
    SMALL_BUSINESS_OF_FRANCE,
    Account,
    Debit,
    Deduction,
    DocumentType,
    Earlier,
    EDocument,
    Item,
    Note,
    Tax,
    TaxPoint,
)
from billing.einvoice.missing import NotElectronic, missing_for
from billing.einvoice.sides import is_french, parties_of, rate_of, side_of
from billing.mentions import (
    DEBIT,
    DEBITS,
    DISCOUNT,
    EXCHANGE,
    NATURE,
    PENALTY,
    RECOVERY_FEE,
    TAX,
    is_collected,
    mentions_for,
)
from billing.models import GOODS, Charge, Invoice, TaxSituation, Treatment, Unit
from billing.parties import Party
from billing.reductions import Reductions, parted
from clients.models import ClientKind, Mandate
from core.money import ZERO, round_money
from core.secret_box import SecretLost, unseal

UNITS = {
    Unit.MINUTE: "MIN",
    Unit.PIECE: "C62",
    Unit.MONTH: "MON",
    Unit.QUARTER: "QAN",
    Unit.HALF_YEAR: "SAN",
    Unit.YEAR: "ANN",
    Unit.PRO_RATA: "C62",
}
_PAYMENT_NOTES = (RECOVERY_FEE, PENALTY, DISCOUNT)
GENERAL = "AAI"
TREATMENT = "BAR"


def electronic(invoice: Invoice) -> EDocument:
    """Return the invoice as machines read it.

    :raises NotElectronic: a fact is missing that only a person can fill in
    """
    missing = missing_for(invoice)
    if missing:
        raise NotElectronic(missing)
    seller, buyer = parties_of(invoice)
    known = parted(invoice.charges.all())
    charges = known.lines
    issued_on, due_on = invoice.issued_on, invoice.due_on
    if issued_on is None or due_on is None:
        raise ValueError("only an issued invoice is written for machines")
    paid = _paid(invoice)
    out_of_scope = any(line.category == "O" for line in invoice.tax_lines.all())
    return EDocument(
        type=DocumentType.CREDIT_NOTE if invoice.is_credit_note else DocumentType.INVOICE,
        number=invoice.number,
        issued_on=issued_on,
        due_on=max(due_on, issued_on),
        currency=invoice.currency,
        process=_process(charges, is_paid=bool(paid) and paid == invoice.total),
        notes=tuple(_notes(invoice, seller, buyer)),
        seller=side_of(seller, is_seller=True, hides_vat=out_of_scope),
        buyer=side_of(buyer, is_seller=False, hides_vat=out_of_scope),
        items=tuple(_item(charge, known) for charge in charges),
        deductions=tuple(_deductions(known)),
        taxes=tuple(_taxes(invoice, seller)),
        net=invoice.net,
        tax=invoice.tax,
        total=invoice.total,
        paid=paid,
        earlier=tuple(_earlier(invoice)),
        account=_account(invoice, seller),
        debit=_debit(invoice),
        order=invoice.purchase_order,
        tax_point=_tax_point(invoice, charges),
        tax_in_euro=tax_in_euro(invoice),
    )


def tax_in_euro(invoice: Invoice) -> Decimal | None:
    """Return the tax in euro of a French invoice in another currency, None for any other."""
    seller, _buyer = parties_of(invoice)
    rate = rate_of(invoice)
    if invoice.currency == "EUR" or seller["country"] != "FR":
        return None
    if not invoice.tax:
        return ZERO
    return round_money(invoice.tax / rate, "EUR") if rate else None


def _process(charges: Iterable[Charge], *, is_paid: bool) -> str:
    """Return the French code of the business process: goods, services or both; paid or not."""
    kinds = {charge.kind in GOODS for charge in charges}
    nature = "M" if len(kinds) > 1 else "B" if kinds == {True} else "S"
    return f"{nature}{2 if is_paid else 1}"


def _notes(invoice: Invoice, seller: Party, buyer: Party) -> Iterable[Note]:
    mentions = {mention["code"]: mention["text"] for mention in invoice.mentions}
    if seller["country"] == "FR":
        mentions = _terms(invoice) | mentions
        yield Note(TREATMENT, _treatment(invoice, buyer))
    for code in _PAYMENT_NOTES:
        if code in mentions:
            yield Note(code, mentions[code])
    for code in (DEBITS, NATURE, EXCHANGE):
        if code in mentions:
            yield Note(GENERAL, mentions[code])


def _terms(invoice: Invoice) -> dict[str, str]:
    """Return the terms of payment that French invoices and credit notes carry for machines."""
    of = invoice.corrects
    frozen = of.mentions if of else []
    terms = {mention["code"]: mention["text"] for mention in frozen}
    if not set(_PAYMENT_NOTES) <= set(terms):
        usual = mentions_for(
            invoice.legal_entity,
            situation=invoice.tax_situation,
            language=invoice.language,
            kinds=[],
        )
        terms = {mention["code"]: mention["text"] for mention in usual} | terms
    return {code: text for code, text in terms.items() if code in _PAYMENT_NOTES}


def _treatment(invoice: Invoice, buyer: Party) -> str:
    if invoice.tax_situation == TaxSituation.OUTSIDE_SCOPE:
        return "OUTOFSCOPE"
    is_person = buyer["kind"] == ClientKind.PERSON
    if is_french(buyer):
        return "B2C" if is_person else "B2B"
    return "B2CINT" if is_person else "B2BINT"


def _item(charge: Charge, known: Reductions) -> Item:
    is_billed = charge.treatment == Treatment.BILLED
    price, quantity = charge.unit_price if is_billed else ZERO, charge.quantity
    off, net = known.of(charge), known.net_of(charge)
    if any(one.amount > 0 for one in off):  # a discount that goes back with its line
        off, price, quantity = [], abs(net), Decimal(1).copy_sign(net)
    if price < 0:
        price, quantity = -price, -quantity
    return Item(
        position=str(charge.position),
        name=charge.description,
        detail=_context(charge),
        quantity=quantity,
        unit=UNITS[Unit(charge.unit)],
        price=price,
        price_base=charge.price_base,
        net=net,
        category=charge.tax_category,
        rate=charge.tax_rate,
        starts_on=charge.starts_on,
        last_day_on=charge.last_day_on,
        deductions=tuple(Deduction(-one.amount, one.description) for one in off),
    )


def _deductions(known: Reductions) -> Iterable[Deduction]:
    """Yield each discount on the document, one for each category and rate of tax."""
    for one in known.on_document:
        rates: dict[tuple[str, Decimal], Decimal] = {}
        for part in one.parts:
            rate = (part.tax_category, part.tax_rate)
            rates[rate] = rates.get(rate, ZERO) - part.amount
        for (category, rate_percent), amount in sorted(rates.items(), reverse=True):
            yield Deduction(amount, one.text, category, rate_percent)


def _context(charge: Charge) -> str:
    if charge.ticket:
        return f"{charge.ticket.number} {charge.ticket.subject}"
    return f"{charge.contract.number} {charge.contract.name}" if charge.contract else ""


def _taxes(invoice: Invoice, seller: Party) -> Iterable[Tax]:
    reasons = {mention["code"]: mention["text"] for mention in invoice.mentions}
    for line in invoice.tax_lines.all():
        is_charged = line.category in {"S", "Z"}
        code = EXEMPTION_CODES.get(line.category, "")
        if line.category == "E" and seller["country"] == "FR":
            code = SMALL_BUSINESS_OF_FRANCE
        yield Tax(
            category=line.category,
            rate=line.rate,
            base=line.base,
            tax=line.tax,
            reason="" if is_charged else reasons.get(TAX, ""),
            reason_code="" if is_charged else code,
        )


def _paid(invoice: Invoice) -> Decimal:
    """Return what had been paid by the day of the invoice."""
    standing = invoice.allocations.standing()
    paid = standing.filter(payment__received_on__lte=invoice.issued_on)
    return paid.aggregate(sum=Sum("amount"))["sum"] or ZERO


def _earlier(invoice: Invoice) -> Iterable[Earlier]:
    of = invoice.corrects
    if of is not None and of.issued_on is not None:
        yield Earlier(of.number, of.issued_on)


def _account(invoice: Invoice, seller: Party) -> Account | None:
    """Return where to pay; nowhere what is collected, so that no program pays it as well."""
    if invoice.is_credit_note or is_collected(invoice.mentions) or not seller["iban"]:
        return None
    return Account(seller["iban"], seller["bic"], seller["name"])


def _debit(invoice: Invoice) -> Debit | None:
    """Return how it is collected, as it announced it; without the account where that is lost."""
    said = next((one for one in invoice.mentions if one["code"] == DEBIT), None)
    if said is None:
        return None
    mandate = Mandate.objects.filter(
        legal_entity=invoice.legal_entity_id, reference=said["mandate"]
    ).first()
    try:
        iban = unseal(mandate.iban_sealed) if mandate else ""
    except SecretLost:
        iban = ""
    return Debit(said["mandate"], said["creditor"], iban)


def _tax_point(invoice: Invoice, charges: list[Charge]) -> TaxPoint | None:
    if invoice.tax_situation == TaxSituation.OUTSIDE_SCOPE:
        return None
    if any(mention["code"] == DEBITS for mention in invoice.mentions):
        return TaxPoint.ISSUE
    kinds = {charge.kind in GOODS for charge in charges}
    return (
        {True: TaxPoint.DELIVERY, False: TaxPoint.PAYMENT}[kinds.pop()] if len(kinds) == 1 else None
    )
