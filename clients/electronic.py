"""Where companies receive electronic invoices: the kinds of address, and what makes one valid."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.identity import SIREN_DIGITS

FRENCH = "0225"
MAIL = "EM"
LONGEST = 125
# The codes of the list EAS that EN 16931 names, those that a firm in Europe meets.
SCHEMES = [
    (FRENCH, gettext_lazy("France: directory of the platforms")),
    (MAIL, gettext_lazy("e-mail")),
    ("0208", gettext_lazy("Belgium: enterprise number")),
    ("9925", gettext_lazy("Belgium: VAT number")),
    ("0204", gettext_lazy("Germany: Leitweg-ID")),
    ("9930", gettext_lazy("Germany: VAT number")),
    ("9920", gettext_lazy("Spain: VAT number")),
    ("0211", gettext_lazy("Italy: partita IVA")),
    ("9938", gettext_lazy("Luxembourg: VAT number")),
    ("0106", gettext_lazy("Netherlands: KvK number")),
    ("9944", gettext_lazy("Netherlands: VAT number")),
    ("9946", gettext_lazy("Portugal: VAT number")),
    ("0183", gettext_lazy("Switzerland: UID")),
    ("9932", gettext_lazy("United Kingdom: VAT number")),
    ("0088", gettext_lazy("GLN, anywhere")),
    ("0060", gettext_lazy("DUNS number, anywhere")),
]


def clean_electronic_address(scheme: str, address: str, registration_number: str) -> str:
    """Return the address without spaces, where it fits its kind.

    :raises ValidationError: its kind is missing, or it has signs or a start that do not belong
    """
    compact = "".join(address.split())
    if not compact:
        return ""
    if not scheme:
        raise ValidationError(_("Say which kind of electronic address this is."))
    if scheme == MAIL:
        if "@" not in compact:
            raise ValidationError(_("An e-mail address has an @."))
        return compact
    if not re.fullmatch(r"[A-Za-z0-9._:-]+", compact):
        raise ValidationError(_("Letters, digits and - _ . only."))
    siren = registration_number[:SIREN_DIGITS]
    if scheme == FRENCH and (":" in compact or not compact.startswith(siren)):
        raise ValidationError(
            _("A French electronic address begins with the company's SIREN, %(siren)s.")
            % {"siren": siren}
        )
    return compact
