"""Both parties of a document as machines name them, and the rate of its currency.

All comes from what was frozen at issue. What identifies a party for machines only, its SIREN and
its electronic address, is completed from today's record where it was blank: it is printed nowhere
and the law asks for it later than for the rest.
"""

from decimal import Decimal

from billing.domain.tax import TAX_COUNTRY
from billing.einvoice.document import FRENCH_DIRECTORY, MAIL, SIREN, Address, Side
from billing.mentions import EXCHANGE
from billing.models import Invoice
from billing.parties import Party, buyer_as_issued, seller_as_issued
from clients.models import ClientKind

_SIREN_DIGITS, _SIRET_DIGITS = 9, 14
_COMPLETED = ("registration_number", "electronic_scheme", "electronic_address", "invoice_email")


def rate_of(invoice: Invoice) -> Decimal | None:
    """Return how much of its currency the invoice's mentions take a euro for."""
    for mention in invoice.mentions:
        if mention["code"] == EXCHANGE:
            return Decimal(mention["rate"])
    return None


def parties_of(invoice: Invoice) -> tuple[Party, Party]:
    """Return seller and buyer as issued, of a draft as they stand today."""
    seller = invoice.seller or seller_as_issued(invoice.legal_entity)
    buyer = invoice.buyer or buyer_as_issued(invoice.client)
    return (
        completed(seller, seller_as_issued(invoice.legal_entity)),
        completed(buyer, buyer_as_issued(invoice.client)),
    )


def completed(frozen: Party, today: Party) -> Party:
    """Return the frozen party; what only machines read is filled in where it was blank."""
    added = {name: frozen.get(name) or today.get(name, "") for name in _COMPLETED}
    return {"kind": today.get("kind", ClientKind.BUSINESS)} | frozen | added


def is_french(party: Party) -> bool:
    """Return whether the party belongs to the French territory of VAT."""
    return TAX_COUNTRY.get(party["country"], party["country"]) == "FR"


def siren_of(party: Party) -> str:
    """Return the SIREN of a French party, empty where there is none."""
    number = party["registration_number"]
    is_one = number.isdigit() and len(number) in {_SIREN_DIGITS, _SIRET_DIGITS}
    return number[:_SIREN_DIGITS] if is_one and is_french(party) else ""


def address_of(party: Party) -> Address:
    """Return the party's electronic address: its own, else what stands for it in its country."""
    if party["electronic_address"]:
        return Address(party["electronic_scheme"], party["electronic_address"])
    if siren_of(party):
        return Address(FRENCH_DIRECTORY, siren_of(party))
    return Address(MAIL, party.get("invoice_email") or party.get("email", ""))


def side_of(party: Party, *, is_seller: bool, hides_vat: bool) -> Side:
    """Return the party as the standard has it; outside the scope of VAT no VAT number is named."""
    siren, number = siren_of(party), party["registration_number"]
    vat = "" if hides_vat else party["vat_number"]
    return Side(
        name=party["name"],
        street=" ".join(party["street"].split()),
        postcode=party["postcode"],
        city=party["city"],
        country={"EL": "GR"}.get(party["country"], party["country"]),
        address=address_of(party),
        legal_id=siren or number,
        legal_scheme=SIREN if siren else "",
        siret=number if siren and len(number) == _SIRET_DIGITS else "",
        vat_number=vat,
        tax_number=number if is_seller and not party["vat_number"] and not hides_vat else "",
        legal_text=party.get("legal_form", "") if is_seller else "",
        phone=party.get("phone", ""),
        email=party.get("email", ""),
    )
