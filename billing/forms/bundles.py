"""Asking for the PDFs of a month."""

from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import BundleContents
from clients.models import LegalEntity
from core.display import month_text

MOST_MONTHS = 120


def months_between(first: date, today: date) -> list[date]:
    """Return the months from one day to another, the latest first, ten years at most."""
    month, oldest = today.replace(day=1), first.replace(day=1)
    months: list[date] = []
    while month >= oldest and len(months) < MOST_MONTHS:
        months.append(month)
        month -= relativedelta(months=1)
    return months


class BundleForm(forms.Form):
    """Which month, of which company, and as what."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    legal_entity = forms.ModelChoiceField(
        label=_("Company"),
        queryset=LegalEntity.objects.order_by("name"),
        required=False,
        empty_label=_("all"),
    )
    contents = forms.ChoiceField(
        label=_("As"),
        choices=BundleContents.choices,
        initial=BundleContents.EACH,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, months: Sequence[date], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        choices = [(month.isoformat(), month_text(month)) for month in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]  # a choice field
        # The month that is over is what people come for.
        self.initial.setdefault("month", choices[min(1, len(choices) - 1)][0])
        if LegalEntity.objects.count() < 2:  # noqa: PLR2004  (a choice needs two)
            del self.fields["legal_entity"]
