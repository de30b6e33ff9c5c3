"""Countries, currencies and time zones to choose from, named in the reader's language."""

from decimal import Decimal
from zoneinfo import available_timezones

import pycountry
from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.display import reader_locale
from core.money import smallest_unit

NEAR = ("FR", "BE", "CH", "LU", "MC", "DE", "ES", "IT", "NL", "PT", "GB", "IE")
USUAL_MONEY = ("EUR", "CHF", "GBP", "USD")
CENT = Decimal("0.01")
NO_SUCH_MONEY = _("%(value)s cannot be used: amounts are kept with two decimals at most.")
Choices = list[tuple[str, str]]


def countries() -> Choices:
    """Return all countries by name, the near ones first."""
    names = reader_locale().territories
    rest = sorted(
        (one.alpha_2 for one in pycountry.countries if one.alpha_2 not in NEAR),
        key=lambda code: _sortable(names.get(code, code)),
    )
    return [(code, names.get(code, code)) for code in (*NEAR, *rest)]


def currencies() -> Choices:
    """Return the currencies by code, the usual ones first.

    Those of thousandths are left out: documents keep two decimals.
    """
    names = reader_locale().currencies
    kept = (one.alpha_3 for one in pycountry.currencies if smallest_unit(one.alpha_3) >= CENT)
    rest = sorted(code for code in kept if code not in USUAL_MONEY)
    return [(code, f"{code} – {names.get(code, code)}") for code in (*USUAL_MONEY, *rest)]


def clean_currency(code: str) -> str:
    """Return a currency that amounts can be kept in.

    :raises ValidationError: there is none such, or it has thousandths
    """
    known = pycountry.currencies.get(alpha_3=code)
    if known is None or known.alpha_3 != code or smallest_unit(code) < CENT:
        raise ValidationError(NO_SUCH_MONEY, params={"value": code})
    return code


def time_zones() -> Choices:
    """Return the time zones of regions and cities."""
    named = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone.replace("_", " ")) for zone in sorted(named)]


def country_name(code: str) -> str:
    """Return the country's name in the reader's language."""
    return str(reader_locale().territories.get(code, code))


def country_codes_by_name() -> dict[str, str]:
    """Return the code of each country by its English and French names, in small letters."""
    found: dict[str, str] = {}
    for language in ("en", "fr"):
        names = Locale(language).territories
        for one in pycountry.countries:
            found[names.get(one.alpha_2, one.name).casefold()] = one.alpha_2
    return found


def _sortable(name: str) -> str:
    return name.translate(str.maketrans("ÀÂÄÅÉÈÊÎÔÖ", "AAAAEEEIOO")).casefold()
