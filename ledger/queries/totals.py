"""The sealed totals of a closing, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import Closing

LABELS: dict[str, str | Promise] = {
    "invoiced_net": _("Invoiced, net"),
    "invoiced_tax": _("VAT"),
    "invoiced": _("Invoiced, with VAT"),
    "credited": _("Credited, with VAT"),
    "received": _("Received"),
    "returned": _("Returned by the bank or entered by mistake"),
    "refunded": _("Refunded"),
    "written_off": _("Written off"),
}


@dataclass(frozen=True)
class Total:
    """A total of the period, and the same since the first document."""

    label: str | Promise
    amount: str
    perpetual: str


def totals_in_words(closing: Closing) -> list[tuple[str, list[Total]]]:
    """Return the totals of each currency."""
    return [
        (
            currency,
            [Total(label, sums[name], sums[f"perpetual_{name}"]) for name, label in LABELS.items()],
        )
        for currency, sums in sorted(closing.totals.items())
    ]
