"""Both parties of an invoice, as they are copied into it, and what the law misses in them."""

from django.utils.translation import gettext as _

from clients.models import Client, LegalEntity

Party = dict[str, str]

_SELLER_FIELDS = (
    "name",
    "legal_form",
    "registration_number",
    "register_town",
    "vat_number",
    "street",
    "postcode",
    "city",
    "country",
    "email",
    "phone",
    "website",
    "iban",
    "bic",
    "electronic_scheme",
    "electronic_address",
)
BUYER_FIELDS = (
    "code",
    "name",
    "registration_number",
    "vat_number",
    "street",
    "postcode",
    "city",
    "country",
    "kind",
    "electronic_scheme",
    "electronic_address",
    "invoice_email",
)


def seller_as_issued(entity: LegalEntity) -> Party:
    """Return the firm as it stands today."""
    party = {field: str(getattr(entity, field)) for field in _SELLER_FIELDS}
    capital = entity.share_capital
    party["share_capital"] = "" if capital is None else f"{capital:.2f}"
    party["currency"] = entity.currency
    return party


def buyer_as_issued(client: Client) -> Party:
    """Return the client as it stands today."""
    return {field: str(getattr(client, field)) for field in BUYER_FIELDS}


def missing_of_seller(entity: LegalEntity) -> list[str]:
    """Return the names of what an invoice must say of the firm and its settings lack."""
    needed = ["name", "street", "postcode", "city", "registration_number"]
    if not entity.is_small_business:
        needed.append("vat_number")
    return _blank(seller_as_issued(entity), needed, LegalEntity)


def missing_of_buyer(buyer: Party) -> list[str]:
    """Return the names of what an invoice must say of the client and its record lacks."""
    needed = ["name", "street", "city", "country"]
    if buyer["country"] == "FR":
        needed.append("postcode")
    return _blank(buyer, needed, Client)


def sentence_for_missing(owner: str, missing: list[str]) -> str:
    """Return the sentence that tells what to fill in."""
    return _("%(owner)s lacks what an invoice must say: %(fields)s.") % {
        "owner": owner,
        "fields": ", ".join(missing),
    }


def _blank(party: Party, fields: list[str], model: type[Client | LegalEntity]) -> list[str]:
    blank = [field for field in fields if not party[field].strip()]
    if not blank:
        return []
    names = {field.name: field.verbose_name for field in model._meta.fields}
    return [str(names[field]) for field in blank]
