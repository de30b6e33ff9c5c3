"""What can be typed about a change of a line, and about its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contracts.domain.price import Tier
from contracts.forms.line_fields import TIERS, amount, tier_fields
from contracts.models import ChangeEffect, ContractLine, Pricing
from contracts.operations._line_terms import TIERED

BACKWARD = _("a day already billed is set right by a line of its own on the next invoice")


class VersionForm(forms.Form):
    """Another quantity or price from a day on, as the line is priced."""

    starts_on = forms.DateField(label=_("From"), help_text=BACKWARD)
    effect = forms.ChoiceField(
        label=pgettext_lazy("a change", "Counts"),
        choices=ChangeEffect.choices,
        required=False,
        initial=ChangeEffect.IMMEDIATE,
        help_text=_(
            "12 instead of 10 at 30.00 from 16 April: from this very day April costs 30.00 more, "
            "from the next period on May is the first to cost 360.00"
        ),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("stands in the contract's timeline: two people joined"),
    )

    def __init__(self, *args: Any, line: ContractLine, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        if not line.counts:
            self.fields["quantity"] = amount(_("Quantity"))
        if line.pricing in TIERED:
            self.fields.update(tier_fields())
        else:
            self.fields["unit_price"] = amount(
                _("Unit price"), _("for a whole period, without VAT")
            )
        if line.pricing == Pricing.PACKAGE:
            self.fields["included_quantity"] = amount(_("Included quantity"))
            self.fields["overage_price"] = amount(_("Price of each further one"))
        for name in ("quantity", "unit_price"):
            if name in self.fields:
                self.fields[name].required = True
        self.has_tiers = line.pricing in TIERED

    @property
    def tier_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the tiers, row by row; none where the line has no tiers."""
        if not self.has_tiers:
            return []
        return [(self[f"tier_{n}_up_to"], self[f"tier_{n}_price"]) for n in range(TIERS)]

    def change(self) -> dict[str, Any]:
        """Return the change as the operations take it."""
        given = {name: value for name, value in self.cleaned_data.items() if name[:5] != "tier_"}
        given["effect"] = given["effect"] or ChangeEffect.IMMEDIATE
        if self.has_tiers:
            rows = [
                (self.cleaned_data[f"tier_{n}_up_to"], self.cleaned_data[f"tier_{n}_price"])
                for n in range(TIERS)
            ]
            given["tiers"] = [Tier(limit, price) for limit, price in rows if price is not None]
        return given


class LineEndForm(forms.Form):
    """The last day of one line."""

    last_day_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("inclusive; empty: as long as the contract"),
    )
