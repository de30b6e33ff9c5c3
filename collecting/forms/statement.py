"""Choosing the days of a statement of account."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = forms.DateInput(attrs={"type": "date"})


class SpanForm(forms.Form):
    """From which day through which; without days the year so far."""

    first_on = forms.DateField(label=_("From"), widget=DAY)
    last_on = forms.DateField(label=_("Through"), widget=DAY)

    def clean(self) -> dict[str, Any]:
        """Refuse days that are not in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day lies before the first."))
        return cleaned


def span_of(data: Any, today: date) -> tuple[SpanForm, date, date]:  # noqa: ANN401  (GET or POST)
    """Return the form with its days; the year so far where none, or none that fit, were named."""
    usual = {"first_on": date(today.year, 1, 1), "last_on": today}
    form = SpanForm(data if data.get("first_on") or data.get("last_on") else usual)
    days = form.cleaned_data if form.is_valid() else usual
    return form, days["first_on"], days["last_on"]
