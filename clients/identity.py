"""Numbers that identify a company: VAT numbers, SIREN and SIRET, checked by their own digits."""

from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import exceptions, get_cc_module
from stdnum.eu import vat as eu_vat
from stdnum.fr import siren, siret

# Greece writes EL, the others their ISO code; Monaco belongs to France's VAT, Man to Britain's.
VAT_PREFIXES = {"GR": "EL", "MC": "FR", "IM": "GB"}
EU = {"EL" if code == "gr" else code.upper() for code in eu_vat.MEMBER_STATES}
VAT_EXAMPLES = {
    "AT": "ATU12345678", "BE": "BE0123456789", "CH": "CHE-123.456.788 TVA", "DE": "DE123456789",
    "ES": "ESX1234567X", "FR": "FR12345678901", "GB": "GB123456789", "IT": "IT12345678901",
    "LU": "LU12345678", "NL": "NL123456789B01", "PT": "PT123456789",
}  # fmt: skip
SIREN_DIGITS = 9


class Checker(Protocol):
    """A module that knows one kind of number."""

    def validate(self, number: str) -> Any:  # noqa: ANN401  (the number as it is kept)
        """Refuse a number that does not add up."""


def vat_prefix(country: str) -> str:
    """Return the letters with which the country's VAT numbers begin."""
    return VAT_PREFIXES.get(country, country)


def clean_vat_number(number: str, country: str) -> str:
    """Return the number as it is printed, without spaces and dots.

    Countries whose numbers nobody can check by digits are taken at their word.

    :raises ValidationError: it does not belong to the country, or its digits do not add up
    """
    compact = "".join(letter for letter in number.upper() if letter.isalnum())
    if not compact:
        return ""
    prefix = vat_prefix(country)
    if prefix in EU and not compact.startswith(prefix):
        raise ValidationError(
            _("A VAT number of this country begins with %(prefix)s; this one with %(start)s."),
            code="country",
            params={"prefix": prefix, "start": compact[:2]},
        )
    checker = _vat_checker(prefix)
    if checker is not None:
        _check(checker, compact, _vat_hint(country))
    return compact


def clean_registration_number(number: str, country: str) -> str:
    """Return the number without spaces; in France it must be a SIREN or a SIRET.

    :raises ValidationError: it has the wrong length, or its digits do not add up
    """
    if country != "FR":
        return number.strip()
    compact = "".join(letter for letter in number if letter.isalnum())
    if not compact:
        return ""
    checker = siret if len(compact) > SIREN_DIGITS else siren
    _check(checker, compact, _("A SIREN has 9 digits, a SIRET 14."))
    return compact


def check_same_company(vat_number: str, registration_number: str, country: str) -> None:
    """Refuse a French VAT number that was made from another SIREN.

    :raises ValidationError: the two numbers belong to different companies
    """
    if country != "FR" or not vat_number or not registration_number:
        return
    if vat_number[4:] != registration_number[:SIREN_DIGITS]:
        raise ValidationError(
            _("This VAT number belongs to the SIREN %(other)s, not to %(own)s."),
            code="mismatch",
            params={"other": vat_number[4:], "own": registration_number[:SIREN_DIGITS]},
        )


def _vat_checker(prefix: str) -> Checker | None:
    return eu_vat if prefix in EU else get_cc_module(prefix.lower(), "vat")


def _vat_hint(country: str) -> str:
    example = VAT_EXAMPLES.get(country)
    return _("Example: %(number)s.") % {"number": example} if example else ""


def _check(checker: Checker, number: str, hint: str) -> None:
    try:
        checker.validate(number)
    except exceptions.ValidationError as refusal:
        sentence = f"{_what_is_wrong(number, refusal)} {hint}".strip()
        raise ValidationError(sentence, code="invalid") from refusal


def _what_is_wrong(number: str, refusal: Exception) -> str:
    if isinstance(refusal, exceptions.InvalidLength):
        sentence = _("%(number)s has the wrong number of digits.")
    elif isinstance(refusal, exceptions.InvalidChecksum):
        sentence = _("The check digits of %(number)s do not add up: a digit is probably mistyped.")
    elif isinstance(refusal, exceptions.InvalidFormat):
        sentence = _("%(number)s has letters or digits where they do not belong.")
    else:
        sentence = _("%(number)s is not a number that was ever given out.")
    return sentence % {"number": number}
