"""An exchange rate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import ExchangeRate
from clients.choices import currencies


def _foreign() -> list[tuple[str, str]]:
    return [choice for choice in currencies() if choice[0] != "EUR"]


class ExchangeRateForm(forms.ModelForm[ExchangeRate]):
    """Currency, day and rate."""

    currency = forms.ChoiceField(label=_("Currency"), choices=_foreign)

    class Meta:
        model = ExchangeRate
        fields = ["currency", "valid_from_on", "rate"]
        widgets = {"valid_from_on": forms.DateInput(attrs={"type": "date"})}
