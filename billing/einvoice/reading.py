"""Reading an issued invoice as an electronic one, and saying what it lacks to become one.

All comes from what was frozen at issue. What identifies a party for machines only, its SIREN and
its electronic address, is completed from today's record where it was blank: it is printed nowhere
and the law asks for it later than for the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.domain.tax import TAX_COUNTRY
from billing.einvoice.document import (
    EXEMPTION_CODES,
    FRENCH_DIRECTORY,
    MAIL,
    SIREN,
    SMALL_BUSINESS_OF_FRANCE,
    Account,
    Address,
    DocumentType,
    Earlier,
    EDocument,
    Item,
    Note,
    Side,
    Tax,
    TaxPoint,
)
from billing.mentions import DEBITS, DISCOUNT, NATURE, PENALTY, RECOVERY_FEE, TAX, mentions_for
from billing.models import Charge, ChargeKind, Invoice, Treatment, Unit
from billing.parties import Party, buyer_as_issued, seller_as_issued
from clients.models import ClientKind, LegalEntity
from core.money import ZERO, round_money

UNITS = {
    Unit.MINUTE: "MIN",
    Unit.PIECE: "C62",
    Unit.MONTH: "MON",
    Unit.QUARTER: "QAN",
    Unit.HALF_YEAR: "SAN",
    Unit.YEAR: "ANN",
    Unit.PRO_RATA: "C62",
}
_SIREN_DIGITS, _SIRET_DIGITS = 9, 14
_COMPLETED = ("registration_number", "electronic_scheme", "electronic_address", "invoice_email")
_PAYMENT_NOTES = (RECOVERY_FEE, PENALTY, DISCOUNT)
GENERAL = "AAI"
TREATMENT = "BAR"
EXCHANGE = "FX"


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that an electronic invoice needs and that nobody has filled in yet."""

    field: str
    owner: str
    url: str

    def __str__(self) -> str:
        return _("%(owner)s: %(field)s") % {"owner": self.owner, "field": self.field}


class NotElectronic(Exception):
    """The invoice cannot be written for machines; ``missing`` says what it lacks."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(sentence_for(missing))


def sentence_for(missing: Iterable[Missing]) -> str:
    """Return the sentence that names what is to be filled in."""
    return _("An electronic invoice also needs: %(facts)s.") % {
        "facts": ", ".join(str(one) for one in missing)
    }


def missing_for(invoice: Invoice) -> list[Missing]:
    """Return what the invoice lacks to be written for machines."""
    seller, buyer = _parties(invoice)
    return [
        *_missing_of(seller, seller["name"], reverse("clients:firm")),
        *_missing_of(
            buyer, buyer["name"], reverse("clients:client-edit", args=[invoice.client_id])
        ),
        *_missing_rate(invoice, seller),
    ]


def missing_of_firm(entity: LegalEntity) -> list[Missing]:
    """Return what the firm lacks before any of its documents can be written for machines."""
    seller = seller_as_issued(entity)
    return list(_missing_of(_completed(seller, seller), seller["name"], reverse("clients:firm")))


def missing_of_parties(seller: Party, buyer: Party, client_id: int) -> list[Missing]:
    """Return what two parties lack before anything is issued."""
    return [
        *_missing_of(_completed(seller, seller), seller["name"], reverse("clients:firm")),
        *_missing_of(buyer, buyer["name"], reverse("clients:client-edit", args=[client_id])),
    ]


def electronic(invoice: Invoice) -> EDocument:
    """Return the invoice as machines read it.

    :raises NotElectronic: a fact is missing that only a person can fill in
    """
    missing = missing_for(invoice)
    if missing:
        raise NotElectronic(missing)
    seller, buyer = _parties(invoice)
    charges = [charge for charge in invoice.charges.all() if charge.position is not None]
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
        seller=_side(seller, is_seller=True, hides_vat=out_of_scope),
        buyer=_side(buyer, is_seller=False, hides_vat=out_of_scope),
        items=tuple(_item(charge) for charge in charges),
        taxes=tuple(_taxes(invoice, seller)),
        net=invoice.net,
        tax=invoice.tax,
        total=invoice.total,
        paid=paid,
        earlier=tuple(_earlier(invoice)),
        account=_account(invoice, seller),
        order=invoice.purchase_order,
        tax_point=_tax_point(invoice, charges),
        tax_in_euro=tax_in_euro(invoice),
    )


def tax_in_euro(invoice: Invoice) -> Decimal | None:
    """Return the tax in euro of a French invoice in another currency, None for any other."""
    seller, _buyer = _parties(invoice)
    rate = rate_of(invoice)
    if invoice.currency == "EUR" or seller["country"] != "FR":
        return None
    if not invoice.tax:
        return ZERO
    return round_money(invoice.tax / rate, "EUR") if rate else None


def rate_of(invoice: Invoice) -> Decimal | None:
    """Return how much of its currency the invoice's mentions take a euro for."""
    for mention in invoice.mentions:
        if mention["code"] == EXCHANGE:
            return Decimal(mention["rate"])
    return None


def _parties(invoice: Invoice) -> tuple[Party, Party]:
    seller = invoice.seller or seller_as_issued(invoice.legal_entity)
    buyer = invoice.buyer or buyer_as_issued(invoice.client)
    return (
        _completed(seller, seller_as_issued(invoice.legal_entity)),
        _completed(buyer, buyer_as_issued(invoice.client)),
    )


def _completed(frozen: Party, today: Party) -> Party:
    """Return the frozen party; what only machines read is filled in where it was blank."""
    added = {name: frozen.get(name) or today.get(name, "") for name in _COMPLETED}
    return {"kind": today.get("kind", ClientKind.BUSINESS)} | frozen | added


def _missing_of(party: Party, owner: str, url: str) -> Iterable[Missing]:
    is_french, is_person = _is_french(party), party["kind"] == ClientKind.PERSON
    if is_french and not is_person and not _siren(party):
        yield Missing(_("SIREN"), owner, url)
    elif not _address(party).value:
        yield Missing(_("electronic address"), owner, url)


def _missing_rate(invoice: Invoice, seller: Party) -> Iterable[Missing]:
    is_needed = invoice.currency != "EUR" and seller["country"] == "FR"
    if is_needed and invoice.tax and rate_of(invoice) is None:
        what = _("exchange rate of %(currency)s on the invoice's date") % {
            "currency": invoice.currency
        }
        yield Missing(what, seller["name"], reverse("clients:firm"))


def _is_french(party: Party) -> bool:
    return TAX_COUNTRY.get(party["country"], party["country"]) == "FR"


def _siren(party: Party) -> str:
    number = party["registration_number"]
    is_one = number.isdigit() and len(number) in {_SIREN_DIGITS, _SIRET_DIGITS}
    return number[:_SIREN_DIGITS] if is_one and _is_french(party) else ""


def _address(party: Party) -> Address:
    """Return the party's electronic address: its own, else what stands for it in its country."""
    if party["electronic_address"]:
        return Address(party["electronic_scheme"], party["electronic_address"])
    if _siren(party):
        return Address(FRENCH_DIRECTORY, _siren(party))
    return Address(MAIL, party.get("invoice_email") or party.get("email", ""))


def _side(party: Party, *, is_seller: bool, hides_vat: bool) -> Side:
    siren, number = _siren(party), party["registration_number"]
    vat = "" if hides_vat else party["vat_number"]
    return Side(
        name=party["name"],
        street=" ".join(party["street"].split()),
        postcode=party["postcode"],
        city=party["city"],
        country={"EL": "GR"}.get(party["country"], party["country"]),
        address=_address(party),
        legal_id=siren or number,
        legal_scheme=SIREN if siren else "",
        siret=number if siren and len(number) == _SIRET_DIGITS else "",
        vat_number=vat,
        tax_number=number if is_seller and not party["vat_number"] and not hides_vat else "",
        legal_text=party.get("legal_form", "") if is_seller else "",
        phone=party.get("phone", ""),
        email=party.get("email", ""),
    )


def _process(charges: Iterable[Charge], *, is_paid: bool) -> str:
    """Return the French code of the business process: goods, services or both; paid or not."""
    kinds = {charge.kind == ChargeKind.PART for charge in charges}
    nature = "M" if len(kinds) > 1 else "B" if kinds == {True} else "S"
    return f"{nature}{2 if is_paid else 1}"


def _notes(invoice: Invoice, seller: Party, buyer: Party) -> Iterable[Note]:
    mentions = {mention["code"]: mention["text"] for mention in invoice.mentions}
    if seller["country"] == "FR":
        mentions = _terms(invoice) | mentions
        yield Note(TREATMENT, _treatment(buyer))
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


def _treatment(buyer: Party) -> str:
    is_person = buyer["kind"] == ClientKind.PERSON
    if _is_french(buyer):
        return "B2C" if is_person else "B2B"
    return "B2CINT" if is_person else "B2BINT"


def _item(charge: Charge) -> Item:
    is_billed = charge.treatment == Treatment.BILLED
    price, quantity = charge.unit_price if is_billed else ZERO, charge.quantity
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
        net=charge.amount,
        category=charge.tax_category,
        rate=charge.tax_rate,
        starts_on=charge.starts_on,
        last_day_on=charge.last_day_on,
    )


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
    if invoice.is_credit_note or not seller["iban"]:
        return None
    return Account(seller["iban"], seller["bic"], seller["name"])


def _tax_point(invoice: Invoice, charges: list[Charge]) -> TaxPoint | None:
    if any(mention["code"] == DEBITS for mention in invoice.mentions):
        return TaxPoint.ISSUE
    kinds = {charge.kind == ChargeKind.PART for charge in charges}
    return (
        {True: TaxPoint.DELIVERY, False: TaxPoint.PAYMENT}[kinds.pop()] if len(kinds) == 1 else None
    )
