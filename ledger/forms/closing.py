"""Which period is closed, and of which company."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.models import ClosingKind
from billing.operations.close_period import Ending
from clients.models import LegalEntity

DAY = forms.DateInput(attrs={"type": "date"})


class ClosingForm(forms.Form):
    """A day, a month or a year by its last day; the company where there are several."""

    company = forms.ModelChoiceField(label=_("Company"), queryset=LegalEntity.objects.none())
    kind = forms.ChoiceField(
        label=_("Period"), choices=ClosingKind.choices, initial=ClosingKind.MONTH
    )
    last_day_on = forms.DateField(label=_("Last day"), widget=DAY)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (Django's signature)
        companies: QuerySet[LegalEntity],
        today: date,
        **kwargs: Any,  # noqa: ANN401  (as above)
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["company"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = companies
        chosen.initial = companies.first()
        if not companies[1:].exists():
            chosen.widget = forms.HiddenInput()
        self.fields["last_day_on"].initial = today.replace(day=1) - timedelta(days=1)

    def ending(self) -> Ending:
        """Return the period."""
        return Ending(self.cleaned_data["kind"], self.cleaned_data["last_day_on"])
