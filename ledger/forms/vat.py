"""Which days a tax report is about, of which company, on which basis."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import LegalEntity
from ledger.domain.vat import Basis
from ledger.queries.vat_sources import Span
from ledger.vat_words import BASES

LONGEST_MONTH = timedelta(days=31)
DAY = forms.DateInput(attrs={"type": "date"})


class VatForm(forms.Form):
    """The days, the company where there are several, and the basis; last month where none is."""

    company = forms.ModelChoiceField(
        label=gettext_lazy("Company"), queryset=LegalEntity.objects.none()
    )
    since = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    until = forms.DateField(label=gettext_lazy("Through"), widget=DAY)
    basis = forms.ChoiceField(choices=list(BASES.items()), widget=forms.HiddenInput)

    def __init__(self, asked: Any, *, today: date) -> None:  # noqa: ANN401  (Django's)
        companies = LegalEntity.objects.order_by("-is_default", "name")
        span, first = last_month(today), companies.first()
        usual = {
            "company": str(first.pk) if first else "",
            "since": span.since.isoformat(),
            "until": span.until.isoformat(),
            "basis": Basis.DUE.value,
        }
        super().__init__({name: asked.get(name) or usual[name] for name in usual})
        chosen = self.fields["company"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = companies
        if not companies[1:].exists():
            chosen.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards."""
        values = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))
        return values

    @property
    def span(self) -> Span:
        """The days."""
        return Span(self.cleaned_data["since"], self.cleaned_data["until"])

    @property
    def chosen_basis(self) -> Basis:
        """The basis."""
        return Basis(self.cleaned_data["basis"])


def last_month(today: date) -> Span:
    """Return the last month that is over."""
    last = today.replace(day=1) - timedelta(days=1)
    return Span(last.replace(day=1), last)


def months_beside(span: Span) -> tuple[Span, Span] | None:
    """Return the month before and the one after, where the span is a month."""
    following = span.until + timedelta(days=1)
    if span.since.day != 1 or following.day != 1 or span.until - span.since > LONGEST_MONTH:
        return None
    after = (following.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return last_month(span.since), Span(following, after)
