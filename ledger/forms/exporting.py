"""Which fiscal year is taken out, and of which company."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import LegalEntity
from ledger.queries.fiscal_years import years_of


class FecForm(forms.Form):
    """A fiscal year of a company in which something is booked."""

    year = forms.ChoiceField(label=_("Fiscal year"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        companies = list(LegalEntity.objects.order_by("-is_default", "name"))
        chosen = self.fields["year"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [
                (f"{entity.pk}-{year}", f"{entity} · {year}" if companies[1:] else str(year))
                for entity in companies
                for year in years_of(entity)
            ]

    def asked(self) -> tuple[LegalEntity, int]:
        """Return the company and the fiscal year."""
        entity, _dash, year = self.cleaned_data["year"].partition("-")
        return LegalEntity.objects.get(pk=entity), int(year)
