"""The firm, its clients and their people, as the old system writes them."""

from decimal import Decimal

from stdnum import iban
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from psa.legacy import values
from psa.legacy.cells import Cells, Refused
from psa.legacy.rows import ClientRow, ContactRow, FirmRow
from psa.legacy.world import CLIENT, World

USUAL_PAYMENT_DAYS = 30
LONGEST_PAYMENT_DAYS = 365
LANGUAGES = frozenset({"fr", "en"})
WHOLE = Decimal(100)


def read_firm(cells: Cells, world: World) -> FirmRow:
    """Return the firm; its time zone holds from here on for every local time."""
    number = cells.text("iban").replace(" ", "").upper()
    if number and not _passes(iban.validate, number):
        cells.notes.append(f"iban: {number} does not check")
    tax_rate = cells.amount("taux_tva_normal")
    if tax_rate > WHOLE:
        raise Refused(f"taux_tva_normal: {cells.text('taux_tva_normal')} is more than 100 %")
    zone = cells.read("fuseau", values.read_zone)
    row = FirmRow(
        name=cells.needed("raison_sociale", 160),
        legal_form=cells.text("forme_juridique", 40),
        share_capital=cells.amount("capital_eur") if cells.text("capital_eur") else None,
        registration_number=cells.text("siren", 40).replace(" ", ""),
        register_town=cells.text("rcs", 80),
        vat_number=_vat_number(cells),
        street=cells.text("rue", 160),
        postcode=cells.text("code_postal", 16),
        city=cells.text("ville", 80),
        country=cells.read("pays", values.read_country),
        currency=cells.read("devise", values.read_currency),
        time_zone=zone.key,
        iban=number[:34],
        invoice_prefix=cells.code("prefixe_factures", 8),
        tax_rate=tax_rate,
    )
    world.zone = zone
    return row


def read_client(cells: Cells, _world: World) -> ClientRow:
    """Return a client."""
    return ClientRow(
        code=cells.code("code", 20),
        name=cells.needed("raison_sociale", 160),
        vat_number=_vat_number(cells),
        registration_number=cells.text("siren", 40).replace(" ", ""),
        street=cells.text("rue", 160),
        postcode=cells.text("code_postal", 16),
        city=cells.text("ville", 80),
        country=cells.read("pays", values.read_country),
        currency=cells.read("devise", values.read_currency),
        payment_days=_payment_days(cells),
        language=_language(cells),
    )


def read_contact(cells: Cells, world: World) -> ContactRow:
    """Return a person at a client."""
    client = world.require(CLIENT, cells.needed("client"))
    email = cells.read_or("courriel", values.read_email, "")
    uses_portal = cells.flag("portail") if cells.text("portail") else False
    if uses_portal and not email:
        cells.notes.append("portail: no e-mail address, so no access to the portal")
    name = cells.text("nom", 80)
    if "?" in name:
        cells.notes.append(f"nom: the old system has lost letters of “{name}”")
    return ContactRow(
        client=client,
        first_name=cells.text("prenom", 80),
        last_name=name or cells.needed("prenom", 80),
        email=email,
        phone=cells.text("telephone", 32),
        uses_portal=uses_portal and bool(email),
    )


def _vat_number(cells: Cells) -> str:
    written = cells.text("tva_intra", 20)
    number = "".join(sign for sign in written.upper() if sign.isalnum())
    if number and not _passes(vat.validate, number):
        cells.notes.append(f"tva_intra: {written} does not check")
    return number


def _passes(validate: object, number: str) -> bool:
    try:
        validate(number)  # type: ignore[operator]  # the library has no types
    except ValidationError:
        return False
    return True


def _payment_days(cells: Cells) -> int:
    if not cells.text("delai_paiement_jours"):
        cells.notes.append(f"delai_paiement_jours is empty, taken as {USUAL_PAYMENT_DAYS}")
        return USUAL_PAYMENT_DAYS
    days = cells.whole("delai_paiement_jours")
    if days > LONGEST_PAYMENT_DAYS:
        raise Refused(f"delai_paiement_jours: {days} days is more than a year")
    return days


def _language(cells: Cells) -> str:
    word = cells.text("langue").lower()
    if word in LANGUAGES:
        return word
    if word:
        cells.notes.append(f"langue: “{word}” is not offered, English is used")
    return "en" if word else "fr"
