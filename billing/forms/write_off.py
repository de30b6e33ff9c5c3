"""Giving up the rest of an invoice: how much, when, why, and whether its VAT is taken back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.operations.write_off_invoice import Loss

DAY = forms.DateInput(attrs={"type": "date"})


class WriteOffForm(forms.Form):
    """What the firm gives up, and why the client will not pay it."""

    amount = forms.DecimalField(
        label=_("Amount"), max_digits=14, decimal_places=2, min_value=Decimal("0.01")
    )
    written_off_on = forms.DateField(label=_("Date"), widget=DAY)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("why the client will not pay; only the firm reads it"),
    )
    takes_back_tax = forms.BooleanField(
        label=_("The VAT of this part is taken back"),
        required=False,
        help_text=_(
            "only where the debt is lost for certain, and the client was told by a duplicate"
        ),
    )

    def __init__(self, *args: Any, balance: Decimal, today: date, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        self.fields["amount"].initial = balance
        self.fields["written_off_on"].initial = today

    def loss(self) -> Loss:
        """Return what is given up."""
        values = self.cleaned_data
        return Loss(
            values["written_off_on"], values["reason"], values["amount"], values["takes_back_tax"]
        )
