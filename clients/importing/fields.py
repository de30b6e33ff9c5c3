"""What can be imported: each field, the heads it goes by, and how a cell is read."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pycountry import currencies

from clients.choices import clean_currency, country_codes_by_name
from clients.models import Client, Contact

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y")
LANGUAGES = {
    "fr": "fr", "fra": "fr", "francais": "fr", "french": "fr",
    "en": "en", "eng": "en", "anglais": "en", "english": "en",
}  # fmt: skip
MAX_PAYMENT_DAYS = 365
Reader = Callable[[str], Any]


@dataclass(frozen=True)
class ImportField:
    """A field that a column can fill."""

    name: str
    label: str | Promise
    heads: Sequence[str]
    read: Reader
    is_required: bool = False


def plain(text: str) -> str:
    """Return the text in small letters without accents and signs, to compare heads of columns."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(
        r"[^a-z0-9]+", " ", "".join(c for c in bare if not unicodedata.combining(c))
    ).strip()


def guess_columns(head: Sequence[str], fields: Sequence[ImportField]) -> dict[str, int]:
    """Return for each field the column whose head says it, in English or French."""
    texts = [plain(text) for text in head]
    found: dict[str, int] = {}
    for field in fields:
        wanted = {plain(text) for text in (field.name, *field.heads)}
        for column, text in enumerate(texts):
            if text in wanted and column not in found.values():
                found[field.name] = column
                break
    return found


def _text_of(model: type[Client] | type[Contact], name: str) -> Reader:
    longest = getattr(model._meta.get_field(name), "max_length", None)

    def read(cell: str) -> str:
        if longest and len(cell) > longest:
            raise ValidationError(_("longer than %(most)s characters") % {"most": longest})
        return cell

    return read


def _email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError as error:
        raise ValidationError(_("“%(cell)s” is not an e-mail address") % {"cell": cell}) from error
    return cell


def _country(cell: str) -> str:
    known = country_codes_by_name()
    code = cell.upper() if cell.upper() in known.values() else known.get(cell.casefold())
    if code is None:
        raise ValidationError(
            _("“%(cell)s” is not a country; write its name or a code such as FR") % {"cell": cell}
        )
    return code


def _currency(cell: str) -> str:
    code = {"€": "EUR", "£": "GBP", "$": "USD"}.get(cell, cell.upper())
    if currencies.get(alpha_3=code) is None:
        raise ValidationError(
            _("“%(cell)s” is not a currency; write a code such as EUR") % {"cell": cell}
        )
    return clean_currency(code)


def _language(cell: str) -> str:
    code = LANGUAGES.get(plain(cell))
    if code is None:
        raise ValidationError(_("“%(cell)s” is neither English nor French") % {"cell": cell})
    return code


def _days(cell: str) -> int:
    digits = re.fullmatch(r"(\d{1,3})\s*(j|jours|d|days)?", cell.casefold())
    if digits is None or int(digits[1]) > MAX_PAYMENT_DAYS:
        raise ValidationError(_("“%(cell)s” is not a number of days") % {"cell": cell})
    return int(digits[1])


def _day(cell: str) -> date:
    for written in DATE_FORMATS:
        try:
            return datetime.strptime(cell, written).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise ValidationError(
        _("“%(cell)s” is not a date; write 31/03/2026 or 2026-03-31") % {"cell": cell}
    )


def _field_of(
    model: type[Client] | type[Contact], name: str, heads: str, *, is_required: bool = False
) -> ImportField:
    """Return a field of the model; ``heads`` are what its column may be called, by commas."""
    label = getattr(model._meta.get_field(name), "verbose_name", name)
    read = _SPECIAL.get(name) or _text_of(model, name)
    return ImportField(name, label, heads.split(","), read, is_required)


_SPECIAL: dict[str, Reader] = {
    "country": _country,
    "currency": _currency,
    "language": _language,
    "payment_days": _days,
    "invoice_email": _email,
    "email": _email,
    "client_since_on": _day,
}
CLIENT_FIELDS = (
    _field_of(Client, "code", "client code,numero,code client,reference,id"),
    _field_of(
        Client, "name", "raison sociale,nom,client,company,societe,company name", is_required=True
    ),
    _field_of(Client, "vat_number", "vat,vat id,tva,tva intra,tva intracommunautaire,n tva"),
    _field_of(Client, "registration_number", "siren,siret,registration"),
    _field_of(Client, "street", "address,adresse,rue,adresse 1"),
    _field_of(Client, "postcode", "zip,zip code,postal code,code postal,cp"),
    _field_of(Client, "city", "town,ville"),
    _field_of(Client, "country", "pays,country code"),
    _field_of(Client, "currency", "devise,monnaie"),
    _field_of(Client, "language", "langue"),
    _field_of(
        Client,
        "payment_days",
        "payment term,payment terms,delai paiement jours,delai de paiement,echeance,delai",
    ),
    _field_of(
        Client,
        "invoice_email",
        "billing e mail,billing email,email,e mail,courriel facturation,courriel",
    ),
    _field_of(Client, "purchase_order", "po,bon de commande"),
    _field_of(Client, "client_since_on", "client since,since,client depuis,depuis"),
    _field_of(Client, "notes", "internal notes,comment,commentaire,remarques,notes internes"),
)
CONTACT_FIELDS = (
    ImportField(
        "client",
        gettext_lazy("client (code or name)"),
        ("client code", "code client", "company", "societe", "raison sociale"),
        str,
        is_required=True,
    ),
    _field_of(Contact, "first_name", "first,prenom,given name"),
    _field_of(Contact, "last_name", "name,nom,surname,family name", is_required=True),
    _field_of(Contact, "email", "e mail,mail,courriel,e mail address,adresse e mail"),
    _field_of(Contact, "phone", "telephone,tel,mobile,portable,phone number"),
)
