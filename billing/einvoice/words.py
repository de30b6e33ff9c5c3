"""What a broken rule means for people, and which page mends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice

FIRM, CLIENT, RATES = "firm", "client", "rates"
_SAID: dict[str, tuple[Promise | str, str]] = {
    "BR-06": (_("The firm has no name."), FIRM),
    "BR-07": (_("The client has no name."), CLIENT),
    "BR-08": (_("The firm has no address."), FIRM),
    "BR-09": (_("The firm has no country."), FIRM),
    "BR-10": (_("The client has no address."), CLIENT),
    "BR-11": (_("The client has no country."), CLIENT),
    "BR-CO-09": (_("A VAT number does not begin with its country."), CLIENT),
    "BR-CO-26": (_("The firm has neither a VAT number nor a registration number."), FIRM),
    "BR-S-02": (_("VAT is charged, but the firm has no VAT number."), FIRM),
    "BR-AE-02": (_("Reverse charge needs the VAT numbers of the firm and of the client."), CLIENT),
    "BR-AE-10": (_("Reverse charge needs its legal mention."), FIRM),
    "BR-E-02": (_("An exemption needs the firm's VAT or registration number."), FIRM),
    "BR-61": (_("To be paid by transfer, the firm needs its IBAN."), FIRM),
    "BR-FR-01": (_("The document's number is longer than 35 signs."), FIRM),
    "BR-FR-02": (
        _("The document's number may have letters, digits and + - _ / only."),
        FIRM,
    ),
    "BR-FR-05": (_("A mention on late payment or on early payment is missing."), FIRM),
    "BR-FR-09": (_("A SIRET has 14 digits and begins with the SIREN."), CLIENT),
    "BR-FR-10": (_("The firm's SIREN is missing or has not 9 digits."), FIRM),
    "BR-FR-11": (_("The client's SIREN is missing or has not 9 digits."), CLIENT),
    "BR-FR-12": (_("The client has no electronic address."), CLIENT),
    "BR-FR-13": (_("The firm has no electronic address."), FIRM),
    "BR-FR-21": (
        _("The client's electronic address does not begin with its SIREN."),
        CLIENT,
    ),
    "BR-FR-22": (_("The firm's electronic address does not begin with its SIREN."), FIRM),
    "BR-FR-CO-12": (_("The VAT must be stated in euro as well: enter the exchange rate."), RATES),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as the page shows it; ``official`` is the rule's own text."""

    rule: str
    rule_set: str
    sentence: str
    official: str
    url: str
    is_fatal: bool


def say(finding: Mapping[str, Any], invoice: Invoice) -> Said:
    """Return a kept finding in words, with the page to mend it where there is one."""
    rule = str(finding["rule"])
    # The French rules add the term that they look at: BR-FR-11_BT-47.
    sentence, owner = _SAID.get(rule.partition("_")[0].partition("/")[0], ("", ""))
    return Said(
        rule=rule,
        rule_set=str(finding["rule_set"]),
        sentence=str(sentence),
        official=str(finding["text"]),
        url=_PAGES[owner](invoice) if owner else "",
        is_fatal=bool(finding["is_fatal"]),
    )


_PAGES: dict[str, Callable[[Invoice], str]] = {
    RATES: lambda _invoice: reverse("billing:exchange-rates"),
    FIRM: lambda _invoice: reverse("clients:firm"),
    CLIENT: lambda invoice: reverse("clients:client-edit", args=[invoice.client_id]),
}
