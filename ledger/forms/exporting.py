"""Which fiscal year or which days are taken out, and of which company."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clients.models import LegalEntity
from ledger.domain.layouts import Program
from ledger.forms.vat import DAY, last_month
from ledger.journal_export import NO_TAX, TITLES, Wanted
from ledger.queries.fiscal_years import years_of
from ledger.queries.vat_sources import Span


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


class SpanForm(forms.Form):
    """Days of a company, the last month that is over where nothing else is asked."""

    company = forms.ModelChoiceField(label=_("Company"), queryset=LegalEntity.objects.none())
    since = forms.DateField(label=_("From"), widget=DAY)
    until = forms.DateField(label=_("Through"), widget=DAY)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        companies = LegalEntity.objects.order_by("-is_default", "name")
        chosen = self.fields["company"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = companies
        chosen.initial = companies.first()
        if not companies[1:].exists():
            chosen.widget = forms.HiddenInput()
        self.fields["since"].initial, self.fields["until"].initial = last_month(today)

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards."""
        values = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("The last day comes before the first."))
        return values

    def span(self) -> Span:
        """Return the days."""
        return Span(self.cleaned_data["since"], self.cleaned_data["until"])


class JournalForm(SpanForm):
    """The entries of some days, for another accounting program."""

    program = forms.ChoiceField(label=_("Program"), choices=list(TITLES.items()))
    tax_name = forms.CharField(
        label=_("Name of the rate without tax"),
        max_length=50,
        initial=NO_TAX,
        required=False,
        help_text=_("as Xero has it in its tax rates; the other programs need none"),
    )

    def wanted(self) -> Wanted:
        """Return what is to be taken out."""
        values = self.cleaned_data
        return Wanted(Program(values["program"]), self.span(), values["tax_name"] or NO_TAX)
