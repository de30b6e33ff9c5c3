"""What a tax report says in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.display import percent_text
from ledger.domain.vat import Basis, Sort, VatSituation

BASES: dict[Basis, str | Promise] = {
    Basis.DUE: pgettext_lazy("VAT", "Due"),
    Basis.INVOICED: _("Invoiced"),
    Basis.RECEIVED: pgettext_lazy("VAT", "Received"),
}
SITUATIONS: dict[VatSituation, str | Promise] = {
    VatSituation.DOMESTIC: _("Domestic"),
    VatSituation.EXEMPT: _("Exempt"),
    VatSituation.REVERSE_CHARGE: _("Reverse charge, services in the EU"),
    VatSituation.EU_GOODS: _("Goods within the EU"),
    VatSituation.EXPORT: _("Export of goods"),
    VatSituation.OUTSIDE: _("Outside the EU, out of scope"),
    VatSituation.SMALL_BUSINESS: _("Exempt small business (293 B)"),
    VatSituation.OUTSIDE_SCOPE: _("Outside the scope of VAT: interest, compensation"),
}
REASONS: dict[str, str | Promise] = {
    "issue": _("invoice"),
    "credit": _("credit note"),
    "payment": _("payment"),
    "release": _("payment taken back or released"),
    "write_off": _("write-off"),
}


def nature_of(sort: Sort) -> str | Promise:
    """Say whether it is about goods or services."""
    return pgettext_lazy("VAT", "goods") if sort.is_goods else _("services")


def rate_of(sort: Sort) -> str:
    """Return the rate, nothing where none applies."""
    return percent_text(sort.rate) if sort.situation == VatSituation.DOMESTIC else ""
